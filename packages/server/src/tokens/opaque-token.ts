import { OAuthError } from "@valetkey/protocol/errors";
import type { Keys } from "../ports/keys.ts";
import { withChecksum, withoutChecksum } from "./secret.ts";

type Claims = Readonly<Record<string, unknown>>;

const version = 1;
const purpose = "access-token";
const keyIdLength = 4;
const headLength = 1 + keyIdLength;

/**
 * An access token that only this server's nodes can read: the claims that a JWT would carry, sealed. Nothing is written
 * for it. docs/decisions/0013-opaque-tokens.md
 */
export function opaqueToken(keys: Pick<Keys, "seal" | "proofKeyId">, issuer: string, claims: Claims): string {
  const keyId = keys.proofKeyId;
  const sealed = keys.seal(keyId, purpose, about(issuer, keyId), Buffer.from(JSON.stringify(claims)));
  if (!sealed) throw keyUnknown(keyId);
  const head = Buffer.concat([Buffer.of(version), Buffer.from(keyId, "hex")]);
  return withChecksum("vka", Buffer.concat([head, sealed]).toString("base64url"));
}

export function isOpaqueToken(token: string): boolean {
  return token.startsWith("vka_");
}

/**
 * The claims of an opaque token of ours, judged no further; undefined for everything else.
 * @throws temporarily_unavailable "token.ring-key-unknown": to call the token dead would be a lie, another node may read it
 */
export function openOpaqueToken(
  keys: Pick<Keys, "unseal">,
  issuer: string,
  token: string,
): Claims | undefined {
  const body = withoutChecksum("vka", token);
  const bytes = Buffer.from(body ?? "", "base64url");
  // One spelling for each token.
  if (bytes.length <= headLength || bytes[0] !== version || bytes.toString("base64url") !== body)
    return undefined;
  const keyId = bytes.toString("hex", 1, headLength);
  const plain = keys.unseal(keyId, purpose, about(issuer, keyId), bytes.subarray(headLength));
  if (plain === "key-unknown") throw keyUnknown(keyId);
  return plain && (JSON.parse(Buffer.from(plain).toString()) as Claims);
}

/** Bound to what is sealed, so that it opens as nothing else: not for another issuer, version or key. */
function about(issuer: string, keyId: string): Uint8Array {
  return Buffer.from(`valetkey opaque access token ${version}\0${keyId}\0${issuer}`);
}

function keyUnknown(keyId: string): OAuthError {
  return new OAuthError("temporarily_unavailable", "Try again later.", "token.ring-key-unknown", {
    fact: keyId,
    retryAfter: 5,
  });
}
