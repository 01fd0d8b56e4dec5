import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, afterEach, before, describe, it } from "node:test";
import { SignInNeeded } from "../examples/mcp-login/connection.ts";
import { client } from "../examples/mcp-login/with-client.ts";
import { sdk } from "../examples/mcp-login/with-sdk.ts";
import {
  type AClient,
  type Asked,
  aWorld,
  changed,
  notes,
  notesMetadata,
  shipped,
  type World,
} from "./client-duties/world.ts";

describe("a login of the shipped clients, request by request", () => {
  let world: World;
  before(async () => {
    world = await aWorld();
  });
  afterEach(() => world.forget());
  after(() => world.close());

  const tokenUrl = () => `${world.server.issuer}/token`;
  const everything = ({ method, url, headers, body }: Asked) =>
    JSON.stringify([method, url, [...headers], body]);
  const carriers = (secret: string) => world.asked.filter((one) => everything(one).includes(secret));
  /** The current package also asks for a refresh token, where the issuer knows that scope. */
  const scopesOf = (destination: URL) =>
    destination.searchParams
      .get("scope")
      ?.split(" ")
      .filter((scope) => scope !== "offline_access")
      .sort();
  const held = ({ provider }: AClient) => {
    const { access_token: access = "", refresh_token: refresh = "" } = provider.tokens() ?? {};
    assert.ok(access && refresh);
    return { access, refresh };
  };
  const spoil = ({ provider }: AClient) => {
    const tokens = provider.tokens();
    assert.ok(tokens);
    provider.saveTokens({ ...tokens, access_token: "spoilt" });
  };
  const challenged = (status: number, challenge: string) => () =>
    new Response("", { status, headers: { "www-authenticate": challenge } });

  for (const made of shipped) {
    describe(made.name, () => {
      it("[MCP-C-10] names the resource in the authorization, the token and the refresh request", async () => {
        const one = world.client(made);
        const destination = await world.signIn(one);
        spoil(one);
        await one.connection.call("list_notes");
        assert.deepEqual(destination.searchParams.getAll("resource"), [notes]);
        const forms = world.forms("/token");
        assert.deepEqual(
          forms.map((form) => [form.get("grant_type"), form.getAll("resource")]),
          [
            ["authorization_code", [notes]],
            ["refresh_token", [notes]],
          ],
        );
      });

      it("[O21-C-02] proves each request with a verifier of its own, by S256, after an error as well", async () => {
        const seen = new Set<string>();
        const one = world.client(made);
        for (const refused of [true, false]) {
          world.forget();
          const destination = await world.sentTo(one);
          if (refused)
            world.alter(tokenUrl(), () => Response.json({ error: "invalid_grant" }, { status: 400 }));
          const finished = world.finish(one, await world.approve(destination));
          if (refused) await assert.rejects(finished);
          else await finished;
          const verifier = world.forms("/token")[0]?.get("code_verifier") ?? "";
          assert.match(verifier, /^[\w.~-]{43,128}$/);
          assert.equal(destination.searchParams.get("code_challenge_method"), "S256");
          assert.equal(
            destination.searchParams.get("code_challenge"),
            createHash("sha256").update(verifier).digest("base64url"),
          );
          seen.add(verifier);
        }
        assert.equal(seen.size, 2);
      });

      for (const methods of [["plain"], undefined]) {
        it(`[MCP-C-11 O21-C-02] leaves an issuer that lists ${methods ?? "nothing"} where S256 belongs`, async () => {
          const metadata = `${world.server.issuer}/.well-known/oauth-authorization-server`;
          world.alter(metadata, changed({ code_challenge_methods_supported: methods }));
          await assert.rejects(world.client(made).connection.open(), /code challenge method S256/);
          assert.deepEqual(world.forms("/token"), []);
        });
      }

      it("[MCP-C-13] asks for the challenge's scope, else for the resource's, else for none", async () => {
        const metadata = `resource_metadata="${notesMetadata}"`;
        world.alter(notes, challenged(401, `Bearer ${metadata}, scope="notes:write"`));
        assert.deepEqual(scopesOf(await world.sentTo(world.client(made))), ["notes:write"]);
        world.alter(notes, challenged(401, `Bearer ${metadata}`));
        assert.deepEqual(scopesOf(await world.sentTo(world.client(made))), ["notes:read", "notes:write"]);
        world.alter(notesMetadata, changed({ scopes_supported: undefined }));
        const destination = await world.sentTo(world.client(made));
        assert.equal(destination.searchParams.has("scope"), false);
      });

      it("[MCP-C-14] steps up to what it has and what it needs, once for each challenge", async () => {
        const one = world.client(made);
        const first = await world.signIn(one);
        assert.deepEqual(scopesOf(first), ["notes:read"]);
        world.asked.length = 0;
        await assert.rejects(one.connection.call("add_note", { note: "Milk." }), SignInNeeded);
        const destination = one.provider.takeDestination();
        assert.deepEqual(scopesOf(destination), ["notes:read", "notes:write"]);
        assert.throws(() => one.provider.takeDestination(), "one sign-in is asked for, not two");
        await world.finish(one, await world.approve(destination));
        assert.match(await one.connection.call("add_note", { note: "Milk." }), /Noted/);
      });

      it("[MCP-C-14] gives up on a resource that goes on asking for a scope that it has", async () => {
        const one = world.client(made);
        await world.signIn(one);
        world.asked.length = 0;
        const challenge = `Bearer error="insufficient_scope", scope="notes:read", resource_metadata="${notesMetadata}"`;
        world.alter(notes, challenged(403, challenge));
        await assert.rejects(one.connection.call("list_notes"));
        assert.equal(world.asked.filter(({ url }) => url === notes).length, 2);
        assert.equal(world.forms("/token").length, 1);
      });

      it("[MCP-C-15 O21-C-07] carries the token in the header of every request to the resource, and nowhere else", async () => {
        const one = world.client(made);
        await world.signIn(one);
        await one.connection.call("whoami");
        await one.connection.call("list_notes");
        const { access } = held(one);
        const carrying = carriers(access);
        assert.ok(carrying.length >= 4);
        for (const { url, headers, body } of carrying) {
          assert.equal(url, notes);
          assert.equal(headers.get("authorization"), `Bearer ${access}`);
          headers.delete("authorization");
          assert.ok(!JSON.stringify([url, [...headers], body]).includes(access));
        }
        const since = world.asked.slice(world.asked.findIndex(({ url }) => url === tokenUrl()) + 1);
        assert.equal(since.filter(({ url }) => url === notes).length, carrying.length);
      });

      it("[MCP-C-15 MCP-C-18] takes the token to no other origin that the resource names", async () => {
        const one = world.client(made);
        await world.signIn(one);
        const { access } = held(one);
        for (const status of [302, 307, 308]) {
          world.asked.length = 0;
          world.alter(
            notes,
            () => new Response("", { status, headers: { location: "https://evil.example/mcp" } }),
          );
          await assert.rejects(one.connection.call("list_notes"));
          assert.deepEqual(
            [...new Set(carriers(access).map(({ url, redirect }) => `${redirect} ${url}`))],
            [`manual ${notes}`],
          );
          assert.ok(world.asked.every(({ url }) => !url.startsWith("https://evil.example")));
        }
      });

      it("[MCP-C-16] shows a refresh token to the token endpoint only, in the body, and says that it uses them", async () => {
        const one = world.client(made);
        await world.signIn(one);
        const { refresh } = held(one);
        spoil(one);
        await one.connection.call("list_notes");
        const carrying = carriers(refresh);
        assert.deepEqual(
          carrying.map(({ method, url }) => `${method} ${url}`),
          [`POST ${tokenUrl()}`],
        );
        assert.equal(new URLSearchParams(carrying[0]?.body).get("refresh_token"), refresh);
        const registration = world.asked.find(({ url }) => url.endsWith("/register"));
        assert.ok(JSON.parse(registration?.body ?? "{}").grant_types.includes("refresh_token"));
      });

      it("[MCP-C-16] works without a refresh token, and then asks the person when the access token is over", async () => {
        world.alter(tokenUrl(), changed({ refresh_token: undefined }));
        const one = world.client(made);
        await world.signIn(one);
        assert.match(await one.connection.call("whoami"), /with .*notes:read/);
        spoil(one);
        await assert.rejects(one.connection.call("list_notes"), SignInNeeded);
        assert.equal(world.forms("/token").length, 1);
      });

      it("[O21-C-06] lets a new refresh token replace the old, and keeps the old where none comes", async () => {
        const one = world.client(made);
        await world.signIn(one);
        const sent: string[] = [held(one).refresh];
        for (let time = 0; time < 2; time++) {
          spoil(one);
          await one.connection.call("list_notes");
          sent.push(held(one).refresh);
        }
        assert.equal(new Set(sent).size, 3);
        const refreshes = () => world.forms("/token").flatMap((form) => form.get("refresh_token") ?? []);
        assert.deepEqual(refreshes(), sent.slice(0, 2));
        world.alter(tokenUrl(), changed({ refresh_token: undefined }));
        spoil(one);
        await one.connection.call("list_notes");
        assert.equal(held(one).refresh, sent[2]);
      });

      it("[O21-C-01] hands on whatever the access token is, unread", async () => {
        const odd = "~not.a_jwt/at+all==";
        world.alter(tokenUrl(), changed({ access_token: odd }));
        const one = world.client(made);
        await world.finish(one, await world.approve(await world.sentTo(one)));
        world.asked.length = 0;
        await assert.rejects(one.connection.open());
        assert.equal(world.asked[0]?.headers.get("authorization"), `Bearer ${odd}`);
      });

      it("[O21-C-09] ignores unknown fields in every answer, and trusts no expires_in", async () => {
        const { issuer } = world.server;
        const unknown = { "x-unknown": { deep: [null, 1] }, surprise: null };
        for (const url of [
          notesMetadata,
          `${issuer}/.well-known/oauth-authorization-server`,
          `${issuer}/register`,
        ])
          world.alter(url, changed(unknown));
        world.alter(tokenUrl(), changed({ ...unknown, expires_in: 2_000_000_000 }));
        const one = world.client(made);
        const answer = await world.approve(await world.sentTo(one));
        answer.searchParams.set("surprise", "yes");
        await world.finish(one, answer);
        await one.connection.open();
        assert.match(await one.connection.call("whoami"), /with .*notes:read/);
        spoil(one);
        assert.match(await one.connection.call("whoami"), /with .*notes:read/);
      });

      it("[O21-C-08] asks for no page itself: where the person signs in is for a browser", async () => {
        const one = world.client(made);
        const destination = await world.signIn(one);
        assert.equal(destination.pathname, "/authorize");
        assert.ok(world.asked.every(({ url }) => !url.startsWith(`${world.server.issuer}/authorize`)));
      });
    });
  }

  /** A resource whose challenge is a new one each time, though the token has the scope; it tires after ten. */
  async function challengesOf(made: typeof sdk): Promise<number> {
    const one = world.client(made);
    await world.signIn(one);
    let count = 0;
    world.alter(notes, () => {
      if (++count > 10) return new Response("", { status: 500 });
      const challenge = `Bearer error="insufficient_scope", scope="notes:read", error_description="${count}"`;
      return new Response("", { status: 403, headers: { "www-authenticate": challenge } });
    });
    await assert.rejects(one.connection.call("list_notes"));
    return count;
  }

  it(`[MCP-C-14] ${client.name} gives up as soon when the challenge is another each time`, async () => {
    assert.equal(await challengesOf(client), 2);
  });

  // What row MCP-C-14 says of this package.
  it(`${sdk.name} still tries again as long as the challenge is another each time`, async () => {
    assert.equal(await challengesOf(sdk), 11);
  });
});
