import assert from "node:assert/strict";
import { createHmac, generateKeyPairSync } from "node:crypto";
import { describe, it } from "node:test";
import { calculateJwkThumbprint, createLocalJWKSet, type JSONWebKeySet, jwtVerify, SignJWT } from "jose";
import { signEs256 } from "./es256.ts";
import { openKeys } from "./keys.ts";
import { type MemoryStores, memoryStores } from "./memory-stores.ts";
import { KeyRing, newRingKey } from "./ring.ts";
import { openSigningKey } from "./signing-keys.ts";

const day = 86_400;
const rotation = { every: 90 * day, publishAhead: day, keepAfter: 2 * day };
const key = newRingKey();
const ring = new KeyRing([key]);

function aNode(stores: MemoryStores, time: { now: number }, nodeRing = ring, warn?: (s: string) => void) {
  const clock = { now: () => time.now };
  return openKeys({ ring: nodeRing, store: stores, clock, rotation, ...(warn && { warn }) });
}

async function kidsOf(keys: Awaited<ReturnType<typeof openKeys>>): Promise<unknown[]> {
  return (await keys.jwks()).keys.map((jwk) => jwk.kid);
}

function kidOf(jwt: string): unknown {
  return JSON.parse(Buffer.from(jwt.split(".")[0] as string, "base64url").toString()).kid;
}

describe("signing", () => {
  it("makes tokens that a foreign library verifies with the published keys, every time", async () => {
    const keys = await aNode(memoryStores(), { now: 1000 });
    const set = createLocalJWKSet((await keys.jwks()) as unknown as JSONWebKeySet);
    // Enough signatures that r and s come with and without their zero bytes in DER.
    for (let n = 0; n < 600; n++) {
      const jwt = await keys.sign("at+jwt", { n });
      const { payload } = await jwtVerify(jwt, set, { typ: "at+jwt", algorithms: ["ES256"] });
      assert.equal(payload.n, n);
      assert.deepEqual(await keys.open("at+jwt", jwt), { n });
    }
  });

  it("publishes the public half alone, named by its thumbprint", async () => {
    const { keys } = await (await aNode(memoryStores(), { now: 1000 })).jwks();
    assert.equal(keys.length, 1);
    assert.deepEqual(Object.keys(keys[0] ?? {}).sort(), ["alg", "crv", "kid", "kty", "use", "x", "y"]);
    assert.equal(keys[0]?.kid, await calculateJwkThumbprint({ ...keys[0] } as never));
    assert.equal(keys[0]?.use, "sig");
    assert.equal(keys[0]?.alg, "ES256");
  });

  it("keeps no private half in the store that is not sealed", async () => {
    const stores = memoryStores();
    await aNode(stores, { now: 1000 });
    const row = stores.signingKeys.rows[0];
    assert.equal(row?.publicJwk.d, undefined);
    assert.ok(
      !Buffer.from(row?.sealedPrivateKey ?? "", "base64url").includes(Buffer.from("0201010420", "hex")),
    );
  });
});

