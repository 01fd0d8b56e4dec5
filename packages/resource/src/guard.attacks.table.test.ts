import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { Refusal } from "@valetkey/protocol/refusals";
import { aGuardedWay, type GuardedWay } from "./testing/a-guarded-way.ts";
import { aProofKey, type ProofKey } from "./testing/a-proof.ts";
import { everyWay } from "./testing/every-way.ts";
import { aForgersWorld, type ForgersWorld, forgeries } from "./testing/forgeries.ts";
import { pipelined, requestText } from "./testing/pipelined.ts";
import type { Open, Received } from "./testing/ways-in.ts";

/** The names that a guard's users know the attacks by, and the forged tokens that stand for each. */
const byToken: Readonly<Record<string, readonly string[]>> = {
  "algorithm confusion": [
    "alg none",
    "HS256 signed with the public key as PEM",
    "HS256 signed with the public key as JWK",
    "RS256 named for an elliptic key",
    "PS256 named for a key that is for RS256",
  ],
  "key injection by jwk": ["the stranger's key in jwk", "the stranger's key in jwk and no key id"],
  "key injection by jku": ["the stranger's keys under jku"],
  "key injection by x5c": ["the stranger's certificate in x5c", "the stranger's certificate under x5u"],
  "key injection by kid": [
    "a signature of a stranger under a known key id",
    "a key id that is a path",
    "a key id that is a statement",
    "a key id that is a member of every object",
  ],
  "another audience": ["a foreign audience", "an audience above ours", "an audience below ours"],
  "another issuer": ["a foreign issuer", "a foreign issuer that names ours", "an issuer with one slash more"],
  "an ID token as access token": ["an ID token", "an ID token as the issuer makes them"],
  "an expired token": ["an expired token"],
  "a token not yet valid": ["a token not yet valid", "a token issued in the future"],
  "an oversized token": ["an oversized token"],
};

const targets = [
  "https://api.example/",
  "https://api.example/mcp/",
  "https://api.example/MCP",
  "https://api.example/mcp%2F",
  "https://api.example:8443/mcp",
  "https://api.example@evil.example/mcp",
  "https://evil.example/mcp",
  "http://api.example/mcp",
  "/mcp",
];

const hashed = (text: string) => createHash("sha256").update(text).digest("base64url");

for (const [name, open] of Object.entries(everyWay)) {
  describe(`every attack of the table by way of ${name}`, () => attack(open));
}

