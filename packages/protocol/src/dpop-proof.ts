import { invalidProof } from "./errors.ts";
import { isPrivateJwk, type PublicJwk, publicJwk } from "./jwk-thumbprint.ts";
import { printable } from "./printable.ts";

/** RFC 9449 §4.2: asymmetric algorithms only. What `dpop_signing_alg_values_supported` lists. */
export const proofAlgorithms = ["ES256", "EdDSA", "Ed25519", "RS256", "PS256"] as const;
export type ProofAlgorithm = (typeof proofAlgorithms)[number];

/** A proof of 4,096 bits of RSA and a long URL has about 4,000 characters. */
const longest = 8_192;
/** RFC 7515 §7.1, with base64url of §2: no padding, no other character. */
const compactJws = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.[A-Za-z0-9_-]+$/;

const keyTypes: Readonly<Record<ProofAlgorithm, PublicJwk["kty"]>> = {
  ES256: "EC",
  EdDSA: "OKP",
  Ed25519: "OKP",
  RS256: "RSA",
  PS256: "RSA",
};

/** A proof whose form and header are judged, and whose signature and claims are not. */
export interface UnverifiedProof {
  readonly compact: string;
  readonly algorithm: ProofAlgorithm;
  /** The key of the header, which the signature must fit. */
  readonly jwk: PublicJwk;
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * RFC 9449 §4.3, points 1 to 5 and 7: one header, one JWT, its type, algorithm and public key. Nothing else of the header
 * is looked at, and no key is fetched.
 * @param header the value of the DPoP header; several lines joined by commas, as HTTP joins them
 * @throws invalid_dpop_proof
 */
export function readProof(header: string): UnverifiedProof {
  if (header.includes(",")) throw invalidProof("dpop.repeated");
  const compact = header.trim();
  const [, head, body] = compact.length > longest ? [] : (compactJws.exec(compact) ?? []);
  if (head === undefined || body === undefined) {
    throw invalidProof("dpop.malformed", { fact: `${compact.length} characters` });
  }
  const fields = jsonObject(head);
  const claims = jsonObject(body);
  if (fields === undefined || claims === undefined)
    throw invalidProof("dpop.malformed", { fact: "not JSON" });
  // RFC 7515 §4.1.11: nobody here understands an extension.
  if (fields.crit !== undefined) throw invalidProof("dpop.malformed", { fact: "crit" });
  if (fields.typ !== "dpop+jwt") throw invalidProof("dpop.type", said("typ", fields.typ));
  const algorithm = proofAlgorithms.find((name) => name === fields.alg);
  if (algorithm === undefined) throw invalidProof("dpop.algorithm", said("alg", fields.alg));
  return { compact, algorithm, jwk: requirePublicKey(fields.jwk, algorithm), claims };
}

function requirePublicKey(jwk: unknown, algorithm: ProofAlgorithm): PublicJwk {
  if (!isObject(jwk)) throw invalidProof("dpop.key", { fact: "no jwk" });
  if (isPrivateJwk(jwk)) throw invalidProof("dpop.private-key");
  const key = publicJwk(jwk);
  if (key === undefined) throw invalidProof("dpop.key", said("kty", jwk.kty));
  if (key.kty !== keyTypes[algorithm]) {
    throw invalidProof("dpop.algorithm", { fact: `${algorithm} with a key of type ${key.kty}` });
  }
  return key;
}

/** UTF-8 in base64url, a JSON object; undefined for anything else. */
function jsonObject(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const octets = atob(part.replaceAll("-", "+").replaceAll("_", "/"));
    const text = new TextDecoder("utf-8", { fatal: true }).decode(
      Uint8Array.from(octets, (octet) => octet.charCodeAt(0)),
    );
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function said(name: string, value: unknown): { fact: string } {
  return { fact: `the proof says ${name} ${printable(String(JSON.stringify(value)), 120)}` };
}
