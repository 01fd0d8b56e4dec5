import assert from "node:assert/strict";
import { describe } from "node:test";
import { formOf } from "../testing/a-browser.ts";
import { authorizationUrl, pkce, redeem } from "../testing/a-login.ts";
import { type AServer, aServer, mcp, password } from "../testing/a-server.ts";
import { ASignIn, type Told } from "../testing/a-sign-in.ts";
import { spec } from "../testing/spec.ts";

const scope = "openid tools:use notes:write";

/** A person at a decision, by the interaction API. */
async function atConsent(server: AServer, client: { readonly id: string }) {
  const { verifier, challenge } = pkce();
  const url = authorizationUrl(server, client, { code_challenge: challenge, scope });
  const signIn = await ASignIn.begin(server, url);
  const told = (await signIn.act("password", {
    email: "ada@example.com",
    password,
  })) as Told & Readonly<Record<string, unknown>>;
  assert.equal(told.step, "consent", JSON.stringify(told));
  return { signIn, told, verifier };
}

describe("consent by the interaction API", () => {
  spec("I6-CONSENT-API", "tells what our own page shows", async (t) => {
    const server = await aServer({ now: Date.UTC(2027, 2, 1, 12) / 1_000 });
    t.after(() => server.close());
    const client = await server.client({ clientUri: "https://app.example.com/about" });
    const ada = await server.person();
    const firstSeen = server.clock.now();
    server.clock.advance(86_400);
    await server.store.grants.consent(ada.id, client.id, [{ resource: mcp, scopes: ["tools:use"] }], 1);
    const { signIn, told } = await atConsent(server, client);
    const { account, client: shown, scopes, length, resources, redirect_host, remembered } = told;
    assert.deepEqual(account, { email: "ada@example.com", name: "Ada" });
    assert.deepEqual(shown, {
      id: client.id,
      name: "Example app",
      host: "app.example.com",
      identity: "registered",
      is_proven: true,
      loopback_only: false,
      is_new: false,
      first_seen_at: firstSeen,
      homepage: "https://app.example.com/about",
    });
    assert.deepEqual(resources, [{ name: "Example tools", identifier: mcp }]);
    assert.deepEqual([redirect_host, remembered], ["app.example.com", true]);
    const asked = { risk: "low", optional: true, checked: true, already_granted: false };
    assert.deepEqual(scopes, [
      {
        ...asked,
        name: "tools:use",
        sentence: "Use the example tools",
        resource: mcp,
        optional: false,
        already_granted: true,
      },
      {
        ...asked,
        name: "notes:write",
        sentence: "Write notes in your name",
        risk: "medium",
        resource: mcp,
      },
      { ...asked, name: "openid", sentence: "Know that it is you who signed in", optional: false },
    ]);
    assert.deepEqual(length, {
      choices: [
        { value: "ended", label: "Until I end it" },
        { value: "month", label: "30 days, until April 1, 2027" },
        { value: "week", label: "7 days, until March 9, 2027" },
        { value: "day", label: "1 day, until March 3, 2027" },
      ],
      says: "It can act for you while you are away. It must ask again when it was not used for 30 days, and after 180 days in any case.",
    });

    const page = await signIn.browser.open(`/consent?interaction=${signIn.id}`);
    assert.deepEqual(formOf(page).fields.get("scope"), ["notes:write", "openid"]);
  });

  for (const { until, ends } of [
    { until: undefined, ends: undefined },
    { until: "ended", ends: undefined },
    { until: "week", ends: 7 * 86_400 },
  ]) {
    spec("I6-CONSENT-API", `takes how long: ${until ?? "nothing said"}`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const client = await server.client();
      const ada = await server.person();
      const { signIn, verifier } = await atConsent(server, client);
      const done = await signIn.act("consent", {
        decision: "allow",
        scope: ["notes:write"],
        ...(until !== undefined && { until }),
      });
      assert.equal(done.step, "done");
      const code = new URL(done.location ?? "").searchParams.get("code") ?? "";
      assert.equal((await redeem(server, client, { code, verifier })).body.scope, "notes:write openid");
      const grant = await server.store.grants.findFor(ada.id, client.id);
      const [lineage] = await server.store.lineages.listOf(grant?.id ?? 0);
      const now = server.clock.now();
      assert.equal((lineage?.absoluteExpiresAt ?? 0) - now, ends ?? 180 * 86_400);
      assert.equal(grant?.limits?.length, ends === undefined ? undefined : 2);
    });
  }

  for (const until of ["forever", "", 1_900_000_000, null, ["week"], { until: "week" }, true]) {
    spec("I6-CONSENT-API", `grants nothing for ${JSON.stringify(until)} as its length`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const ada = await server.person();
      const { signIn } = await atConsent(server, await server.client());
      const answer = await signIn.act("consent", { decision: "allow", scope: ["notes:write"], until });
      assert.deepEqual([answer.status, server.audit.lastRefusal], [400, "parameter.malformed"]);
      assert.deepEqual(await server.store.grants.listOf(ada.id), []);
      assert.equal((await signIn.state()).step, "consent");
    });
  }
});