describe("opening", async () => {
  const stores = memoryStores();
  const keys = await aNode(stores, { now: 1000 });
  const good = await keys.sign("at+jwt", { sub: "x" });
  const kid = kidOf(good) as string;
  const [head, body, tail] = good.split(".") as [string, string, string];
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const foreign = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const signed = (header: object, privateKey = foreign.privateKey) =>
    new SignJWT({ sub: "x" })
      .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid, ...header })
      .sign(privateKey);
  const publicJwk = { ...foreign.publicKey.export({ format: "jwk" }) };
  const ourPublic = JSON.stringify((await keys.jwks()).keys[0]);
  const hmacHead = encode({ alg: "HS256", typ: "at+jwt", kid });
  const hmac = createHmac("sha256", ourPublic).update(`${hmacHead}.${body}`).digest("base64url");
  const twin = tail.slice(0, -1) + String.fromCharCode(tail.charCodeAt(85) + 1);

  const raw = Buffer.from(tail, "base64url");
  const oneMore = Buffer.concat([raw, Buffer.of(0)]).toString("base64url");
  const longer = Buffer.concat([raw.subarray(0, 32), Buffer.of(0), raw.subarray(32)]).toString("base64url");

  for (const { given, jwt } of [
    { given: "a zero byte behind the signature", jwt: `${head}.${body}.${oneMore}` },
    { given: "a zero byte slipped in before s", jwt: `${head}.${body}.${longer}` },
    {
      given: "more characters than any of ours has",
      jwt: await keys.sign("at+jwt", { long: "a".repeat(16_384) }),
    },
    { given: "nothing", jwt: "" },
    { given: "two parts", jwt: `${head}.${body}` },
    { given: "four parts", jwt: `${good}.x` },
    { given: "no signature", jwt: `${head}.${body}.` },
    { given: "a short signature", jwt: `${head}.${body}.${tail.slice(0, 40)}` },
    { given: "a signature of zeros", jwt: `${head}.${body}.${Buffer.alloc(64).toString("base64url")}` },
    { given: "a signature of ones", jwt: `${head}.${body}.${Buffer.alloc(64, 255).toString("base64url")}` },
    { given: "another spelling of the signature", jwt: `${head}.${body}.${twin}` },
    { given: "padding", jwt: `${good}==` },
    { given: "a changed payload", jwt: `${head}.${encode({ sub: "y" })}.${tail}` },
    { given: "alg none", jwt: `${encode({ alg: "none", typ: "at+jwt", kid })}.${body}.` },
    { given: "alg HS256 with the public key as secret", jwt: `${hmacHead}.${body}.${hmac}` },
    { given: "a foreign key under our kid", jwt: await signed({}) },
    { given: "a foreign key that the header brings", jwt: await signed({ jwk: publicJwk }) },
    { given: "an unknown kid", jwt: await signed({ kid: "../../etc/passwd" }) },
    { given: "no kid", jwt: await signed({ kid: undefined }) },
    { given: "a header that is no object", jwt: `${encode([1])}.${body}.${tail}` },
    { given: "a header that is null", jwt: `${encode(null)}.${body}.${tail}` },
    { given: "a header that is no JSON", jwt: `${Buffer.from("{").toString("base64url")}.${body}.${tail}` },
    { given: "a megabyte", jwt: `${"a".repeat(1_000_000)}.a.a` },
    { given: "a million dots", jwt: ".".repeat(1_000_000) },
  ]) {
    it(`refuses ${given}`, async () => assert.equal(await keys.open("at+jwt", jwt), undefined));
  }

  it("refuses a header that differs from ours in one member, though our key signed it", async () => {
    // The private half, taken the way only this test can: unsealed with the ring.
    const row = stores.signingKeys.rows[0];
    assert.ok(row);
    const ours = openSigningKey(ring, row)?.privateKey;
    assert.ok(ours);
    assert.deepEqual(await keys.open("at+jwt", await signed({}, ours)), { sub: "x" });
    assert.equal(await keys.open("at+jwt", await signed({ typ: "JWT" }, ours)), undefined);
    assert.equal(await keys.open("at+jwt", await signed({ typ: undefined }, ours)), undefined);
    const renamed = `${encode({ alg: "ES256K", typ: "at+jwt", kid })}.${body}`;
    assert.equal(
      await keys.open("at+jwt", `${renamed}.${signEs256(ours, renamed).toString("base64url")}`),
      undefined,
    );
    assert.equal(await keys.open("at+jwt", await signed({ crit: ["b64"], b64: true }, ours)), undefined);
  });

  it("refuses a token of another type", async () => {
    assert.equal(await keys.open("JWT", good), undefined);
    assert.deepEqual(await keys.open("JWT", await keys.sign("JWT", { a: 1 })), { a: 1 });
  });

  it("refuses a payload that is no JSON object, though our key signed it", async () => {
    const list = await keys.sign("at+jwt", [1] as never);
    assert.equal(await keys.open("at+jwt", list), undefined);
  });

  it("trusts no key that somebody wrote into the store without the ring's secret", async () => {
    const forged = await aNode(stores, { now: 1000 });
    const injected = memoryStores();
    await aNode(injected, { now: 1000 }, new KeyRing([newRingKey()]));
    const row = injected.signingKeys.rows[0];
    assert.ok(row);
    const warnings: string[] = [];
    const before = stores.signingKeys.rows;
    // Once as it stands, once claiming to be sealed by our key, once under the name of our own sealed key.
    for (const written of [row, { ...row, sealedBy: key.id }, { ...row, ...sealedOf(before[0]) }]) {
      stores.signingKeys.rows = [...before, written];
      const node = await aNode(stores, { now: 1000 }, ring, (sentence) => warnings.push(sentence));
      await node.refresh();
      assert.deepEqual(await kidsOf(node), await kidsOf(forged));
    }
    assert.equal(warnings.length, 3);
    assert.match(warnings[0] ?? "", /cannot be opened/);
    stores.signingKeys.rows = before;
  });
});

