import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import type { Store } from "../ports/store.ts";
import { login, pkce, post, redeem, refresh } from "../testing/a-login.ts";
import { aLookout, device, faces, introspect } from "../testing/a-program.ts";
import { api, aServer, callback, mcp, usualSettings } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";
import { newSecret } from "../tokens/secret.ts";

const dead = [400, "invalid_grant"] as const;

describe("a code at the token endpoint", () => {
  for (const { given, form, error = "invalid_grant", refusal } of [
    {
      given: "no verifier",
      form: { code_verifier: undefined },
      error: "invalid_request",
      refusal: "parameter.missing",
    },
    {
      given: "an empty verifier",
      form: { code_verifier: "" },
      error: "invalid_request",
      refusal: "parameter.missing",
    },
    { given: "another verifier", form: { code_verifier: pkce().verifier }, refusal: "code.wrong-verifier" },
    {
      given: "the verifier and a letter more",
      form: (v: string) => ({ code_verifier: `${v}a` }),
      refusal: "code.wrong-verifier",
    },
    {
      given: "a verifier that is too short",
      form: { code_verifier: "a".repeat(42) },
      refusal: "code.wrong-verifier",
    },
    {
      given: "a verifier of a megabyte's hundredth",
      form: { code_verifier: "a".repeat(10_000) },
      refusal: "code.wrong-verifier",
    },
    {
      given: "another redirect_uri",
      form: { redirect_uri: `${callback}/` },
      refusal: "code.other-redirect-uri",
    },
    {
      given: "a resource beyond the grant",
      form: { resource: "https://other.example.com" },
      error: "invalid_target",
      refusal: "resource.beyond-grant",
    },
    { given: "no code", form: { code: undefined }, error: "invalid_request", refusal: "parameter.missing" },
    {
      given: "two verifiers",
      form: (v: string) => ({ code_verifier: [v, v] }),
      error: "invalid_request",
      refusal: "parameter.repeated",
    },
  ] as const) {
    spec(
      ["O21-AS-22", "O21-AS-24", "O21-AS-44", "O21-AS-26", "BCP-02", "BCP-13"],
      `is refused with ${given}, and is still good for its owner`,
      async () => {
        const server = await aServer();
        const client = await server.client();
        const { code, verifier } = await login(server, client);
        const changes = typeof form === "function" ? form(verifier) : form;
        const whole = {
          grant_type: "authorization_code",
          client_id: client.id,
          code,
          code_verifier: verifier,
        };
        const answer = await post(server, "/token", { ...whole, redirect_uri: callback, ...changes });
        assert.deepEqual(faces(server, answer), [400, error, refusal]);
        const owner = await redeem(server, client, { code, verifier });
        assert.equal(owner.status, 200);
        const lookout = await aLookout(server, mcp);
        assert.equal((await introspect(server, lookout, owner.body.access_token)).body.active, true);
        await server.close();
      },
    );
  }

  spec(["O21-AS-22", "BCP-13"], "is refused to another client, and is still good for its own", async () => {
    const server = await aServer();
    const [client, other] = [await server.client(), await server.client()];
    const code = await login(server, client);
    assert.deepEqual(faces(server, await redeem(server, other, code)), [...dead, "code.other-client"]);
    assert.equal((await redeem(server, client, code)).status, 200);
    await server.close();
  });

  spec(
    ["O21-AS-26", "O21-AS-17"],
    "needs no redirect_uri, and is answered without store and null",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const { code, verifier } = await login(server, client);
      const answer = await post(server, "/token", {
        grant_type: "authorization_code",
        client_id: client.id,
        code,
        code_verifier: verifier,
      });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get("cache-control"), "no-store");
      assert.match(answer.headers.get("content-type") ?? "", /^application\/json/);
      assert.equal(Object.values(answer.body).includes(null), false);
      await server.close();
    },
  );

  spec(
    "O21-AS-28",
    "gives nothing beyond what its client may ask for now, at a refresh neither",
    async () => {
      const server = await aServer();
      const client = await server.client({ scope: ["tools:use", "notes:write"] });
      const asked = { scope: "openid tools:use notes:write" };
      const tokens = await device(server, client, asked);
      const code = await login(server, client, asked);
      const lowered = { ...client, scope: ["tools:use"] };
      await server.store.clients.replace(lowered);
      assert.equal((await redeem(server, client, code)).body.scope, "tools:use openid");
      const next = await refresh(server, client, tokens.refresh_token);
      assert.equal(next.body.scope, "tools:use openid");
      await server.store.clients.replace(client);
      assert.equal((await refresh(server, client, next.body.refresh_token)).body.scope, tokens.scope);
      await server.close();
    },
  );

  spec("I2-ROLES", "gives nothing that the person lost since they consented, and the rest", async () => {
    const server = await aServer();
    const client = await server.client();
    const ada = await server.person({ roles: ["trainer"] });
    const asked = { resource: api, scope: "inference:read training:write" };
    const code = await login(server, client, asked);
    const only = await login(server, client, { ...asked, scope: "training:write" });
    await server.store.accounts.setRoles(ada.id, []);
    const tokens = await redeem(server, client, code);
    assert.deepEqual([tokens.status, tokens.body.scope], [200, "inference:read"]);
    assert.deepEqual(faces(server, await redeem(server, client, only)), [...dead, "scope.beyond-role"]);
    await server.close();
  });

  for (const { age, answer } of [
    { age: 59, answer: [200, undefined, undefined] },
    { age: 60, answer: [...dead, "code.expired"] },
    { age: 3_600, answer: [...dead, "code.expired"] },
  ]) {
    spec("O21-AS-22", `lives a minute: ${age} seconds give ${answer[0]}`, async () => {
      assert.ok(usualSettings("https://a.example").lifetimes.authorizationCode <= 600);
      const server = await aServer();
      const client = await server.client();
      const code = await login(server, client);
      server.clock.advance(age);
      assert.deepEqual(faces(server, await redeem(server, client, code)), answer);
      await server.close();
    });
  }

  for (const { given, junk } of [
    { given: "words", junk: "nope" },
    { given: "a code with one letter changed", junk: `${newSecret("vkc").slice(0, -1)}!` },
    { given: "a secret of another kind", junk: newSecret("vks") },
    { given: "a prefix alone", junk: "vkc_" },
    { given: "ten thousand letters", junk: `vkc_${"a".repeat(10_000)}` },
    { given: "a zero character", junk: "vkc_\0" },
  ]) {
    it(`reads nothing from the store for junk: ${given}`, async () => {
      const inner = await sqliteStore(":memory:");
      let reads = 0;
      const find: Store["codes"]["find"] = async (hash) => {
        reads++;
        return await inner.codes.find(hash);
      };
      const codes = { ...inner.codes, find };
      const server = await aServer({ store: { ...inner, codes } });
      const client = await server.client();
      const answer = await redeem(server, client, { code: junk, verifier: pkce().verifier });
      assert.deepEqual(faces(server, answer), [...dead, "code.unknown"]);
      assert.equal(reads, 0);
      await server.close();
    });
  }

  it("is unknown when it is well formed and nobody made it", async () => {
    const server = await aServer();
    const answer = await redeem(server, await server.client(), {
      code: newSecret("vkc"),
      verifier: pkce().verifier,
    });
    assert.deepEqual(faces(server, answer), [...dead, "code.unknown"]);
    await server.close();
  });
});

