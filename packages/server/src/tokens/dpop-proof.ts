import { hash } from "node:crypto";
import { proofWindow, requireProofClaims } from "@valetkey/protocol/dpop";
import { readProof, type UnverifiedProof } from "@valetkey/protocol/dpop-proof";
import { invalidGrant, invalidProof, type OAuthError, useNonce } from "@valetkey/protocol/errors";
import { thumbprintText } from "@valetkey/protocol/jwk-thumbprint";
import { compactVerify } from "jose/jws/compact/verify";
import { importJWK } from "jose/key/import";
import type { Store } from "../ports/store.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import type { Nonces } from "./dpop-nonces.ts";

/** The request as a proof must name it. */
export interface ProvenRequest {
  /** The value of the DPoP header; undefined without one. */
  readonly proof: string | undefined;
  readonly method: string;
  /** Our own name for the endpoint, made of the issuer and never of a Host header. */
  readonly target: string;
  /** The access token that is presented beside the proof; left out at the token endpoint. */
  readonly accessToken?: string;
  readonly now: Instant;
}

/** What a request proves: nothing, or that its sender holds a key. */
export interface Possession {
  /** RFC 9449 §8.2: the nonce that a good answer brings along when the proof's own grows old; else undefined. */
  readonly nextNonce: string | undefined;
  /**
   * The thumbprint of the proven key, null without a proof; spends the proof, once however often this is asked. Who is
   * told a key here may bind a token to it.
   * @param required the key that the code or token is bound to; null when any key, or none, will do
   * @throws invalid_dpop_proof "dpop.missing" or "dpop.replayed"; invalid_grant "dpop.other-key" (invalid_dpop_proof beside an
   * access token), with the proof unspent
   */
  key(required: string | null): Promise<string | null>;
}

export interface ProofReaderOptions {
  readonly store: Pick<Store, "proofs">;
  readonly nonces: Nonces;
  /** Whether a proof without a nonce is sent back for one. One that has a nonce is judged by it in any case. */
  readonly requiresNonce: boolean;
}

/** Clocks of nodes differ: what one of them still takes, another must not have collected. */
const clockDifference: Seconds = 60;

export type ProofReader = (request: ProvenRequest) => Promise<Possession>;

/**
 * RFC 9449 §4.3 for this server's own endpoints: all checks of a proof but its single use, which waits until it is known
 * that the proof is wanted, so that strangers' proofs cost no write.
 * @throws invalid_dpop_proof, or use_dpop_nonce with a nonce
 */
export function proofReader({ store, nonces, requiresNonce }: ProofReaderOptions): ProofReader {
  return async (request) => {
    if (request.proof === undefined) return withoutProof;
    const { accessToken, method, target, now } = request;
    const proof = readProof(request.proof);
    const { jti, nonce, expiresAt } = requireProofClaims(proof.claims, {
      method,
      target,
      now,
      window: proofWindow,
      ...(accessToken !== undefined && { tokenHash: sha256(accessToken) }),
    });
    const nextNonce = requireNonce(nonce, now);
    await requireSignature(proof);
    const jkt = sha256(thumbprintText(proof.jwk));
    let spent: Promise<"fresh" | "replayed"> | undefined;
    return {
      nextNonce,
      async key(required) {
        if (required !== null && required !== jkt) throw otherKey(accessToken);
        spent ??= store.proofs.spend(jkt, jti, expiresAt + clockDifference);
        if ((await spent) === "replayed") throw invalidProof("dpop.replayed");
        return jkt;
      },
    };
  };

  /** At the token endpoint it is the grant that the request has no right to, at a resource the proof. */
  function otherKey(accessToken: string | undefined): OAuthError {
    return accessToken === undefined ? invalidGrant("dpop.other-key") : invalidProof("dpop.other-key");
  }

  /** @returns the nonce that the answer should bring along, if any */
  function requireNonce(nonce: string | undefined, now: Instant): string | undefined {
    if (nonce === undefined) {
      if (requiresNonce) throw useNonce("dpop.nonce-missing", nonces.current(now));
      return nonces.current(now);
    }
    const verdict = nonces.judge(nonce, now);
    if (verdict === "stale") throw useNonce("dpop.nonce-stale", nonces.current(now));
    return verdict === "current" ? undefined : nonces.current(now);
  }
}

const withoutProof: Possession = {
  nextNonce: undefined,
  async key(required) {
    if (required !== null) throw invalidProof("dpop.missing");
    return null;
  },
};

/** RFC 9449 §4.3, point 6. The key is the proof's own: the signature shows only who holds it. */
async function requireSignature({ jwk, algorithm, compact }: UnverifiedProof): Promise<void> {
  const key = await importJWK({ ...jwk }, algorithm).catch((cause: unknown) => {
    // A point that lies on no curve, for one.
    throw invalidProof("dpop.key", { cause });
  });
  try {
    await compactVerify(compact, key, { algorithms: [algorithm] });
  } catch (cause) {
    throw invalidProof("dpop.signature", { cause });
  }
}

function sha256(text: string): string {
  return hash("sha256", text, "base64url");
}
