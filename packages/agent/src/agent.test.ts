import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { createAgent } from "./agent.ts";
import { AgentError, type AgentOptions, type LoginStore, memoryStore, type SignInOptions } from "./index.ts";
import { follows } from "./testing/a-person.ts";
import { AnIssuer, claimsOf, json } from "./testing/an-issuer.ts";

const start = 1_800_000_000;

describe("an agent", () => {
  let issuer: AnIssuer;
  let now = start;
  before(async () => {
    issuer = await AnIssuer.open();
  });
  after(() => issuer.close());
  beforeEach(() => {
    now = start;
    issuer.metadata = {};
    issuer.resourceMetadata = {};
    issuer.instead.clear();
    issuer.requests.length = 0;
    issuer.forms.length = 0;
    issuer.headers.length = 0;
    issuer.nonces = {};
  });

  const allowing: SignInOptions = { showAddress: async (address) => void (await follows(address)) };
  const anAgent = (options: Partial<AgentOptions> = {}) =>
    createAgent({ resource: issuer.resource, store: memoryStore(), now: () => now, ...options });
  async function signedIn(options: Partial<AgentOptions> = {}) {
    const agent = anAgent(options);
    await agent.signIn(allowing);
    issuer.requests.length = 0;
    return agent;
  }

  it("[O21-C-01 O21-C-07] signs in, hands on the token as it came, in one header and nowhere else", async () => {
    const agent = anAgent();
    const { kept, ...login } = await agent.signIn(allowing);
    assert.deepEqual([login.issuer, login.scopes, login.isRenewable], [issuer.origin, ["notes:read"], true]);
    assert.equal(kept.says, "It is kept in the memory of this process.");
    const response = await agent.fetch(`${issuer.resource}/list?page=2`);
    assert.deepEqual(await response.json(), { scopes: ["notes:read"] });
    const { accessToken } = await agent.token();
    const last = issuer.headers.at(-1);
    assert.equal(last?.authorization, `Bearer ${accessToken}`);
    assert.ok(!issuer.requests.at(-1)?.includes(accessToken));
  });

  it("says how to sign in while nobody is", async () => {
    await assert.rejects(anAgent().token(), {
      code: "sign-in-needed",
      message: `Nobody is signed in at ${issuer.resource}. Sign in.`,
    });
    assert.deepEqual(issuer.requests, []);
  });

  it("[O21-C-06] renews shortly before the end, keeps the new refresh token, and shows the old one never again", async () => {
    const agent = await signedIn();
    const first = await agent.token();
    now += 539;
    assert.equal((await agent.token()).accessToken, first.accessToken);
    now += 1;
    const second = await agent.token();
    now += 600;
    const third = await agent.token();
    assert.equal(new Set([first, second, third].map(({ accessToken }) => accessToken)).size, 3);
    const shown = issuer.forms.map((form) => form.get("refresh_token")).filter((token) => token !== null);
    assert.equal(new Set(shown).size, 2);
    assert.deepEqual(issuer.forms.at(-1)?.get("resource"), issuer.resource);
  });

  it("renews once for all who ask at once", async () => {
    const agent = await signedIn();
    now += 600;
    issuer.forms.length = 0;
    const tokens = await Promise.all(Array.from({ length: 20 }, () => agent.token()));
    assert.equal(new Set(tokens.map(({ accessToken }) => accessToken)).size, 1);
    assert.equal(issuer.grants("refresh_token"), 1);
  });

  it("[O21-C-09] renews once at a 401, whatever expires_in said, and gives up when that does not help", async () => {
    const agent = await signedIn();
    issuer.forgetTokens();
    assert.equal((await agent.fetch(issuer.resource, { method: "POST", body: "{}" })).status, 200);
    issuer.instead.set("/mcp", (_, response) => {
      response.setHeader("www-authenticate", 'Bearer error="invalid_token"');
      json(response, 401, {});
      return true;
    });
    issuer.forms.length = 0;
    assert.equal((await agent.fetch(issuer.resource)).status, 401);
    assert.equal(issuer.grants("refresh_token"), 1);
  });

  it("[MCP-C-18] follows no redirect to another server, where the token would be shown", async () => {
    const other = await AnIssuer.open();
    try {
      const agent = await signedIn();
      issuer.instead.set("/mcp", (_, response) => {
        response.writeHead(307, { location: other.resource }).end();
        return true;
      });
      await assert.rejects(agent.fetch(issuer.resource, { method: "POST", body: "{}" }), {
        code: "redirect-refused",
        facts: { address: other.resource },
      });
      assert.deepEqual(other.requests, []);
    } finally {
      await other.close();
    }
  });

  it("goes on with what it holds while the issuer is away", async () => {
    const agent = await signedIn();
    const { accessToken } = await agent.token();
    now += 590;
    issuer.instead.set("/token", (_, response) => {
      json(response, 503, {});
      return true;
    });
    assert.equal((await agent.token()).accessToken, accessToken);
    now += 10;
    await assert.rejects(agent.token(), { code: "unreachable" });
    issuer.instead.clear();
    assert.notEqual((await agent.token()).accessToken, accessToken);
  });

  it("spends no refresh token while its disk takes nothing, and goes on with what it holds", async () => {
    const store = memoryStore();
    await signedIn({ store });
    const full: LoginStore = {
      ...store,
      exclusively: (name, work) =>
        store.exclusively(name, (slot) =>
          work({ ...slot, write: () => Promise.reject(new AgentError("store-failed", "The disk is full.")) }),
        ),
    };
    const agent = anAgent({ store: full });
    const { accessToken } = await agent.token();
    now += 590;
    assert.equal((await agent.token()).accessToken, accessToken);
    now += 10;
    await assert.rejects(agent.token(), { code: "store-failed" });
    assert.equal(issuer.grants("refresh_token"), 0);
    assert.ok(await anAgent({ store }).token());
  });

  it("renews once where the clock was set back, since the end that it holds means nothing", async () => {
    now = start + 100_000_000;
    const agent = await signedIn();
    const before = await agent.token();
    now = start;
    const after = await agent.token();
    assert.notEqual(after.accessToken, before.accessToken);
    assert.deepEqual([(await agent.token()).accessToken, after.expiresAt], [after.accessToken, start + 600]);
  });

  it("learns that the login has ended, and says so from then on without asking the issuer", async () => {
    const agent = await signedIn();
    now += 600;
    issuer.instead.set("/token", (_, response) => {
      json(response, 400, { error: "invalid_grant", error_description: "gone" });
      return true;
    });
    await assert.rejects(agent.token(), { code: "sign-in-needed" });
    issuer.forms.length = 0;
    await assert.rejects(agent.token(), { code: "sign-in-needed", message: /The login has ended/ });
    assert.equal(issuer.forms.length, 0);
    assert.equal((await agent.whoami())?.isRenewable, false);
  });

  it("takes a client that the issuer has forgotten for a login that has ended, and registers anew", async () => {
    const agent = await signedIn();
    const before = await agent.whoami();
    now += 600;
    issuer.instead.set("/token", (_, response) => {
      json(response, 401, { error: "invalid_client" });
      return true;
    });
    await assert.rejects(agent.token(), { code: "sign-in-needed" });
    issuer.instead.clear();
    const after = await agent.signIn(allowing);
    assert.notEqual(after.clientId, before?.clientId);
  });

  it("is not made for a resource that its token could not be sent to", () => {
    for (const resource of [
      "http://notes.example/mcp",
      "notes",
      "https://ada:pw@notes.example",
      "file:///x",
    ]) {
      assert.throws(() => anAgent({ resource, issuer: issuer.origin }), { code: "address-unsafe" });
    }
  });

  describe("asked for fewer scopes", () => {
    const both: Partial<AgentOptions> = { scopes: ["notes:read", "notes:write"] };

    it("gets a token with these alone, holds it beside the full one and keeps the grant", async () => {
      const agent = await signedIn(both);
      const narrow = await agent.token({ scopes: ["notes:read"] });
      assert.deepEqual(narrow.scopes, ["notes:read"]);
      assert.equal((await agent.token({ scopes: ["notes:read"] })).accessToken, narrow.accessToken);
      assert.deepEqual((await agent.token()).scopes, ["notes:read", "notes:write"]);
      assert.equal(issuer.grants("refresh_token"), 1);
    });

    it("refuses a token that is broader than was asked, and keeps the refresh token that came with it", async () => {
      const agent = await signedIn(both);
      issuer.instead.set("/token", (_request, _response, form) => {
        form.delete("scope");
        return false;
      });
      for (let time = 0; time < 2; time++)
        await assert.rejects(agent.token({ scopes: ["notes:read"] }), { code: "scope-widened" });
      issuer.instead.clear();
      now += 600;
      assert.ok(await agent.token());
    });

    it("says what was not granted and what to sign in for", async () => {
      const agent = await signedIn();
      await assert.rejects(agent.token({ scopes: ["notes:write"] }), {
        code: "scope-needed",
        facts: { address: issuer.resource, scopes: ["notes:read", "notes:write"] },
      });
      assert.deepEqual(issuer.requests, []);
    });
  });

  describe("at a resource that wants more scopes", () => {
    const writing = () => ({ headers: { "x-needs": "notes:write" } });

    it("throws what to sign in for", async () => {
      const agent = await signedIn();
      await assert.rejects(agent.fetch(issuer.resource, writing()), {
        code: "scope-needed",
        facts: { address: issuer.resource, scopes: ["notes:read", "notes:write"] },
      });
    });

    it("[MCP-C-14] has the caller step up to all of them together, and tries once more", async () => {
      const asked: (readonly string[])[] = [];
      const agent = await signedIn({
        async onStepUp({ scopes }) {
          asked.push(scopes);
          await agent.signIn({ ...allowing, scopes });
          return true;
        },
      });
      const response = await agent.fetch(issuer.resource, writing());
      assert.deepEqual(await response.json(), { scopes: ["notes:read", "notes:write"] });
      assert.deepEqual(asked, [["notes:read", "notes:write"]]);
    });

    it("[MCP-C-14] gives up when the step-up did not help", async () => {
      let asked = 0;
      const agent = await signedIn({
        async onStepUp() {
          asked += 1;
          return true;
        },
      });
      await assert.rejects(agent.fetch(issuer.resource, writing()), { code: "scope-needed" });
      assert.equal(asked, 1);
    });

    it("throws what sign-in the resource wants: RFC 9470", async () => {
      const agent = await signedIn();
      issuer.instead.set("/mcp", (_, response) => {
        const wants =
          'Bearer error="insufficient_user_authentication", acr_values="aal2 aal3", max_age="300"';
        response.setHeader("www-authenticate", wants);
        json(response, 401, {});
        return true;
      });
      await assert.rejects(agent.fetch(issuer.resource), {
        code: "stronger-sign-in-needed",
        facts: { address: issuer.resource, scopes: ["notes:read"], acrValues: ["aal2", "aal3"], maxAge: 300 },
      });
    });
  });

  describe("with a key of its own", () => {
    it("proves it at both servers, with the nonces that they ask for", async () => {
      issuer.nonces = { issuer: "nonce-of-the-issuer", resource: "nonce-of-the-resource" };
      const agent = await signedIn({ dpop: true });
      const { accessToken, tokenType } = await agent.token();
      assert.equal(tokenType, "DPoP");
      assert.equal(
        (await agent.fetch(`${issuer.resource}/a?b=c`, { method: "POST", body: "x" })).status,
        200,
      );
      const proof = claimsOf(String(issuer.headers.at(-1)?.dpop));
      assert.deepEqual([proof.htm, proof.htu], ["POST", `${issuer.resource}/a`]);
      assert.equal(proof.nonce, "nonce-of-the-resource");
      assert.equal(typeof proof.ath, "string");
      assert.equal(issuer.headers.at(-1)?.authorization, `DPoP ${accessToken}`);
      now += 600;
      assert.equal((await agent.fetch(issuer.resource)).status, 200);
      assert.equal((await agent.whoami())?.isDpopBound, true);
    });

    it("refuses a token that is bound to nothing", async () => {
      issuer.instead.set("/token", (request) => {
        delete request.headers.dpop;
        return false;
      });
      await assert.rejects(anAgent({ dpop: true }).signIn(allowing), { code: "issuer-unfit" });
    });

    it("does not begin at an issuer that says nothing of proofs", async () => {
      issuer.metadata = { dpop_signing_alg_values_supported: undefined };
      await assert.rejects(anAgent({ dpop: true }).signIn(allowing), { code: "issuer-unfit" });
      assert.equal(issuer.count("POST /register"), 0);
    });

    it("takes one where the resource takes no other tokens", async () => {
      issuer.resourceMetadata = { dpop_bound_access_tokens_required: true };
      assert.equal((await (await signedIn()).token()).tokenType, "DPoP");
    });
  });

  describe("signing out", () => {
    it("revokes at the issuer, then removes", async () => {
      const agent = await signedIn();
      const live = issuer.liveFamilies;
      assert.deepEqual(await agent.signOut(), { isRevoked: true, wasKept: true });
      assert.equal(issuer.liveFamilies, live - 1);
      await assert.rejects(agent.token(), { code: "sign-in-needed" });
      await assert.rejects(agent.signOut(), { code: "sign-in-needed" });
    });

    it("removes nothing while the issuer cannot be told, unless it is to be here alone", async () => {
      const agent = await signedIn();
      issuer.instead.set("/revoke", (_, response) => {
        json(response, 503, {});
        return true;
      });
      await assert.rejects(agent.signOut(), { code: "unreachable" });
      assert.ok(await agent.whoami());
      assert.deepEqual(await agent.signOut({ local: true }), { isRevoked: false, wasKept: true });
      assert.equal(await agent.whoami(), undefined);
      assert.deepEqual(await agent.signOut({ local: true }), { isRevoked: false, wasKept: false });
    });

    it("says when the issuer revokes nothing", async () => {
      issuer.metadata = { revocation_endpoint: undefined };
      assert.deepEqual(await (await signedIn()).signOut(), { isRevoked: false, wasKept: true });
    });
  });

  describe("beside others on one machine", () => {
    it("[MCP-C-09] does not use a login that another client made", async () => {
      const store = memoryStore();
      await signedIn({ store });
      const other = anAgent({ store, client: { id: "another" } });
      await assert.rejects(other.token(), { code: "sign-in-needed", message: /Another client/ });
    });

    it("[MCP-C-09] does not use a login at another issuer than the one that it names", async () => {
      const store = memoryStore();
      await signedIn({ store });
      const other = anAgent({ store, issuer: "https://other.example" });
      await assert.rejects(other.token(), { code: "sign-in-needed" });
    });

    it("shows a secret to the issuer that is named alone, whoever signed in at another one before", async () => {
      const store = memoryStore();
      const id = "notes-app";
      await signedIn({ store, client: { id } });
      issuer.headers.length = 0;
      issuer.forms.length = 0;
      now += 600;
      const client = { id, secret: "the secret of the app" };
      await assert.rejects(anAgent({ store, client }).token(), { code: "client-foreign" });
      for (const named of [{}, { issuer: "https://other.example" }])
        await anAgent({ store, client, ...named })
          .signOut()
          .then(() => signedIn({ store, client: { id } }));
      assert.ok(issuer.headers.every(({ authorization = "" }) => !authorization.startsWith("Basic ")));
      const own = anAgent({ store, client, issuer: issuer.origin });
      await own.signOut();
      assert.match(issuer.headers.at(-1)?.authorization ?? "", /^Basic /);
    });

    it("keeps the logins of two profiles apart", async () => {
      const store = memoryStore();
      await signedIn({ store, profile: "work" });
      await assert.rejects(anAgent({ store }).token(), { code: "sign-in-needed" });
      assert.ok(await anAgent({ store, profile: "work" }).token());
    });
  });
});
