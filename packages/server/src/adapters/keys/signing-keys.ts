import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { Instant } from "../../records/instant.ts";
import type { SigningKey } from "../../records/signing-key.ts";
import type { KeyRing } from "./ring.ts";
import { seal, unseal } from "./sealing.ts";

/** A signing key as this node uses it: its record, and both halves as the runtime wants them. */
export interface OpenedKey {
  readonly record: SigningKey;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const purpose = "signing-keys";

/** A new ES256 key, its private half sealed by the ring's active key. */
export async function newSigningKey(ring: KeyRing, now: Instant, activeFrom: Instant): Promise<SigningKey> {
  const pair = await promisify(generateKeyPair)("ec", { namedCurve: "P-256" });
  const publicJwk = pair.publicKey.export({ format: "jwk" });
  const kid = thumbprint(publicJwk);
  const plain = pair.privateKey.export({ format: "der", type: "pkcs8" });
  return {
    kid,
    algorithm: "ES256",
    publicJwk: { ...publicJwk },
    sealedPrivateKey: seal(ring.derive(ring.activeId, purpose) as Uint8Array, kid, plain),
    sealedBy: ring.activeId,
    createdAt: now,
    activeFrom,
    retiredAt: null,
    removeAt: null,
  };
}

/**
 * Opens a record, or undefined when this ring did not seal it under this kid. The public half is computed from the
 * private one, never read from the record: a key that somebody wrote into the database verifies nothing here.
 */
export function openSigningKey(ring: KeyRing, record: SigningKey): OpenedKey | undefined {
  const key = ring.derive(record.sealedBy, purpose);
  const plain = key && unseal(key, record.kid, record.sealedPrivateKey);
  if (plain === undefined) return undefined;
  const privateKey = createPrivateKey({ key: Buffer.from(plain), format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(privateKey);
  return { record, privateKey, publicKey };
}

/** RFC 7517 §4: the public half as it is published. */
export function publicJwk({ record, publicKey }: OpenedKey): Readonly<Record<string, unknown>> {
  const { kty, crv, x, y } = publicKey.export({ format: "jwk" });
  return { kty, crv, x, y, kid: record.kid, use: "sig", alg: record.algorithm };
}

/** RFC 7638 §3.2: the required members of an EC key in lexicographic order. */
function thumbprint({ crv, kty, x, y }: { crv?: string; kty?: string; x?: string; y?: string }): string {
  return createHash("sha256").update(JSON.stringify({ crv, kty, x, y })).digest("base64url");
}
