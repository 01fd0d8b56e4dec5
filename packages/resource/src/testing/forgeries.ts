import { createHmac, createPublicKey, KeyObject, sign } from "node:crypto";
import type { Refusal } from "@valetkey/protocol/refusals";
import { aKey, anIssuer, type Claims, type SigningKey, signed, type TestIssuer } from "./an-issuer.ts";

/** What a forger can work with. */
export interface ForgersWorld {
  readonly issuer: TestIssuer;
  /** Publishes a key of RSA, too, which signs by RS256. */
  readonly rsa: SigningKey;
  readonly foreign: TestIssuer;
  /** A key of the forger's that is called like the issuer's. */
  readonly thief: SigningKey;
}

export async function aForgersWorld(): Promise<ForgersWorld> {
  const [issuer, foreign, thief, rsa] = await Promise.all([
    anIssuer(),
    anIssuer(),
    aKey("first"),
    aKey("rsa", "RS256"),
  ]);
  issuer.state.keys = [issuer.key.jwk, rsa.jwk];
  return { issuer, foreign, thief, rsa };
}

export type Forgery = [given: string, refusal: Refusal, token: () => string | Promise<string>];

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token put together by hand, for headers that no library would sign. */
export function byHand(
  header: Claims,
  claims: Claims,
  signature: (input: string) => string = () => "",
): string {
  const input = `${part(header)}.${part(claims)}`;
  return `${input}.${signature(input)}`;
}

const hmac = (secret: string | Buffer) => (input: string) =>
  createHmac("sha256", secret).update(input).digest("base64url");

