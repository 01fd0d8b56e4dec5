import assert from "node:assert/strict";
import { constants, createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { after, before, describe, it } from "node:test";
import type { JWK } from "jose";
import { signatureCheck } from "./signature.ts";
import { countWebVerifications, engines, runOn } from "./testing/an-engine.ts";

const base64url = (value: string | Uint8Array) => Buffer.from(value).toString("base64url");

interface Signer {
  readonly digest: string | null;
  readonly key: object;
}

/** RFC 7518 §3.1: how each algorithm signs, written out beside the code that checks it. */
function signerOf(alg: string): Signer {
  const digest = alg.startsWith("Ed") ? null : `sha${alg.slice(2)}`;
  if (alg.startsWith("ES")) return { digest, key: { dsaEncoding: "ieee-p1363" } };
  if (alg.startsWith("PS")) {
    return {
      digest,
      key: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: Number(alg.slice(2)) / 8 },
    };
  }
  return { digest, key: {} };
}

function signature(alg: string, privateKey: KeyObject, text: string, more: object = {}): Buffer {
  const { digest, key } = signerOf(alg);
  return sign(digest, Buffer.from(text), { key: privateKey, ...key, ...more });
}

const algorithms = [
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
];

interface Pair {
  readonly jwk: JWK;
  readonly node: KeyObject;
}

/** RSA keys take their time: all RSA algorithms share a pair, and both engines. */
function newPair(alg: string): Pair {
  const { publicKey, privateKey } = alg.startsWith("Ed")
    ? generateKeyPairSync("ed25519")
    : alg.startsWith("ES")
      ? generateKeyPairSync("ec", {
          namedCurve: { ES256: "P-256", ES384: "P-384", ES512: "P-521" }[alg] ?? "",
        })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { jwk: publicKey.export({ format: "jwk" }) as JWK, node: privateKey };
}

const rsa = [newPair("RS256"), newPair("RS256")] as const;
const isRsa = (alg: string) => alg.startsWith("RS") || alg.startsWith("PS");
const keys = new Map(algorithms.map((alg) => [alg, isRsa(alg) ? rsa[0] : newPair(alg)]));
const keyOf = (alg: string) => keys.get(alg) as Pair;
const otherThan = (alg: string) => (isRsa(alg) ? rsa[1] : newPair(alg));
const weak = new Map(
  [1024, 2040, 2048].map((bits) => [bits, generateKeyPairSync("rsa", { modulusLength: bits })]),
);

