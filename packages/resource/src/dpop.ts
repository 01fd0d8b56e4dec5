import { boundKey, proofWindow, requireProofClaims } from "@valetkey/protocol/dpop";
import { readProof, type UnverifiedProof } from "@valetkey/protocol/dpop-proof";
import { invalidProof, invalidToken, useNonce } from "@valetkey/protocol/errors";
import { thumbprintText } from "@valetkey/protocol/jwk-thumbprint";
import { compactVerify, importJWK } from "jose";
import type { PresentedToken } from "./bearer.ts";
import { digest } from "./digest.ts";
import { Nonces } from "./dpop-nonces.ts";
import { type JudgedRequest, wholeRequest } from "./judged-request.ts";
import { ProofMemory, type ProofStore } from "./proof-memory.ts";

export interface DpopOptions {
  /** Refuses tokens that are bound to no key; default false: a bearer token is one if its issuer made it so. */
  readonly required?: boolean;
  /** Seconds that a proof may be old, or ahead of this clock; default 300. */
  readonly window?: number;
  /** How many proofs this process remembers; default 100,000. Without effect beside `store`. */
  readonly memory?: number;
  /**
   * Where proofs that were used are remembered by all processes, and over restarts. Left out: each process remembers its
   * own, and asks for a nonce of its own with proofs that were made before it began, since it cannot know their use.
   */
  readonly store?: ProofStore;
  /**
   * Asks each proof for a nonce of this resource, so that none can be made long before its use. `true` makes them by a
   * random key, which serves one process; several share one of at least 32 bytes. Default: no nonces.
   */
  readonly nonces?: boolean | Uint8Array;
  /**
   * The URL of a request as its client knows it. Left out: the path of the request at the host of the resource identifier,
   * never at the host that the request names. A proxy that rewrites paths makes this necessary.
   */
  readonly target?: (request: Request) => string;
}

/**
 * RFC 9449 §7.1, §7.2: a bound token with a proof by its key, any other without. `cnf` is the claim of the checked token.
 * @returns undefined at once when there is nothing to prove
 * @throws invalid_token, invalid_dpop_proof, use_dpop_nonce with a nonce, or temporarily_unavailable
 */
export type RequireProof = (
  request: JudgedRequest,
  presented: PresentedToken,
  cnf: unknown,
) => Promise<void> | undefined;

interface Place {
  /** The resource identifier. */
  readonly resource: string;
  /** Seconds since 1970. */
  readonly clock: () => number;
}

/** @throws TypeError for options that cannot hold */
export function proofChecker({ resource, clock }: Place, options: DpopOptions = {}): RequireProof {
  const { origin } = new URL(resource);
  const { required = false, window = proofWindow, target } = options;
  if (!(window > 0)) throw new TypeError("dpop.window: a proof needs a second at least.");
  const store = options.store ?? new ProofMemory(options.memory ?? 100_000, clock);
  const nonces = noncesOf(resource, options.nonces ?? false);
  // Beside nonces that no other process makes there is nothing to mend.
  const sinceStart =
    options.store === undefined && options.nonces !== true ? new Nonces(resource) : undefined;
  const startedAt = clock();

  return function requireProof(request, presented, cnf) {
    const bound = boundKey(cnf);
    if (bound === undefined) {
      if (presented.scheme === "DPoP") throw invalidToken("dpop.not-bound");
      if (required) throw invalidToken("dpop.bound-only");
      return undefined;
    }
    // RFC 9449 §7.2: under the scheme Bearer a bound token is a stolen one, whatever header stands beside it.
    if (presented.scheme === "Bearer") throw invalidToken("token.bound");
    return judge(request, presented.token, bound);
  };

  async function judge(request: JudgedRequest, token: string, bound: string): Promise<void> {
    const header = request.headers.get("dpop");
    if (header === null) throw invalidProof("dpop.missing");
    const proof = readProof(header);
    const now = clock();
    const { jti, issuedAt, expiresAt, nonce } = requireProofClaims(proof.claims, {
      method: request.method,
      target: target ? target(wholeRequest(request)) : ownTarget(request),
      now,
      window,
      tokenHash: await digest(token),
    });
    const jkt = await digest(thumbprintText(proof.jwk));
    if (jkt !== bound) throw invalidProof("dpop.other-key");
    await requireSignature(proof);
    await requireRecent(nonce, now, issuedAt);
    if (!(await store.spend({ jkt, jti, expiresAt }))) throw invalidProof("dpop.replayed");
  }

  /**
   * RFC 9449 §11.1: what a process before this one took is forgotten here. A nonce of this one's shows that the proof was
   * made since, by a client whose clock is slow; all others come again with a time after the start.
   */
  async function requireRecent(nonce: string | undefined, now: number, issuedAt: number): Promise<void> {
    if (sinceStart && issuedAt < startedAt) {
      if (nonce !== undefined && (await sinceStart.judge(nonce, now)) !== "stale") return;
      throw useNonce("dpop.before-start", await sinceStart.current(now));
    }
    if (nonces) await requireNonce(nonces, nonce, now);
  }

  function ownTarget(request: JudgedRequest): string {
    return origin + new URL(request.url).pathname;
  }
}

async function requireNonce(nonces: Nonces, given: string | undefined, now: number): Promise<void> {
  if (given === undefined) throw useNonce("dpop.nonce-missing", await nonces.current(now));
  if ((await nonces.judge(given, now)) === "stale")
    throw useNonce("dpop.nonce-stale", await nonces.current(now));
}

function noncesOf(resource: string, option: boolean | Uint8Array): Nonces | undefined {
  if (option === false) return undefined;
  return option === true ? new Nonces(resource) : new Nonces(resource, option);
}

/** RFC 9449 §4.3, point 6. */
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