/** Tokens that no guard may take, with what it tells its operator. The world is read when a token is made. */
export function forgeries(world: ForgersWorld): Forgery[] {
  const now = () => Math.floor(Date.now() / 1000);
  const publicKey = () => createPublicKey({ key: world.issuer.key.jwk as never, format: "jwk" });
  const pem = () => publicKey().export({ type: "spki", format: "pem" });
  const head = { alg: "ES256", kid: "first", typ: "at+jwt" };

  return [
    ["alg none", "token.algorithm", () => byHand({ ...head, alg: "none" }, world.issuer.claims())],
    [
      "alg None in mixed case",
      "token.algorithm",
      () => byHand({ ...head, alg: "nOnE" }, world.issuer.claims()),
    ],
    [
      "no alg at all",
      "token.algorithm",
      () => byHand({ kid: "first", typ: "at+jwt" }, world.issuer.claims()),
    ],
    ["alg as a list", "token.algorithm", () => byHand({ ...head, alg: ["ES256"] }, world.issuer.claims())],
    [
      "HS256 signed with the public key as PEM",
      "token.algorithm",
      () => byHand({ ...head, alg: "HS256" }, world.issuer.claims(), hmac(pem())),
    ],
    [
      "HS256 signed with the public key as JWK",
      "token.algorithm",
      () =>
        byHand({ ...head, alg: "HS256" }, world.issuer.claims(), hmac(JSON.stringify(world.issuer.key.jwk))),
    ],
    [
      "HS256 signed with nothing",
      "token.algorithm",
      () => byHand({ ...head, alg: "HS256" }, world.issuer.claims(), hmac("")),
    ],
    [
      "an algorithm that is not the key's own",
      "token.key-unknown",
      () =>
        signed(world.issuer.claims(), { ...world.thief, alg: "ES256" }, { alg: "ES256", kid: "first-rsa" }),
    ],
    [
      "RS256 named for an elliptic key",
      "token.key-unknown",
      async () => byHand({ ...head, alg: "RS256" }, world.issuer.claims(), () => "AAAA"),
    ],
    [
      "a signature of a stranger under a known key id",
      "token.signature",
      () => signed(world.issuer.claims(), world.thief),
    ],
    [
      "the stranger's key in jwk",
      "token.signature",
      () => signed(world.issuer.claims(), world.thief, { jwk: world.thief.jwk }),
    ],
    [
      "the stranger's key in jwk and no key id",
      "token.signature",
      () => signed(world.issuer.claims(), world.thief, { jwk: world.thief.jwk, kid: undefined }),
    ],
    [
      "the stranger's keys under jku",
      "token.key-unknown",
      () => signed(world.issuer.claims(), world.thief, { jku: `${world.foreign.issuer}/jwks`, kid: "other" }),
    ],
    [
      "the stranger's certificate in x5c",
      "token.signature",
      () => signed(world.issuer.claims(), world.thief, { x5c: ["MIIB"] }),
    ],
    [
      "the stranger's certificate under x5u",
      "token.signature",
      () => signed(world.issuer.claims(), world.thief, { x5u: `${world.foreign.issuer}/x5u` }),
    ],
    [
      "a key id that is a path",
      "token.key-unknown",
      () => signed(world.issuer.claims(), world.thief, { kid: "../../dev/null" }),
    ],
    [
      "a key id that is a statement",
      "token.key-unknown",
      () => signed(world.issuer.claims(), world.thief, { kid: "' OR '1'='1" }),
    ],
    [
      "a key id that is a member of every object",
      "token.key-unknown",
      () => signed(world.issuer.claims(), world.thief, { kid: "__proto__" }),
    ],
    [
      "a key id that is no text",
      "token.malformed",
      () => byHand({ ...head, kid: 1 }, world.issuer.claims(), () => "AAAA"),
    ],
    ["a foreign issuer", "token.issuer", () => world.foreign.token({ aud: world.issuer.resource })],
    [
      "a foreign issuer that names ours",
      "token.signature",
      () => world.foreign.token({ iss: world.issuer.issuer }),
    ],
    [
      "an issuer with one slash more",
      "token.issuer",
      () => world.issuer.token({ iss: `${world.issuer.issuer}/` }),
    ],
    ["no issuer", "token.issuer", () => world.issuer.token({ iss: undefined })],
    ["a foreign audience", "token.audience", () => world.issuer.token({ aud: "https://other.example/mcp" })],
    ["an audience above ours", "token.audience", () => world.issuer.token({ aud: "https://api.example" })],
    [
      "an audience below ours",
      "token.audience",
      () => world.issuer.token({ aud: "https://api.example/mcp/" }),
    ],
    [
      "an audience in another case",
      "token.audience",
      () => world.issuer.token({ aud: "https://API.example/mcp" }),
    ],
    ["no audience", "token.audience", () => world.issuer.token({ aud: undefined })],
    ["an empty list of audiences", "token.audience", () => world.issuer.token({ aud: [] })],
    [
      "an audience inside a list inside",
      "token.audience",
      () => world.issuer.token({ aud: [["https://api.example/mcp"]] }),
    ],
    ["an ID token", "token.type", () => world.issuer.token({}, { typ: "JWT" })],
    ["a token without a type", "token.type", () => world.issuer.token({}, { typ: undefined })],
    ["a logout token", "token.type", () => world.issuer.token({}, { typ: "logout+jwt" })],
    ["an expired token", "token.expired", () => world.issuer.token({ exp: now() - 6 })],
    ["a token without an end", "token.claims", () => world.issuer.token({ exp: undefined })],
    [
      "an end that is text",
      "token.claims",
      () => byHand(head, world.issuer.claims({ exp: "9999999999" }), () => "AAAA"),
    ],
    [
      "an end beyond numbers",
      "token.claims",
      () =>
        `${part(head)}.${Buffer.from(JSON.stringify(world.issuer.claims({ exp: 7 })).replace('"exp":7', '"exp":1e999')).toString("base64url")}.AAAA`,
    ],
    ["a token not yet valid", "token.early", () => world.issuer.token({ nbf: now() + 60 })],
    ["a token issued in the future", "token.early", () => world.issuer.token({ iat: now() + 60 })],
    [
      "a token without a time of issue",
      "token.claims",
      () => byHand(head, world.issuer.claims({ iat: undefined }), () => "AAAA"),
    ],
    ["no subject", "token.claims", () => world.issuer.token({ sub: undefined })],
    ["an empty subject", "token.claims", () => world.issuer.token({ sub: "" })],
    ["a subject that is no text", "token.claims", () => world.issuer.token({ sub: { admin: true } })],
    ["no client", "token.claims", () => world.issuer.token({ client_id: undefined })],
    ["scopes in a list", "token.claims", () => world.issuer.token({ scope: ["notes:read"] })],
    [
      "an unknown critical extension",
      "token.critical",
      () => byHand({ ...head, crit: ["exp"], exp: 1 }, world.issuer.claims()),
    ],
    [
      "an unencoded payload",
      "token.critical",
      () => byHand({ ...head, crit: ["b64"], b64: false }, world.issuer.claims()),
    ],
    ["a token bound to a key, sent plainly", "token.bound", () => world.issuer.token({ cnf: { jkt: "x" } })],
    ["an oversized token", "token.malformed", () => world.issuer.token({ groups: "x".repeat(9_000) })],
    ["a truncated signature", "token.signature", async () => (await world.issuer.token()).slice(0, -3)],
    ["no signature", "token.signature", async () => (await world.issuer.token()).replace(/[^.]*$/, "")],
    [
      "a signature of zeros",
      "token.signature",
      async () => (await world.issuer.token()).replace(/[^.]*$/, Buffer.alloc(64).toString("base64url")),
    ],
    ["a signature spelled with padding", "token.signature", async () => `${await world.issuer.token()}==`],
    [
      "a signature spelled with bits behind its last byte",
      "token.signature",
      async () =>
        (await world.issuer.token()).replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1)),
    ],
    [
      "a signature spelled in plain base64",
      "token.signature",
      async () => {
        for (;;) {
          const token = await world.issuer.token();
          const [tail = ""] = /[^.]*$/.exec(token) ?? [];
          if (tail.includes("-")) return token.slice(0, -tail.length) + tail.replace("-", "+");
        }
      },
    ],
    ["two parts", "token.malformed", async () => (await world.issuer.token()).replace(/\.[^.]*$/, "")],
    ["four parts", "token.malformed", async () => `${await world.issuer.token()}.AAAA`],
    ["five parts, as if encrypted", "token.malformed", async () => `${await world.issuer.token()}.AAAA.AAAA`],
    ["a header that is no JSON", "token.malformed", () => "bm8.bm8.bm8"],
    ["a header that is null", "token.malformed", () => `${part(null)}.${part({})}.AAAA`],
    ["claims in a list", "token.malformed", () => `${part(head)}.${part([world.issuer.claims()])}.AAAA`],
    [
      "claims that are no UTF-8",
      "token.malformed",
      () =>
        `${part(head)}.${Buffer.concat([Buffer.from('{"iss":"'), Buffer.of(0xff), Buffer.from('"}')]).toString("base64url")}.AAAA`,
    ],
    [
      "claims in plain base64",
      "token.malformed",
      () => `${part(head)}.${part(world.issuer.claims({ iss: ">>>>>>" })).replaceAll("-", "+")}.AAAA`,
    ],
    ["a word", "token.malformed", () => "opaque"],
    [
      "claims changed after signing",
      "token.signature",
      async () => {
        const [header, , signature] = (await world.issuer.token()).split(".");
        return `${header}.${part(world.issuer.claims({ sub: "admin" }))}.${signature}`;
      },
    ],
    [
      "a prototype in the claims",
      "token.signature",
      () =>
        `${part(head)}.${Buffer.from(`{"__proto__":{"scope":"admin"},${JSON.stringify(world.issuer.claims()).slice(1)}`).toString("base64url")}.AAAA`,
    ],
    [
      "HS256 signed with the public key as DER",
      "token.algorithm",
      () =>
        byHand(
          { ...head, alg: "HS256" },
          world.issuer.claims(),
          hmac(publicKey().export({ type: "spki", format: "der" })),
        ),
    ],
    [
      "ES256 in small letters",
      "token.algorithm",
      () => byHand({ ...head, alg: "es256" }, world.issuer.claims()),
    ],
    ["ES256K", "token.algorithm", () => byHand({ ...head, alg: "ES256K" }, world.issuer.claims())],
    [
      "PS256 named for a key that is for RS256",
      "token.key-unknown",
      () => byHand({ ...head, alg: "PS256", kid: "rsa" }, world.issuer.claims(), () => "AAAA"),
    ],
    [
      "HS256 signed with the modulus of an RSA key",
      "token.algorithm",
      () =>
        byHand({ ...head, alg: "HS256", kid: "rsa" }, world.issuer.claims(), hmac(String(world.rsa.jwk.n))),
    ],
    [
      "a signature in DER",
      "token.signature",
      () =>
        byHand(head, world.issuer.claims(), (input) =>
          sign("sha256", Buffer.from(input), {
            key: KeyObject.from(world.issuer.key.privateKey),
            dsaEncoding: "der",
          }).toString("base64url"),
        ),
    ],
    [
      "the stranger's key, its set and its certificate all at once",
      "token.signature",
      () =>
        signed(world.issuer.claims(), world.thief, {
          jwk: world.thief.jwk,
          jku: `${world.foreign.issuer}/jwks`,
          x5u: `${world.foreign.issuer}/x5u`,
          x5c: ["MIIB"],
          "x5t#S256": "AAAA",
        }),
    ],
    ...["FIRST", "first\0", " first", "", "constructor", "http://169.254.169.254/key", "k".repeat(2_000)].map(
      (kid): Forgery => [
        `the key id ${JSON.stringify(kid.slice(0, 30))}`,
        "token.key-unknown",
        () => signed(world.issuer.claims(), world.thief, { kid }),
      ],
    ),
    [
      "key ids in a list",
      "token.malformed",
      () => byHand({ ...head, kid: ["first"] }, world.issuer.claims(), () => "AAAA"),
    ],
    ["an audience that is null", "token.audience", () => world.issuer.token({ aud: null })],
    [
      "an ID token as the issuer makes them",
      "token.type",
      () =>
        world.issuer.token(
          { aud: "client-1", nonce: "n", client_id: undefined, scope: undefined },
          { typ: "JWT" },
        ),
    ],
    ["a proof of possession", "token.type", () => world.issuer.token({}, { typ: "dpop+jwt" })],
  ];
}