describe("remembering access tokens that were opened", () => {
  const claims = { sub: "x", exp: 200 * day };

  it("answers a second time with what the first verified", async () => {
    const keys = await aNode(memoryStores(), { now: 1000 });
    const jwt = await keys.sign("at+jwt", claims);
    assert.equal(await keys.open("at+jwt", jwt), await keys.open("at+jwt", jwt));
  });

  it("keeps no ID token", async () => {
    const keys = await aNode(memoryStores(), { now: 1000 });
    const jwt = await keys.sign("JWT", claims);
    assert.notEqual(await keys.open("JWT", jwt), await keys.open("JWT", jwt));
  });

  it("still judges the type", async () => {
    const keys = await aNode(memoryStores(), { now: 1000 });
    const jwt = await keys.sign("at+jwt", claims);
    assert.deepEqual(await keys.open("at+jwt", jwt), claims);
    assert.equal(await keys.open("JWT", jwt), undefined);
    assert.deepEqual(await keys.open("at+jwt", jwt), claims);
  });

  it("knows the whole token: neither other claims nor another signature passes for it", async () => {
    const keys = await aNode(memoryStores(), { now: 1000 });
    const jwt = await keys.sign("at+jwt", claims);
    assert.deepEqual(await keys.open("at+jwt", jwt), claims);
    const [head, body, tail] = jwt.split(".") as [string, string, string];
    const admin = Buffer.from(JSON.stringify({ ...claims, sub: "admin" })).toString("base64url");
    assert.equal(await keys.open("at+jwt", `${head}.${admin}.${tail}`), undefined);
    const other = (await keys.sign("at+jwt", { ...claims, n: 1 })).split(".")[2];
    assert.equal(await keys.open("at+jwt", `${head}.${body}.${other}`), undefined);
    assert.equal(await keys.open("at+jwt", `${head}.${body}.`), undefined);
  });

  it("hands out what no caller can change for the next", async () => {
    const keys = await aNode(memoryStores(), { now: 1000 });
    const jwt = await keys.sign("at+jwt", claims);
    const opened = (await keys.open("at+jwt", jwt)) as { sub: string };
    assert.throws(() => {
      opened.sub = "admin";
    }, TypeError);
    assert.deepEqual(await keys.open("at+jwt", jwt), claims);
  });

  it("ends at the second at which the key is no longer published", async () => {
    const time = { now: 0 };
    const keys = await aNode(memoryStores(), time);
    const jwt = await keys.sign("at+jwt", claims);
    for (const now of [89 * day, 90 * day]) {
      time.now = now;
      await keys.refresh();
    }
    time.now = 92 * day - 1;
    assert.deepEqual(await keys.open("at+jwt", jwt), claims);
    time.now = 92 * day;
    assert.equal(await keys.open("at+jwt", jwt), undefined);
  });

  it("ends when the store no longer has the key", async () => {
    const stores = memoryStores();
    const keys = await aNode(stores, { now: 1000 });
    const jwt = await keys.sign("at+jwt", claims);
    assert.deepEqual(await keys.open("at+jwt", jwt), claims);
    stores.signingKeys.rows = [];
    await keys.refresh();
    assert.equal(await keys.open("at+jwt", jwt), undefined);
  });
});

function sealedOf(row: { sealedPrivateKey: string; sealedBy: string } | undefined) {
  return { sealedPrivateKey: row?.sealedPrivateKey ?? "", sealedBy: row?.sealedBy ?? "" };
}