function attack(open: Open): void {
  const world = {} as ForgersWorld;
  const known = new Map(forgeries(world).map(([given, ...rest]) => [given, rest] as const));
  let guarded: GuardedWay;
  let key: ProofKey;
  let good: string;
  let bound: string;

  before(async () => {
    Object.assign(world, await aForgersWorld());
    const { issuer } = world;
    guarded = await aGuardedWay(open, { maxTokenLength: 8_192 }, issuer);
    key = await aProofKey();
    good = await issuer.token();
    bound = await issuer.token({ cnf: { jkt: key.jkt } });
  });
  after(async () => {
    await guarded.close();
    await world.foreign.close();
  });

  const bearer = (token: string, target?: string) =>
    guarded.ask(["Authorization", `Bearer ${token}`], target === undefined ? {} : { target });
  const proof = (change: object = {}) =>
    key.proof({
      htm: guarded.way.method,
      htu: world.issuer.resource,
      iat: Math.floor(Date.now() / 1000),
      ath: hashed(bound),
      ...change,
    });
  const proven = (text: string) => guarded.ask(["Authorization", `DPoP ${bound}`, "DPoP", text]);

  async function refused(ask: () => Promise<Received>, status: number, refusal: Refusal): Promise<Received> {
    const received = await ask();
    assert.equal(received.status, status, "the guard let the request through");
    assert.deepEqual(
      guarded.refusals.map((one) => one.refusal),
      [refusal],
    );
    assert.equal(received.headers.get("cache-control"), "no-store");
    return received;
  }

  for (const [attackName, tokens] of Object.entries(byToken)) {
    it(`[AT-02 MCP-RS-04 MCP-RS-05 MCP-RS-07 O21-RS-06] refuses ${attackName}`, async () => {
      for (const given of tokens) {
        const [refusal, make] = known.get(given) ?? assert.fail(`no forgery is called ${given}`);
        const token = await make();
        const { headers } = await refused(() => bearer(token), 401, refusal);
        assert.match(headers.get("www-authenticate") ?? "", /^Bearer error="invalid_token", /, given);
      }
      assert.deepEqual(world.foreign.counts, {}, "a stranger was asked");
    });
  }

  it("[DP-02] refuses a replayed proof", async () => {
    const once = await proof();
    const first = await proven(once);
    assert.deepEqual([first.status, first.body], [200, "account-1"]);
    await refused(() => proven(once), 401, "dpop.replayed");
  });

  it("[DP-02] refuses a wrong ath", async () => {
    for (const ath of [undefined, hashed(good), bound, [hashed(bound)], ""]) {
      const wrong = await proof({ ath });
      await refused(() => proven(wrong), 401, "dpop.token-hash");
    }
  });

  it("[DP-02] refuses htu tricks, and tells its own host by no header", async () => {
    for (const htu of targets) {
      const trick = await proof({ htu });
      await refused(() => proven(trick), 401, "dpop.target");
    }
    const headers = [
      "Host",
      "evil.example",
      "X-Forwarded-Host",
      "evil.example",
      "Forwarded",
      "host=evil.example",
    ];
    const evil = await proof({ htu: "https://evil.example/mcp" });
    const asked = () => guarded.ask(["Authorization", `DPoP ${bound}`, "DPoP", evil, ...headers]);
    await refused(asked, 401, "dpop.target");
  });

  it("[DP-02] refuses a bound token as a bearer token, and a bearer token as a bound one", async () => {
    await refused(() => bearer(bound), 401, "token.bound");
    const dpop = await proof();
    await refused(() => guarded.ask(["Authorization", `DPoP ${good}`, "DPoP", dpop]), 401, "dpop.not-bound");
  });

  it("[MCP-RS-11 O21-RS-03] ignores a query token", async () => {
    const target = `/mcp?access_token=${good}`;
    const { headers } = await refused(() => guarded.ask([], { target }), 401, "token.missing");
    assert.doesNotMatch(headers.get("www-authenticate") ?? "", /error/);
    await refused(() => bearer("junk", target), 401, "token.malformed");
  });

  it("[O21-RS-04] refuses two carriers", async () => {
    const both = (one: string, other: string) => guarded.ask(["Authorization", one, "Authorization", other]);
    await refused(() => both(`Bearer ${good}`, `Bearer ${good}`), 400, "token.two-carriers");
    await refused(() => both("Basic YTpi", `Bearer ${good}`), 400, "token.two-carriers");
    await refused(() => both(`DPoP ${good}`, `Bearer ${good}`), 400, "token.two-carriers");
  });

  it("asks the issuer nothing more for five hundred distinct unknown key ids, and serves others meanwhile", async () => {
    const tail = good.slice(good.indexOf("."));
    const unknown = (at: number) =>
      Buffer.from(JSON.stringify({ alg: "ES256", typ: "at+jwt", kid: `nobody-${at}` })).toString(
        "base64url",
      ) + tail;
    const before = world.issuer.jwksFetches();
    const tokens = Array.from({ length: 500 }, (_, at) => unknown(at));
    const { origin, method } = guarded.way;
    const flood = origin
      ? pipelined(
          origin,
          tokens.map((one) => requestText(method, { Authorization: `Bearer ${one}`, "Content-Length": "0" })),
        )
      : Promise.all(tokens.map((one) => bearer(one))).then((all) => ({
          "401": all.filter(({ status }) => status === 401).length,
        }));
    assert.equal((await bearer(good)).body, "account-1");
    assert.deepEqual(await flood, { "401": 500 });
    assert.equal(world.issuer.jwksFetches(), before);
  });

  it("lets a good token through after all that", async () => {
    const { status, body } = await bearer(await world.issuer.token());
    assert.deepEqual([status, body], [200, "account-1"]);
  });
}
