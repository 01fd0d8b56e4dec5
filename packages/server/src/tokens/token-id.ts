import { randomFillSync } from "node:crypto";

const idBytes = 16;
/** Random bytes for the next tokens: one call of the generator costs more than thousands of its bytes. */
const supply = Buffer.alloc(256 * idBytes);
let taken = supply.length;

/** A `jti`: 128 random bits. It is no secret; secrets are drawn when they are needed (`secret.ts`). RFC 7519 §4.1.7 */
export function newTokenId(): string {
  if (taken === supply.length) {
    randomFillSync(supply);
    taken = 0;
  }
  const id = supply.toString("base64url", taken, taken + idBytes);
  taken += idBytes;
  return id;
}
