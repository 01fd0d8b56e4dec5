import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { aWorld, changed, documentUrl, notesMetadata, shipped, type World } from "./world.ts";

describe("how the shipped clients make themselves known", () => {
  let world: World;
  before(async () => {
    world = await aWorld();
  });
  afterEach(() => world.forget());
  after(() => world.close());

  const registrations = () => world.asked.filter(({ url }) => url === `${world.server.issuer}/register`);
  const metadata = () => `${world.server.issuer}/.well-known/oauth-authorization-server`;

  for (const made of shipped) {
    it(`[MCP-C-07] ${made.name} uses what it was registered as, whatever else would do`, async () => {
      const one = world.client(made, { document: documentUrl });
      one.provider.saveClientInformation({ client_id: "registered-by-hand", issuer: world.server.issuer });
      const destination = await world.sentTo(one);
      assert.equal(destination.searchParams.get("client_id"), "registered-by-hand");
      assert.equal(registrations().length, 0);
    });

    it(`[MCP-C-07] ${made.name} uses its document where the issuer takes documents, and does not register`, async () => {
      const destination = await world.sentTo(world.client(made, { document: documentUrl }));
      assert.equal(destination.searchParams.get("client_id"), documentUrl);
      assert.equal(registrations().length, 0);
    });

    it(`[MCP-C-07] ${made.name} registers where the issuer takes no documents`, async () => {
      world.alter(metadata(), changed({ client_id_metadata_document_supported: undefined }));
      const destination = await world.sentTo(world.client(made, { document: documentUrl }));
      assert.match(destination.searchParams.get("client_id") ?? "", /^client_/);
      assert.equal(registrations().length, 1);
    });

    it(`[MCP-C-07] ${made.name} ends with a reason where neither is offered`, async () => {
      world.alter(
        metadata(),
        changed({ client_id_metadata_document_supported: undefined, registration_endpoint: undefined }),
      );
      await assert.rejects(
        world.client(made).connection.open(),
        /does not support dynamic client registration/,
      );
      assert.equal(registrations().length, 0);
    });

    it(`[MCP-C-08] ${made.name} bears a refused registration and sends nobody anywhere`, async () => {
      world.alter(`${world.server.issuer}/register`, () =>
        Response.json({ error: "invalid_client_metadata", error_description: "Not so." }, { status: 400 }),
      );
      const one = world.client(made);
      await assert.rejects(one.connection.open(), /Not so\./);
      assert.throws(() => one.provider.takeDestination());
    });

    it(`[MCP-C-09] ${made.name} shows another issuer nothing of what the first one gave it`, async () => {
      const one = world.client(made);
      await world.signIn(one);
      const known = one.provider.clientInformation()?.client_id ?? "";
      const { access_token, refresh_token } = one.provider.tokens() ?? {};
      assert.ok(known && access_token && refresh_token);

      world.alter(notesMetadata, changed({ authorization_servers: [world.other.issuer] }));
      one.provider.invalidateCredentials("discovery");
      world.asked.length = 0;
      world.alter("https://notes.example.com/mcp", async (real) => {
        const response = await real();
        return new Response("", { status: 401, headers: response.headers });
      });
      const destination = await world.sentTo(one);

      assert.equal(destination.origin, world.other.issuer);
      assert.notEqual(destination.searchParams.get("client_id"), known);
      const there = world.asked.filter(({ url }) => url.startsWith(world.other.issuer));
      assert.ok(
        there.some(({ url }) => url.endsWith("/register")),
        "it registers anew",
      );
      const said = JSON.stringify([destination, there.map(({ headers, ...one }) => [one, [...headers]])]);
      for (const secret of [known, access_token, refresh_token]) assert.ok(!said.includes(secret));
    });

    it(`[MCP-C-09] ${made.name} takes its document's URL along to another issuer`, async () => {
      const one = world.client(made, { document: documentUrl });
      await world.signIn(one);
      const { refresh_token } = one.provider.tokens() ?? {};
      assert.ok(refresh_token);
      world.alter(notesMetadata, changed({ authorization_servers: [world.other.issuer] }));
      one.provider.invalidateCredentials("discovery");
      one.provider.saveTokens({ ...one.provider.tokens(), access_token: "stale", token_type: "Bearer" });
      const destination = await world.sentTo(one);
      assert.equal(destination.origin, world.other.issuer);
      assert.equal(destination.searchParams.get("client_id"), documentUrl);
      const there = world.asked.filter(({ url }) => url.startsWith(world.other.issuer));
      assert.ok(there.every(({ body }) => !body.includes(refresh_token)));
    });
  }

  for (const made of shipped) {
    it(`[MCP-C-08] ${made.name} registers a loopback redirect as a native client`, async () => {
      await world.sentTo(world.client(made));
      const [registration] = registrations();
      assert.equal(JSON.parse(registration?.body ?? "{}").application_type, "native");
    });
  }
});