describe("a code used twice", () => {
  spec(
    ["O21-AS-24", "O21-AS-25"],
    "ends what the first use earned, and nothing else of the person",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const lookout = await aLookout(server, mcp);
      const sibling = await device(server, client);
      const code = await login(server, client);
      const first = (await redeem(server, client, code)).body;
      assert.equal((await introspect(server, lookout, first.access_token)).body.active, true);
      assert.deepEqual(faces(server, await redeem(server, client, code)), [...dead, "code.replayed"]);
      assert.deepEqual((await introspect(server, lookout, first.access_token)).body, { active: false });
      assert.deepEqual(faces(server, await refresh(server, client, first.refresh_token)), [
        ...dead,
        "refresh.ended",
      ]);
      assert.equal((await introspect(server, lookout, sibling.access_token)).body.active, true);
      assert.equal((await refresh(server, client, sibling.refresh_token)).status, 200);
      // Whoever repeats it until it expires writes no row each time into a log that is never cut.
      for (let n = 0; n < 5; n++) await redeem(server, client, code);
      assert.equal(server.audit.events.filter(({ what }) => what === "code.replayed").length, 1);
      await server.close();
    },
  );

  for (const { given, form, refusal } of [
    { given: "a wrong verifier", form: { code_verifier: pkce().verifier }, refusal: "code.wrong-verifier" },
    {
      given: "another redirect_uri",
      form: { redirect_uri: "https://evil.example/" },
      refusal: "code.other-redirect-uri",
    },
    { given: "another client", form: "other" as const, refusal: "code.other-client" },
    { given: "no verifier", form: { code_verifier: undefined }, refusal: "parameter.missing" },
  ]) {
    spec("O21-AS-25", `by somebody with ${given} ends nothing`, async () => {
      const server = await aServer();
      const [client, other] = [await server.client(), await server.client()];
      const { code, verifier } = await login(server, client);
      const first = (await redeem(server, client, { code, verifier })).body;
      const changes = form === "other" ? { client_id: other.id } : form;
      const replay = await post(server, "/token", {
        grant_type: "authorization_code",
        client_id: client.id,
        code,
        code_verifier: verifier,
        redirect_uri: callback,
        ...changes,
      });
      assert.deepEqual([replay.status, server.audit.lastRefusal], [400, refusal]);
      assert.equal((await refresh(server, client, first.refresh_token)).status, 200);
      await server.close();
    });
  }

  spec("O21-AS-25", "by a client that failed to authenticate ends nothing", async () => {
    const server = await aServer();
    const client = await server.client({ authMethods: ["client_secret_post"] });
    const { code, verifier } = await login(server, client);
    const form = { grant_type: "authorization_code", client_id: client.id, code, code_verifier: verifier };
    const first = await post(server, "/token", { ...form, client_secret: client.secret });
    assert.equal(first.status, 200);
    const replay = await post(server, "/token", { ...form, client_secret: newSecret("vks") });
    assert.deepEqual(faces(server, replay), [401, "invalid_client", "client.wrong-secret"]);
    const later = await refresh(server, client, first.body.refresh_token, { client_secret: client.secret });
    assert.equal(later.status, 200);
    await server.close();
  });

  spec(
    ["O21-AS-25", "I2-IN-FLIGHT"],
    "while the first answer is under way leaves one lineage, ended",
    async () => {
      const held = await holding();
      const server = await aServer({ store: held.store });
      const client = await server.client();
      const lookout = await aLookout(server, mcp);
      const code = await login(server, client);
      const first = redeem(server, client, code);
      await held.reached;
      assert.deepEqual(faces(server, await redeem(server, client, code)), [...dead, "code.replayed"]);
      held.release();
      const late = await first;
      assert.equal(late.status, 200);
      assert.deepEqual((await introspect(server, lookout, late.body.access_token)).body, { active: false });
      assert.deepEqual(faces(server, await refresh(server, client, late.body.refresh_token)), [
        ...dead,
        "refresh.ended",
      ]);
      const [grant] = await server.store.grants.listOf((await server.store.accounts.list())[0]?.id ?? "");
      const lineages = await server.store.lineages.listOf(grant?.id ?? 0);
      assert.deepEqual(
        lineages.map(({ endReason }) => endReason),
        ["code.replayed"],
      );
      await server.close();
    },
  );

  spec(
    ["O21-AS-24", "O21-AS-25"],
    "a hundred times at once gives tokens once, and they are dead",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const code = await login(server, client);
      const all = await Promise.all(Array.from({ length: 100 }, () => redeem(server, client, code)));
      const [fresh, ...others] = all.filter(({ status }) => status === 200);
      assert.ok(fresh);
      assert.deepEqual(others, []);
      assert.equal(all.filter(({ body }) => body.error === "invalid_grant").length, 99);
      assert.deepEqual(faces(server, await refresh(server, client, fresh.body.refresh_token)), [
        ...dead,
        "refresh.ended",
      ]);
      await server.close();
    },
  );
});

/** A store whose first redemption is committed and then does not return until it is let go. */
async function holding(): Promise<{ store: Store; reached: Promise<void>; release: () => void }> {
  const inner = await sqliteStore(":memory:");
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let isFirst = true;
  const redeemHeld: Store["codes"]["redeem"] = async (...call) => {
    const outcome = await inner.codes.redeem(...call);
    if (isFirst) {
      isFirst = false;
      reached.resolve();
      await released.promise;
    }
    return outcome;
  };
  const store = { ...inner, codes: { ...inner.codes, redeem: redeemHeld } };
  return { store, reached: reached.promise, release: released.resolve };
}
