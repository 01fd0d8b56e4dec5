import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import * as oauth from "oauth4webapi";
import { SignInNeeded } from "../../examples/mcp-login/connection.ts";
import { next } from "../../examples/mcp-login/packages.ts";
import { client } from "../../examples/mcp-login/with-client.ts";
import { sdk } from "../../examples/mcp-login/with-sdk.ts";
import { aWorld, changed, notes, notesMetadata, notesMetadataAtRoot, shipped, type World } from "./world.ts";

describe("where the shipped clients look", () => {
  let world: World;
  before(async () => {
    world = await aWorld();
  });
  afterEach(() => world.forget());
  after(() => world.close());

  const gets = () => world.asked.filter(({ method }) => method === "GET").map(({ url }) => url);
  const metadataOf = (issuer: string) => `${issuer}/.well-known/oauth-authorization-server`;
  const challenged = (challenge: string) =>
    world.alter(notes, () => new Response("", { status: 401, headers: { "www-authenticate": challenge } }));

  for (const made of shipped) {
    it(`[MCP-C-01] ${made.name} takes the metadata that the challenge names, and looks nowhere else for it`, async () => {
      const elsewhere = "https://notes.example.com/elsewhere";
      challenged(`Bearer resource_metadata="${elsewhere}"`);
      world.alter(elsewhere, () =>
        Response.json({ resource: notes, authorization_servers: [world.server.issuer] }),
      );
      await world.sentTo(world.client(made));
      assert.deepEqual(gets().slice(0, 2), [elsewhere, metadataOf(world.server.issuer)]);
    });

    it(`[MCP-C-01] ${made.name} looks at the path's well-known URL and then at the root's when no challenge names one`, async () => {
      challenged("Bearer realm=notes");
      world.alter(notesMetadata, () => new Response("", { status: 404 }));
      world.alter(notesMetadataAtRoot, () =>
        Response.json({ resource: notes, authorization_servers: [world.server.issuer] }),
      );
      await world.sentTo(world.client(made));
      assert.deepEqual(gets().slice(0, 3), [
        notesMetadata,
        notesMetadataAtRoot,
        metadataOf(world.server.issuer),
      ]);
    });

    for (const [issuer, urls] of [
      [
        "https://silent.example",
        [
          "https://silent.example/.well-known/oauth-authorization-server",
          "https://silent.example/.well-known/openid-configuration",
        ],
      ],
      [
        "https://silent.example/tenant",
        [
          "https://silent.example/.well-known/oauth-authorization-server/tenant",
          "https://silent.example/.well-known/openid-configuration/tenant",
          "https://silent.example/tenant/.well-known/openid-configuration",
        ],
      ],
    ] as const) {
      it(`[MCP-C-02] ${made.name} asks for the metadata of ${issuer} in the specified order`, async () => {
        world.alter(notesMetadata, changed({ authorization_servers: [issuer] }));
        await assert.rejects(world.client(made).connection.open());
        assert.deepEqual(gets().slice(0, 1 + urls.length), [notesMetadata, ...urls]);
        assert.equal(gets().length, 1 + urls.length);
      });
    }

    for (const resource of [
      "https://elsewhere.example/mcp",
      "https://notes.example.com/other",
      `${notes}/deeper`,
      `${notes}x`,
      "http://notes.example.com/mcp",
    ]) {
      it(`[PRM-02] ${made.name} throws away a document for ${resource}`, async () => {
        world.alter(notesMetadata, changed({ resource }));
        const one = world.client(made);
        await assert.rejects(one.connection.open(), /does not match expected/);
        assert.throws(() => one.provider.takeDestination());
        assert.deepEqual(world.forms("/register"), []);
      });
    }

    // What row PRM-02 says of these packages: should this fail, they have become strict, and the row may say so.
    it(`${made.name} still takes a document for the origin above the path`, async () => {
      world.alter(notesMetadata, changed({ resource: "https://notes.example.com/" }));
      const destination = await world.sentTo(world.client(made));
      assert.equal(destination.searchParams.get("resource"), "https://notes.example.com/");
    });
  }

  for (const resource of [
    "https://elsewhere.example/mcp",
    "https://notes.example.com/",
    `${notes}/`,
    `${notes}?a`,
  ]) {
    it(`[PRM-02] oauth4webapi throws away a document for ${resource}`, async () => {
      const here = new URL(notes);
      const found = async () =>
        await oauth.processResourceDiscoveryResponse(here, await oauth.resourceDiscoveryRequest(here));
      assert.equal((await found()).resource, notes);
      world.alter(notesMetadata, changed({ resource }));
      await assert.rejects(found(), /does not match the expected value/);
    });
  }

  for (const issuer of ["https://evil.example", "https://auth.example.com/", "https://AUTH.example.com"]) {
    it(`[MCP-C-03] ${client.name} throws away metadata of ${issuer}`, async () => {
      world.alter(metadataOf(world.server.issuer), changed({ issuer }));
      await assert.rejects(world.client(client).connection.open(), next.IssuerMismatchError);
      assert.deepEqual(world.forms("/register"), []);
    });
  }

  it("[MCP-C-03] oauth4webapi throws away metadata of another issuer", async () => {
    world.alter(metadataOf(world.server.issuer), changed({ issuer: "https://evil.example" }));
    const issuer = new URL(world.server.issuer);
    const response = await oauth.discoveryRequest(issuer, { algorithm: "oauth2" });
    await assert.rejects(
      oauth.processDiscoveryResponse(issuer, response),
      /does not match the expected value/,
    );
  });

  // What row MCP-C-03 says of this package.
  it(`${sdk.name} still takes metadata of another issuer`, async () => {
    world.alter(metadataOf(world.server.issuer), changed({ issuer: "https://evil.example" }));
    await assert.rejects(world.client(sdk).connection.open(), SignInNeeded);
  });

  for (const made of shipped) {
    for (const endpoint of ["javascript:alert(1)", "data:text/html,hello", "vbscript:x"]) {
      it(`[MCP-C-17] ${made.name} sends nobody to ${endpoint}`, async () => {
        world.alter(metadataOf(world.server.issuer), changed({ authorization_endpoint: endpoint }));
        const one = world.client(made);
        await assert.rejects(one.connection.open(), (thrown) => !(thrown instanceof SignInNeeded));
        assert.throws(() => one.provider.takeDestination());
      });
    }

    it(`[MCP-C-18] ${made.name} follows no redirect of metadata to another origin`, async () => {
      const away = () => new Response("", { status: 307, headers: { location: "https://evil.example/" } });
      for (const url of [notesMetadata, metadataOf(world.server.issuer)]) {
        world.forget();
        world.alter(url, away);
        await world
          .client(made)
          .connection.open()
          .catch(() => undefined);
        assert.equal(world.asked.find((one) => one.url === url)?.redirect, "manual");
        assert.deepEqual(
          gets().filter((one) => one.startsWith("https://evil.example")),
          [],
        );
      }
    });
  }
});
