import { generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { rawFromDer } from "../subjects/floor-crypto.ts";

export const issuer = "https://auth.example.com";
export const resource = "https://api.example.com";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

export { publicKey };
export const publicJwk = { ...publicKey.export({ format: "jwk" }), kid: "bench", alg: "ES256", use: "sig" };
export const publicPem = publicKey.export({ format: "pem", type: "spki" }) as string;

const header = base64url({ alg: "ES256", typ: "at+jwt", kid: "bench" });

/** Access tokens as Valetkey makes them (RFC 9068), each another. */
export function newTokens(count: number): string[] {
  const now = Math.floor(Date.now() / 1000);
  return Array.from({ length: count }, () => {
    const claims = {
      iss: issuer,
      sub: "acc_ada",
      aud: resource,
      client_id: "bench-client",
      iat: now,
      exp: now + 86_400,
      jti: randomBytes(16).toString("base64url"),
      scope: "inference:read",
      lineage: "1000",
    };
    const input = `${header}.${base64url(claims)}`;
    const signature = rawFromDer(sign("sha256", Buffer.from(input), privateKey));
    return `${input}.${signature.toString("base64url")}`;
  });
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
