import { comparableTarget } from "./dpop-target.ts";
import { invalidProof, invalidRequest, invalidToken } from "./errors.ts";
import { isThumbprint } from "./jwk-thumbprint.ts";
import type { Parameters } from "./parameters.ts";
import { printable } from "./printable.ts";

/** The request that a proof must be made for. Times in seconds. */
export interface ProofExpectation {
  readonly method: string;
  /** The URL as the client knows it, never one made from what the request says of its host. */
  readonly target: string;
  /** Since 1970. */
  readonly now: number;
  /** How far `iat` may lie in the past or the future: the proof's lifetime and the clocks' difference in one. */
  readonly window: number;
  /** The SHA-256 in base64url of the access token beside it; left out where none is presented. */
  readonly tokenHash?: string;
}

/** A proof that fits its request. */
export interface JudgedProof {
  readonly jti: string;
  /** As the client's clock says, in seconds since 1970. */
  readonly issuedAt: number;
  /** From this second on the window refuses it: until then its `jti` must be remembered. */
  readonly expiresAt: number;
  readonly nonce: string | undefined;
}

/** As clients should choose it: RFC 9449 §11.1 leaves "relatively brief", the MCP draft says five minutes. */
export const proofWindow = 300;

const longestId = 256;
const longestNonce = 512;

/**
 * RFC 9449 §4.3, points 3, 8, 9, 11 and 12. Signature, nonce and single use are the caller's to judge.
 * @throws invalid_dpop_proof
 */
export function requireProofClaims(
  claims: Readonly<Record<string, unknown>>,
  expected: ProofExpectation,
): JudgedProof {
  const { jti, htm, htu, iat, exp, ath, nonce } = claims;
  if (typeof jti !== "string" || jti === "" || jti.length > longestId) throw unclear("jti");
  if (typeof htm !== "string") throw unclear("htm");
  if (typeof htu !== "string") throw unclear("htu");
  if (!isInstant(iat)) throw unclear("iat");
  if (nonce !== undefined && (typeof nonce !== "string" || nonce.length > longestNonce))
    throw unclear("nonce");
  // RFC 9110 §9.1: methods are case-sensitive.
  if (htm !== expected.method) throw invalidProof("dpop.method", { fact: `htm is ${printable(htm, 20)}` });
  const target = comparableTarget(htu);
  if (target === undefined || target !== comparableTarget(expected.target)) {
    throw invalidProof("dpop.target", { fact: `htu is ${printable(htu, 200)}` });
  }
  requireTime(iat, exp, expected);
  if (expected.tokenHash !== undefined && ath !== expected.tokenHash) {
    throw invalidProof("dpop.token-hash", { fact: ath === undefined ? "no ath" : "another ath" });
  }
  return { jti, issuedAt: iat, expiresAt: Math.floor(iat) + expected.window + 1, nonce };
}

/** RFC 7519 §4.1.4: an `exp`, which no proof needs, is honoured where it stands. */
function requireTime(iat: number, exp: unknown, { now, window }: ProofExpectation): void {
  if (iat + window < now) throw invalidProof("dpop.time", { fact: `iat is ${Math.ceil(now - iat)} s ago` });
  if (iat - window > now) throw invalidProof("dpop.time", { fact: `iat is ${Math.ceil(iat - now)} s ahead` });
  if (exp === undefined) return;
  if (!isInstant(exp)) throw unclear("exp");
  if (exp <= now) throw invalidProof("dpop.time", { fact: `exp is ${Math.floor(now - exp)} s ago` });
}

/** RFC 9449 §10: the key that the code will be bound to, if the client names it beforehand. @throws invalid_request */
export function requestedKey(parameters: Parameters): string | undefined {
  const thumbprint = parameters.optional("dpop_jkt");
  if (thumbprint === undefined || isThumbprint(thumbprint)) return thumbprint;
  throw invalidRequest("The parameter dpop_jkt is malformed.", "parameter.malformed");
}

/** RFC 7800 §3.1, RFC 9449 §6.1: what a token says of the key that it is bound to. */
export interface Confirmation {
  readonly jkt: string;
}

/**
 * The thumbprint of the key that a token is bound to, by its claim `cnf`; undefined when it is bound to none.
 * @throws invalid_token "token.bound" for a binding that cannot be checked here, alone or beside the thumbprint
 */
export function boundKey(cnf: unknown): string | undefined {
  if (cnf === undefined) return undefined;
  const members = typeof cnf === "object" && cnf !== null ? Object.entries(cnf) : [];
  const [name, value] = members[0] ?? [];
  if (members.length === 1 && name === "jkt" && isThumbprint(value)) return value;
  throw invalidToken("token.bound", {
    fact: `cnf has ${members.map(([key]) => printable(key, 20)).join(", ")}`,
  });
}

function unclear(claim: string): Error {
  return invalidProof("dpop.claims", { fact: claim });
}

function isInstant(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 && value < 2 ** 40;
}
