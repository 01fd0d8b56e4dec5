import { createPublicKey, type JsonWebKey, type KeyObject, verify } from "node:crypto";

const gateway = process.env.GATEWAY; // the URL that clients call
const keysUrl = process.env.GATEWAY_KEYS ?? ""; // its /.well-known/valetkey-gateway/jwks.json
const audience = process.env.AUDIENCE; // caller_token.audience in its rules

/** What the gateway says and signs in the header Valetkey-Caller. */
export interface Caller {
  readonly sub: string;
  readonly client_id: string;
  readonly scope: string;
}

/** Who calls, by a token that the gateway signed for this service and that still counts; undefined for any other. @throws KeysAway */
export async function callerOf(token: string): Promise<Caller | undefined> {
  const [header = "", claims = "", signature = ""] = token.split(".");
  const { alg, typ, kid } = read(header);
  const { iss, aud, exp, sub, client_id, scope } = read(claims);
  if (alg !== "ES256" || typ !== "caller+jwt") return undefined;
  // A time that is none is never ahead of now: nothing counts for ever.
  if (iss !== gateway || aud !== audience || !(Number(exp) > Date.now() / 1000)) return undefined;
  const key = await keyOf(String(kid));
  if (!key) return undefined;
  const signed = Buffer.from(`${header}.${claims}`);
  const octets = Buffer.from(signature, "base64url");
  if (!verify("sha256", signed, { key, dsaEncoding: "ieee-p1363" }, octets)) return undefined;
  return { sub: String(sub), client_id: String(client_id), scope: String(scope) };
}

/** The gateway's keys cannot be read now, so nobody can say whether a token is its own. */
export class KeysAway extends Error {}

let keys = new Map<string, KeyObject>();
let areAway = false;
let askedAt = Number.NEGATIVE_INFINITY;

/** A gateway makes a new key when it starts, so an unknown one is looked up: once in ten seconds at most. */
async function keyOf(kid: string): Promise<KeyObject | undefined> {
  if (!keys.has(kid) && performance.now() - askedAt > 10_000) {
    askedAt = performance.now();
    try {
      const answer = await fetch(keysUrl, { signal: AbortSignal.timeout(5_000) });
      const found = ((await answer.json()) as { keys: (JsonWebKey & { kid: string })[] }).keys;
      keys = new Map(found.map((key) => [key.kid, createPublicKey({ key, format: "jwk" })]));
      areAway = false;
    } catch {
      areAway = true;
    }
  }
  if (!keys.has(kid) && areAway) throw new KeysAway();
  return keys.get(kid);
}

function read(part: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
