import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { deviceCodeGrant } from "@valetkey/protocol/device-code";
import type { Client } from "../records/client.ts";
import type { Lineage } from "../records/lineage.ts";
import { ABrowser, formOf, type Visit } from "../testing/a-browser.ts";
import { aDeviceClient, atApproval, aWaitingDevice, poll } from "../testing/a-device.ts";
import { authorizationUrl, pkce, redeem, refresh } from "../testing/a-login.ts";
import {
  type AServerOptions,
  aServer,
  callback,
  issuer,
  mcp,
  password,
  usualSettings,
} from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const day = 86_400;
const { lifetimes } = usualSettings("https://auth.example.com");
/** Browsers stay signed in, so that what ends is the access alone. */
const longSessions = { settings: { lifetimes: { ...lifetimes, session: 90 * day } } };

async function aWorld(about: Partial<Client> = {}, options: AServerOptions = longSessions) {
  const server = await aServer(options);
  const { id: accountId } = await server.person();
  return { server, accountId, client: await server.client(about), browser: new ABrowser(server) };
}

/** A login up to the consent page, or to where the browser is sent without one. */
async function begin({ server, client, browser }: World, asked: Record<string, string> = {}) {
  const { verifier, challenge } = pkce();
  let visit = await browser.open(authorizationUrl(server, client, { code_challenge: challenge, ...asked }));
  if (visit.url.includes("/sign-in?"))
    visit = await browser.submit(visit, { email: "ada@example.com", password });
  return { visit, verifier };
}

type World = Awaited<ReturnType<typeof aWorld>>;

async function allow(world: World, until: string | undefined, asked: Record<string, string> = {}) {
  const { visit, verifier } = await begin(world, asked);
  assert.match(visit.url, /\/consent\?/, visit.url);
  const end = await world.browser.submit(visit, {
    decision: "allow",
    ...(until !== undefined && { until }),
  });
  return earned(world, end, verifier);
}

async function earned({ server, client }: World, visit: Visit, verifier: string) {
  const code = new URL(visit.url).searchParams.get("code");
  assert.ok(code, visit.url);
  return redeem(server, client, { code, verifier });
}

async function lineages({ server, accountId, client }: World): Promise<readonly Lineage[]> {
  const grant = await server.store.grants.findFor(accountId, client.id);
  return grant ? server.store.lineages.listOf(grant.id) : [];
}