describe("several nodes", () => {
  it("make one first key between them and verify each other's tokens", async () => {
    const stores = memoryStores();
    const nodes = await Promise.all(Array.from({ length: 10 }, () => aNode(stores, { now: 1000 })));
    assert.equal(stores.signingKeys.rows.length, 1);
    const jwt = await nodes[0]?.sign("JWT", { a: 1 });
    for (const node of nodes) assert.deepEqual(await node.open("JWT", jwt ?? ""), { a: 1 });
  });

  it("learn a new key of another node when its first token comes, and ask the store at most once in a while", async () => {
    const stores = memoryStores();
    const time = { now: 1000 };
    const late = await aNode(stores, time);
    stores.signingKeys.rows = [];
    const early = await aNode(stores, time);
    const jwt = await early.sign("JWT", { a: 1 });
    const reads = stores.signingKeys.reads;
    assert.equal(await late.open("JWT", jwt), undefined);
    assert.equal(stores.signingKeys.reads, reads);
    time.now += 10;
    const all = await Promise.all(Array.from({ length: 50 }, () => late.open("JWT", jwt)));
    assert.equal(stores.signingKeys.reads, reads + 1);
    assert.deepEqual(all[49], { a: 1 });
    assert.deepEqual(await late.open("JWT", jwt), { a: 1 });
  });

  it("call a token of an unknown key unknown while the store does not answer", async () => {
    const stores = memoryStores();
    const time = { now: 1000 };
    const node = await aNode(stores, time);
    const jwt = await (await aNode(memoryStores(), time)).sign("JWT", {});
    time.now += 10;
    stores.signingKeys.list = () => Promise.reject(new Error("no store"));
    assert.equal(await node.open("JWT", jwt), undefined);
    await assert.rejects(node.refresh(), /no store/);
  });
});

describe("rotation", () => {
  it("publishes the next key before it signs, keeps the old one after, then drops it", async () => {
    const stores = memoryStores();
    const time = { now: 0 };
    const keys = await aNode(stores, time);
    const first = kidOf(await keys.sign("JWT", {}));

    time.now = 89 * day;
    await keys.refresh();
    const [, second] = await kidsOf(keys);
    assert.deepEqual(await kidsOf(keys), [first, second]);
    assert.equal(kidOf(await keys.sign("JWT", {})), first);

    time.now = 90 * day - 1;
    const last = await keys.sign("JWT", { last: true });
    assert.equal(kidOf(last), first);

    time.now = 90 * day;
    assert.equal(kidOf(await keys.sign("JWT", {})), second, "without a refresh at the very second");
    await keys.refresh();
    assert.deepEqual(await kidsOf(keys), [first, second]);
    assert.deepEqual(await keys.open("JWT", last), { last: true });

    time.now = 92 * day;
    assert.deepEqual(await kidsOf(keys), [second]);
    assert.equal(await keys.open("JWT", last), undefined);
    assert.equal(stores.signingKeys.rows.length, 2);
  });

  it("makes one next key, however many nodes find it due", async () => {
    const stores = memoryStores();
    const time = { now: 0 };
    const nodes = await Promise.all([1, 2, 3, 4].map(() => aNode(stores, time)));
    time.now = 89 * day;
    await Promise.all(nodes.map((node) => node.refresh()));
    assert.equal(stores.signingKeys.rows.length, 2);
  });
});

describe("proofs", async () => {
  const older = newRingKey();
  const keys = await aNode(memoryStores(), { now: 0 }, new KeyRing([key, older]));
  const message = Buffer.from("message");

  it("are HMAC-SHA256 under a key of the ring derived for the purpose", () => {
    const derived = ring.derive(key.id, "mac/refresh");
    assert.ok(derived);
    assert.equal(keys.proofKeyId, key.id);
    const expected = createHmac("sha256", derived).update(message).digest("hex");
    for (const time of ["first", "again"]) {
      assert.equal(Buffer.from(keys.mac(key.id, "refresh", message) ?? []).toString("hex"), expected, time);
    }
  });

  it("differ by key, purpose and message, and are undefined for a key that this node lacks", () => {
    const base = keys.mac(key.id, "refresh", message);
    assert.notDeepEqual(keys.mac(older.id, "refresh", message), base);
    assert.notDeepEqual(keys.mac(key.id, "code", message), base);
    assert.notDeepEqual(keys.mac(key.id, "refresh", Buffer.from("messagf")), base);
    assert.equal(keys.mac("00000000", "refresh", message), undefined);
  });
});
