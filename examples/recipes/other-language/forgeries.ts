import { createHash, createPublicKey, generateKeyPairSync, sign } from "node:crypto";

/** A key of ours that the service is told to be the gateway's, so that everything but the forged part is right. */
export function forger(gateway: string, audience: string) {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const { x, y } = createPublicKey(privateKey).export({ format: "jwk" });
  const kid = createHash("sha256").update(`${x}.${y}`).digest("base64url");
  const header = { alg: "ES256", typ: "caller+jwt", kid };

  function token(header: object, claims: object, key = privateKey): string {
    const input = [header, claims].map((part) => encoded(JSON.stringify(part))).join(".");
    const signature = sign("sha256", Buffer.from(input), { key, dsaEncoding: "ieee-p1363" });
    return `${input}.${signature.toString("base64url")}`;
  }

  /** Tokens of this moment: one as the gateway itself would have made it, and each forgery by what is wrong with it. */
  function tokens() {
    const now = Math.floor(Date.now() / 1000);
    const said = { sub: "eve", client_id: "eve", scope: "all", iat: now, exp: now + 30 };
    const claims = { iss: gateway, aud: audience, ...said };
    const good = token(header, claims);
    const [first = "", second = "", third = ""] = good.split(".");
    const forgeries = {
      "no token": "",
      "no JSON in it": "a.b.c",
      "JSON that nests without end": `${encoded("[".repeat(6000))}.${second}.${third}`,
      "claims that were changed": [first, encoded(JSON.stringify({ ...claims, sub: "ada" })), third].join(
        ".",
      ),
      "no signature": [first, second, ""].join("."),
      "a signature of zeros": [first, second, encoded(Buffer.alloc(64))].join("."),
      "the algorithm none": `${encoded(JSON.stringify({ ...header, alg: "none" }))}.${second}.`,
      "a stranger's signature": token(header, claims, stranger),
      "a key that nobody knows": token({ ...header, kid: "unknown" }, claims),
      "the type of an access token": token({ ...header, typ: "at+jwt" }, claims),
      "another service's name": token(header, { ...claims, aud: "another" }),
      "another gateway's name": token(header, { ...claims, iss: "https://another.example" }),
      "a second too many": token(header, { ...claims, exp: now - 1 }),
      "no end": token(header, { ...claims, exp: undefined }),
    };
    return { good, forgeries };
  }

  /** A JWK for the set that the service reads. */
  const key = { kty: "EC", crv: "P-256", x, y, kid, alg: "ES256", use: "sig" };
  return { key, tokens };
}

function encoded(text: string | Buffer): string {
  return Buffer.from(text).toString("base64url");
}