for (const engine of engines) {
  describe(`signatures, checked by ${engine}`, () => {
    let webVerifications: ReturnType<typeof countWebVerifications>;

    before(() => {
      runOn(engine);
      webVerifications = countWebVerifications();
    });
    after(() => {
      webVerifications.stop();
      runOn("node:crypto");
    });

    /** What throws does not accept either. */
    async function accepts(jwk: JWK, alg: string, bytes: Uint8Array, text: string): Promise<boolean> {
      try {
        return await (await signatureCheck(jwk, alg))(`${text}.${base64url(bytes)}`);
      } catch {
        return false;
      }
    }

    /** The token's own header must name the algorithm: jose reads it once more. */
    const inputFor = (alg: string) => `${base64url(JSON.stringify({ alg }))}.${base64url('{"sub":"ada"}')}`;

    for (const alg of algorithms) {
      it(`[AT-02] of ${alg} hold for what they are over, and for nothing else`, async () => {
        const { jwk, node } = keyOf(alg);
        const text = inputFor(alg);
        const good = signature(alg, node, text);
        assert.equal(await accepts(jwk, alg, good, text), true);
        assert.equal(await accepts(jwk, alg, good, `${text}A`), false);
        assert.equal(await accepts(jwk, alg, signature(alg, node, `${text}.`), text), false);
        assert.equal(await accepts(otherThan(alg).jwk, alg, good, text), false);
      });

      it(`of ${alg} have one length`, async () => {
        const { jwk, node } = keyOf(alg);
        const text = inputFor(alg);
        const good = signature(alg, node, text);
        const half = good.length / 2;
        for (const [given, bytes] of [
          ["none", Buffer.alloc(0)],
          ["one byte less", good.subarray(0, -1)],
          ["one byte more", Buffer.concat([good, Buffer.of(0)])],
          ["a zero before", Buffer.concat([Buffer.of(0), good])],
          ["a zero within", Buffer.concat([good.subarray(0, half), Buffer.of(0), good.subarray(half)])],
          [
            "zeros before both halves",
            Buffer.concat([Buffer.of(0), good.subarray(0, half), Buffer.of(0), good.subarray(half)]),
          ],
          ["zeros", Buffer.alloc(good.length)],
          ["ones", Buffer.alloc(good.length, 255)],
          ["one and one", oneAndOne(half)],
        ] as const) {
          assert.equal(await accepts(jwk, alg, bytes, text), false, given);
        }
      });
    }

    for (const alg of ["ES256", "ES384", "ES512"]) {
      it(`of ${alg} hold with and without zeros before r and s`, async () => {
        const { jwk, node } = keyOf(alg);
        const text = inputFor(alg);
        const half = signature(alg, node, text).length / 2;
        const missing = new Set(["r begins with zeros", "s begins with zeros", "neither does"]);
        for (let turn = 0; missing.size > 0; turn++) {
          assert.ok(turn < 20_000, [...missing].join());
          const bytes = signature(alg, node, text);
          const zeroR = bytes[0] === 0;
          const zeroS = bytes[half] === 0;
          const found = zeroR ? "r begins with zeros" : zeroS ? "s begins with zeros" : "neither does";
          if (missing.delete(found)) assert.equal(await accepts(jwk, alg, bytes, text), true, found);
        }
      });

      it(`of ${alg} are not taken as DER`, async () => {
        const { jwk, node } = keyOf(alg);
        const text = inputFor(alg);
        assert.equal(
          await accepts(jwk, alg, signature(alg, node, text, { dsaEncoding: "der" }), text),
          false,
        );
      });
    }

    for (const [alg, other] of [
      ["RS256", "PS256"],
      ["PS256", "RS256"],
      ["RS256", "RS512"],
      ["PS256", "PS512"],
    ] as const) {
      it(`of ${other} do not pass for ${alg}, though the key is the same`, async () => {
        const { jwk, node } = keyOf(alg);
        const text = inputFor(alg);
        assert.equal(await accepts(jwk, alg, signature(other, node, text), text), false);
      });
    }

    for (const saltLength of [0, 20, 33]) {
      it(`of PS256 need a salt of 32 bytes, not ${saltLength}`, async () => {
        const { jwk, node } = keyOf("PS256");
        const text = inputFor("PS256");
        assert.equal(
          await accepts(jwk, "PS256", signature("PS256", node, text, { saltLength }), text),
          false,
        );
      });
    }

    for (const alg of ["RS256", "PS256"]) {
      for (const [bits, verdict] of [
        [2048, true],
        [2040, false],
        [1024, false],
      ] as const) {
        it(`of ${alg} by a key of ${bits} bits are ${verdict ? "taken" : "refused"}`, async () => {
          const { publicKey, privateKey } = weak.get(bits) as { publicKey: KeyObject; privateKey: KeyObject };
          const text = inputFor(alg);
          const bytes = signature(alg, privateKey, text);
          assert.equal(await accepts(publicKey.export({ format: "jwk" }) as JWK, alg, bytes, text), verdict);
        });
      }
    }

    for (const [given, alg, jwkOf] of [
      ["of another curve", "ES256", () => keyOf("ES384").jwk],
      ["of another kind", "ES256", () => keyOf("RS256").jwk],
      ["of another kind", "RS256", () => keyOf("ES256").jwk],
      ["for key agreement", "EdDSA", () => generateKeyPairSync("x25519").publicKey.export({ format: "jwk" })],
      ["that may only encrypt", "RS256", () => ({ ...keyOf("RS256").jwk, key_ops: ["encrypt"] })],
      ["that may only sign", "ES256", () => ({ ...keyOf("ES256").jwk, key_ops: ["sign"] })],
      ["whose operations are no list", "ES256", () => ({ ...keyOf("ES256").jwk, key_ops: "verify" })],
      ["that may do nothing", "ES256", () => ({ ...keyOf("ES256").jwk, key_ops: [] })],
      ["off the curve", "ES256", () => ({ ...keyOf("ES256").jwk, y: keyOf("ES256").jwk.x })],
      ["without a coordinate", "ES256", () => ({ ...keyOf("ES256").jwk, y: undefined })],
      ["with its private half", "ES256", () => keyOf("ES256").node.export({ format: "jwk" })],
      ["that is a secret", "ES256", () => ({ kty: "oct", k: base64url("secret") })],
      ["that is a secret", "HS256", () => ({ kty: "oct", k: base64url("secret") })],
    ] as const) {
      it(`are refused for ${alg} by a key ${given}`, async () => {
        const text = inputFor(alg);
        const bytes =
          alg === "HS256"
            ? createHmac("sha256", "secret").update(text).digest()
            : signature(alg, keyOf(alg).node, text);
        assert.equal(
          await accepts({ ...jwkOf(), alg: undefined } as unknown as JWK, alg, bytes, text),
          false,
        );
      });
    }

    it("went through this engine and no other", async () => {
      const before = webVerifications.count;
      const { jwk, node } = keyOf("ES256");
      const text = inputFor("ES256");
      assert.equal(await accepts(jwk, "ES256", signature("ES256", node, text), text), true);
      assert.equal(webVerifications.count - before, engine === "WebCrypto" ? 1 : 0);
    });
  });
}

function oneAndOne(half: number): Buffer {
  const bytes = Buffer.alloc(2 * half);
  bytes[half - 1] = 1;
  bytes[2 * half - 1] = 1;
  return bytes;
}