describe("how long a person lets an app in", () => {
  for (const { until, seconds } of [
    { until: undefined, seconds: undefined },
    // A field that is empty is a field that is absent, in forms: RFC 6749 §3.1.
    { until: "", seconds: undefined },
    { until: "ended", seconds: undefined },
    { until: "month", seconds: 30 * day },
    { until: "week", seconds: 7 * day },
    { until: "day", seconds: day },
  ]) {
    spec(
      "I6-CONSENT-LENGTH",
      `counts for what the decision begins: ${until === "" ? "an empty field" : (until ?? "no field")}`,
      async (t) => {
        const world = await aWorld();
        t.after(() => world.server.close());
        const { body } = await allow(world, until);
        const [lineage] = await lineages(world);
        const now = world.server.clock.now();
        assert.equal(lineage?.absoluteExpiresAt, now + (seconds ?? lifetimes.refreshAbsolute));
        assert.equal(lineage?.idleExpiresAt, now + Math.min(30 * day, seconds ?? Number.POSITIVE_INFINITY));
        const grant = await world.server.store.grants.findFor(world.accountId, world.client.id);
        assert.deepEqual(
          grant?.limits?.map(({ scope, endsAt }) => [scope, endsAt - now]),
          seconds === undefined ? undefined : [["tools:use", seconds]],
        );
        assert.equal(body.expires_in, 600);
      },
    );
  }

  spec("I6-CONSENT-LENGTH", "ends refreshes and access tokens alike, to the second", async (t) => {
    const world = await aWorld();
    t.after(() => world.server.close());
    const { server, client } = world;
    const { body } = await allow(world, "day");
    server.clock.advance(day - 100);
    const last = await refresh(server, client, String(body.refresh_token));
    assert.deepEqual([last.status, last.body.expires_in], [200, 100]);
    const claims = JSON.parse(
      Buffer.from(String(last.body.access_token).split(".")[1] ?? "", "base64url").toString(),
    );
    assert.equal(claims.exp, server.clock.now() + 100);
    server.clock.advance(99);
    const again = await refresh(server, client, String(last.body.refresh_token));
    assert.deepEqual([again.status, again.body.expires_in], [200, 1]);
    server.clock.advance(1);
    const late = await refresh(server, client, String(again.body.refresh_token));
    assert.deepEqual(
      [late.status, late.body.error, server.audit.lastRefusal],
      [400, "invalid_grant", "refresh.expired"],
    );
  });

  for (const until of ["forever", "MONTH", "7", "__proto__"]) {
    spec("I6-CONSENT-LENGTH", `takes no word that it does not know: ${JSON.stringify(until)}`, async (t) => {
      const world = await aWorld();
      t.after(() => world.server.close());
      const { visit } = await begin(world);
      const answer = await world.browser.submit(visit, { decision: "allow", until });
      assert.deepEqual([answer.status, world.server.audit.lastRefusal], [400, "parameter.malformed"]);
      assert.deepEqual(await lineages(world), []);
      // The page is not spent by it.
      assert.match((await world.browser.submit(visit, { decision: "allow", until: "day" })).url, /code=/);
    });
  }

  spec(
    "I6-CONSENT-LENGTH",
    "is remembered as long and no longer, and a silent login puts no end off",
    async (t) => {
      const world = await aWorld();
      t.after(() => world.server.close());
      const { server, accountId, client } = world;
      await allow(world, "week");
      const grant = await server.store.grants.findFor(accountId, client.id);
      const end = server.clock.now() + 7 * day;
      server.clock.advance(3 * day);
      const silent = await begin(world);
      await earned(world, silent.visit, silent.verifier);
      assert.deepEqual(await server.store.grants.findFor(accountId, client.id), grant);
      assert.deepEqual(
        (await lineages(world)).map(({ absoluteExpiresAt }) => absoluteExpiresAt),
        [end, end],
      );

      server.clock.advance(4 * day - 30);
      const last = await begin(world);
      server.clock.advance(30);
      assert.equal((await earned(world, last.visit, last.verifier)).status, 400);
      assert.equal(server.audit.lastRefusal, "code.expired");
      const asked = await begin(world, { prompt: "none" });
      assert.equal(new URL(asked.visit.url).searchParams.get("error"), "consent_required");
      const { visit } = await begin(world);
      assert.match(visit.url, /\/consent\?/);
      assert.doesNotMatch(visit.body, /You already allow/);
      assert.deepEqual(formOf(visit).fields.get("scope"), ["tools:use"]);
    },
  );

  spec("I6-CONSENT-LENGTH", "ends nothing on another device, and lengthens nothing there", async (t) => {
    const world = await aWorld({ kind: "self-registered" });
    t.after(() => world.server.close());
    const { server, client } = world;
    const laptop = await allow(world, "ended");
    const borrowed = await allow(world, "day");
    const third = await allow(world, "ended");
    server.clock.advance(day);
    for (const [{ body }, status] of [
      [laptop, 200],
      [borrowed, 400],
      [third, 200],
    ] as const) {
      assert.equal((await refresh(server, client, String(body.refresh_token))).status, status);
    }
  });

  spec(
    "I6-CONSENT-LENGTH",
    "is what was said last, for what a page showed and for nothing else",
    async (t) => {
      const world = await aWorld();
      t.after(() => world.server.close());
      const { server } = world;
      await allow(world, "day", { scope: "openid", resource: issuer });
      await allow(world, "ended", { scope: "tools:use" });
      await allow(world, "week", { scope: "tools:use notes:write" });
      server.clock.advance(day);
      const showsConsent = async (scope: string, resource = mcp) =>
        (await begin(world, { scope, resource })).visit.url.includes("/consent?");
      assert.equal(await showsConsent("openid", issuer), true);
      assert.equal(await showsConsent("tools:use notes:write"), false);
      server.clock.advance(6 * day);
      assert.equal(await showsConsent("tools:use"), true);
    },
  );

  spec("I6-CONSENT-LENGTH", "counts for a device that shows a code", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await aDeviceClient(server);
    const end = server.clock.now() + 7 * day;
    const codes = await aWaitingDevice(server, client);
    const { browser, visit } = await atApproval(server, codes.user_code);
    for (const choice of ["ended", "month", "week", "day"])
      assert.ok(visit.body.includes(`<option value="${choice}">`), choice);
    const unknown = await browser.submit(visit, { decision: "allow", until: "forever" });
    assert.deepEqual([unknown.status, server.audit.lastRefusal], [400, "parameter.malformed"]);
    await browser.submit(visit, { decision: "allow", until: "week" });
    server.clock.advance(5);
    assert.equal((await poll(server, client, codes)).status, 200);
    const [grant] = await server.store.grants.page({ after: 0, limit: 1 });
    assert.deepEqual(
      grant?.limits?.map(({ endsAt }) => endsAt),
      [end],
    );
    const [lineage] = await server.store.lineages.listOf(grant?.id ?? 0);
    assert.equal(lineage?.absoluteExpiresAt, end);
    const { detail } = server.audit.events.find(({ what }) => what === "consent.given") ?? {};
    assert.equal(
      detail,
      `tools:use until ${new Date(end * 1_000).toISOString()} for a device at 203.0.113.9`,
    );
  });

  for (const { given, about, remembers } of [
    { given: "proves itself", about: { authMethods: ["client_secret_post"] }, remembers: true },
    { given: "is proven by its redirect", about: {}, remembers: true },
    { given: "registered itself", about: { kind: "self-registered" }, remembers: false },
  ] as readonly { given: string; about: Partial<Client>; remembers: boolean }[]) {
    const is = remembers ? "is" : "is not";
    spec(
      "I6-CONSENT-LENGTH",
      `${is} offered for a device that must ask again soon, where its client ${given} in a browser`,
      async (t) => {
        const server = await aServer(longSessions);
        t.after(() => server.close());
        const grantTypes = ["authorization_code", deviceCodeGrant];
        const client = await aDeviceClient(server, { redirectUris: [callback], grantTypes, ...about });
        const secret = about.authMethods ? { client_secret: client.secret } : {};
        const codes = await aWaitingDevice(server, client, secret);
        const { browser, visit } = await atApproval(server, codes.user_code);
        const offered = [...visit.body.matchAll(/<option value="([^"]*)"/g)].map(([, value]) => value);
        assert.deepEqual(offered, remembers ? ["ended", "month", "week", "day"] : []);
        await browser.submit(visit, { decision: "allow", ...(remembers && { until: "day" }) });
        const later = async () =>
          (await browser.open(authorizationUrl(server, client, { code_challenge: pkce().challenge }))).url;
        assert.equal((await later()).includes("code="), remembers);
        server.clock.advance(day);
        assert.match(await later(), /\/consent\?/);
      },
    );
  }

  for (const { given, about, settings, choices, says } of [
    {
      given: "a client that stays connected",
      about: {},
      settings: {},
      choices: ["ended", "month", "week", "day"],
      says: /not used for 30 days, and after 180 days in any case/,
    },
    {
      given: "a server where nothing lasts longer than ten days",
      about: {},
      settings: { refreshAbsolute: 10 * day },
      choices: ["ended", "week", "day"],
      says: /not used for 10 days, and after 10 days in any case/,
    },
    {
      given: "a proven client that must ask again soon, but is not asked about",
      about: { grantTypes: ["authorization_code"] },
      settings: {},
      choices: ["ended", "month", "week", "day"],
      says: /act for you for 10 minutes/,
    },
    {
      given: "a client of which nothing is remembered and that must ask again soon",
      about: { kind: "self-registered", grantTypes: ["authorization_code"] },
      settings: {},
      choices: [],
      says: /act for you for 10 minutes/,
    },
  ] as readonly {
    given: string;
    about: Partial<Client>;
    settings: Partial<typeof lifetimes>;
    choices: readonly string[];
    says: RegExp;
  }[]) {
    spec("I6-CONSENT-LENGTH", `is offered where it makes a difference: ${given}`, async (t) => {
      const world = await aWorld(about, { settings: { lifetimes: { ...lifetimes, ...settings } } });
      t.after(() => world.server.close());
      const { visit } = await begin(world);
      const offered = [...visit.body.matchAll(/<option value="([^"]*)"/g)].map(([, value]) => value);
      assert.deepEqual(offered, choices);
      assert.match(visit.body, says);
    });
  }

  spec("I6-CONSENT-LENGTH", "is shown on the account page, and with it goes what it allowed", async (t) => {
    const world = await aWorld({}, { ...longSessions, now: Date.UTC(2027, 2, 1, 12) / 1_000 });
    t.after(() => world.server.close());
    const { server, browser } = world;
    const access = async () => {
      const { body } = await browser.open(`${server.issuer}/account`);
      return {
        sentences: [...body.matchAll(/<li><bdi>([^<]*)<\/bdi>/g)].map(([, sentence]) => sentence),
        dates: body.match(/March \d+, 2027/g) ?? [],
      };
    };
    await allow(world, "day", { scope: "tools:use" });
    assert.deepEqual(await access(), { sentences: ["Use the example tools"], dates: ["March 2, 2027"] });
    await allow(world, "week", { scope: "notes:write" });
    server.clock.advance(day);
    assert.deepEqual(await access(), { sentences: ["Write notes in your name"], dates: ["March 8, 2027"] });
    server.clock.advance(6 * day);
    assert.deepEqual(await access(), { sentences: [], dates: [] });
    assert.match((await browser.open(`${server.issuer}/account`)).body, /class="nothing"/);
  });

  spec("I6-CONSENT-LENGTH", "hides nothing on the account page that a device still has", async (t) => {
    const world = await aWorld({ kind: "self-registered" });
    t.after(() => world.server.close());
    await allow(world, "ended");
    await allow(world, "day");
    world.server.clock.advance(day);
    const { body } = await world.browser.open(`${world.server.issuer}/account`);
    assert.match(body, /<li><bdi>Use the example tools<\/bdi>/);
    assert.equal(body.match(/name="end" value="device /g)?.length, 1);
  });

  it("is dated on the page", async (t) => {
    const world = await aWorld({}, { now: Date.UTC(2027, 2, 1, 12) / 1_000 });
    t.after(() => world.server.close());
    const { visit } = await begin(world);
    assert.deepEqual(
      [...visit.body.matchAll(/<option[^>]*>([^<]*)</g)].map(([, label]) => label),
      [
        "Until I end it",
        "30 days, until March 31, 2027",
        "7 days, until March 8, 2027",
        "1 day, until March 2, 2027",
      ],
    );
  });
});
