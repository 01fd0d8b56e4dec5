import { hash, timingSafeEqual } from "node:crypto";
import { OAuthError } from "@valetkey/protocol/errors";
import type { Keys } from "../ports/keys.ts";
import type { Lineage } from "../records/lineage.ts";
import { withChecksum, withoutChecksum } from "./secret.ts";

/** What a refresh token says of itself, before its proof is checked. */
export interface RefreshTokenName {
  readonly keyId: string;
  readonly lineageId: number;
  readonly generation: number;
  readonly proof: Uint8Array;
}

// version (1), key id (4), lineage (6), generation (4), proof (32)
const version = 1;
const nameLength = 15;
const tokenLength = nameLength + 32;
const purpose = "refresh-token";

const domain = "valetkey refresh 1\0";
const digestLength = 32;
const headLength = domain.length + 2 * digestLength;
const messageLength = headLength + digestLength + nameLength;

/**
 * The refresh token of one generation: derived, never stored, so that the answer of a rotation can be given again.
 * A copy of the database alone, or of the key alone, forges none. docs/decisions/0003-refresh-tokens.md
 * @throws temporarily_unavailable "refresh.key-unknown" when this node lacks the key
 */
export function refreshToken(
  keys: Keys,
  issuer: string,
  lineage: Lineage,
  keyId: string,
  generation: number,
): string {
  const message = proofMessage(issuer, lineage, { keyId, lineageId: lineage.id, generation });
  const proof = keys.mac(keyId, purpose, message);
  if (!proof) throw keyUnknown(keyId);
  const token = Buffer.allocUnsafe(tokenLength);
  message.copy(token, 0, messageLength - nameLength);
  token.set(proof, nameLength);
  return withChecksum("vkr", token.toString("base64url"));
}

/** Reads the name off a token; undefined when the checksum, version or length says that it is none of ours. */
export function readRefreshToken(token: string): RefreshTokenName | undefined {
  const body = withoutChecksum("vkr", token);
  const bytes = body === undefined ? undefined : Buffer.from(body, "base64url");
  if (bytes?.length !== tokenLength || bytes[0] !== version) return undefined;
  return {
    keyId: bytes.toString("hex", 1, 5),
    lineageId: bytes.readUIntBE(5, 6),
    generation: bytes.readUInt32BE(11),
    proof: bytes.subarray(nameLength),
  };
}

/** Checks the proof in constant time. "key-unknown" says nothing against the token: another node may have the key. */
export function judgeProof(
  keys: Keys,
  issuer: string,
  lineage: Lineage,
  name: RefreshTokenName,
): "authentic" | "forged" | "key-unknown" {
  const expected = keys.mac(name.keyId, purpose, proofMessage(issuer, lineage, name));
  if (!expected) return "key-unknown";
  return timingSafeEqual(expected, name.proof) ? "authentic" : "forged";
}

/** Says nothing against the token, so that it is never invalid_grant: the client keeps it and tries again. */
export function keyUnknown(keyId: string): OAuthError {
  return new OAuthError("temporarily_unavailable", "Try again later.", "refresh.key-unknown", {
    fact: keyId,
    retryAfter: 5,
  });
}

/** Fixed length and separated by domain: issuer, client and the lineage's own secret are hashed, the name follows. */
function proofMessage(
  issuer: string,
  lineage: Lineage,
  { keyId, lineageId, generation }: Omit<RefreshTokenName, "proof">,
): Buffer {
  const message = Buffer.alloc(messageLength);
  message.set(headOf(issuer, lineage.clientId));
  message.write(secretDigest(lineage.secret), headLength, "binary");
  const at = messageLength - nameLength;
  message[at] = version;
  message.write(keyId, at + 1, 4, "hex");
  message.writeUIntBE(lineageId, at + 5, 6);
  message.writeUInt32BE(generation, at + 11);
  return message;
}

const mostHeads = 1_000;
const heads = new Map<string, { readonly issuer: string; readonly head: Buffer }>();

/** What all proofs of a client begin with; kept for the clients of this process, since each refresh asks twice. */
function headOf(issuer: string, clientId: string): Buffer {
  const known = heads.get(clientId);
  if (known?.issuer === issuer) return known.head;
  const digests = [`issuer ${issuer}`, `client ${clientId}`].map((text) => hash("sha256", text, "buffer"));
  const head = Buffer.concat([Buffer.from(domain), ...digests]);
  if (heads.size >= mostHeads) heads.clear();
  heads.set(clientId, { issuer, head });
  return head;
}

let lastSecret = { secret: "", digest: hash("sha256", "lineage ", "binary") };

/** As a string of its bytes. The proof that came and the one that goes out are of the same lineage. */
function secretDigest(secret: string): string {
  if (lastSecret.secret !== secret)
    lastSecret = { secret, digest: hash("sha256", `lineage ${secret}`, "binary") };
  return lastSecret.digest;
}
