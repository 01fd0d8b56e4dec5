import {
  judgeNonce,
  type NonceVerdict,
  nonceMessage,
  nonceText,
  readNonce,
  spanAt,
} from "@valetkey/protocol/dpop-nonce";
import type { Keys } from "../ports/keys.ts";
import type { Instant } from "../records/instant.ts";

/** RFC 9449 §8: nonces that every node with the same key ring makes alike and none has to remember. */
export interface Nonces {
  /** For a client's next proof. */
  current(now: Instant): string;
  judge(nonce: string, now: Instant): NonceVerdict;
}

const purpose = "dpop-nonce";

/** @param audience the issuer: a nonce of another server whose ring is the same counts for nothing here */
export function dpopNonces(keys: Pick<Keys, "mac" | "proofKeyId">, audience: string): Nonces {
  return {
    current(now) {
      const made = nonce(keys.proofKeyId, spanAt(now));
      if (made === undefined) throw new Error("The key that makes new proofs is not in the ring.");
      return made;
    },
    judge(given, now) {
      const name = readNonce(given);
      if (name === undefined) return "stale";
      return judgeNonce(given, name, nonce(name.keyId, name.span), spanAt(now));
    },
  };

  function nonce(keyId: string, span: number): string | undefined {
    const mac = keys.mac(keyId, purpose, nonceMessage(audience, span));
    return mac && nonceText({ keyId, span }, mac);
  }
}
