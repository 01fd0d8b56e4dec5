import { accessTokenAlgorithms } from "@valetkey/protocol/access-token";
import { invalidToken } from "@valetkey/protocol/errors";
import type { JWK } from "jose";
import { Held } from "./held.ts";
import type { IssuerMetadata } from "./issuer.ts";
import type { Settings } from "./options.ts";
import { askForJson } from "./outbound.ts";
import { type SignatureCheck, signatureCheck } from "./signature.ts";

/** A key of the issuer's; the same object for as long as the issuer publishes it unchanged. */
export interface VerificationKey {
  readonly jwk: JWK;
  readonly text: string;
  /** By algorithm; the key is imported once for each. */
  readonly checks: Map<string, SignatureCheck | Promise<SignatureCheck>>;
}

/** More keys than any issuer publishes. */
const mostKeys = 100;

/** The issuer's public keys. RFC 7517. */
export class KeySet {
  readonly #held: Held<readonly VerificationKey[]>;

  constructor(settings: Settings, metadata: Held<IssuerMetadata>) {
    this.#held = new Held(() => this.#load(settings, metadata), {
      clock: settings.clock,
      maxAge: settings.keysMaxAge,
      floor: settings.cooldown,
    });
  }

  /** Whether the issuer is known, without a wait, to publish the key still; false may mean that it must be asked. */
  surelyPublishes(key: VerificationKey): boolean {
    return this.#held.young?.includes(key) ?? false;
  }

  /** Whether the issuer still publishes the key that a remembered token was verified with; renews what is old. */
  async publishes(key: VerificationKey): Promise<boolean> {
    return (this.#held.young ?? (await this.#held.get())).includes(key);
  }

  /**
   * The one key that the header means. A key id not known here is looked for once more at the issuer.
   * @throws invalid_token when the issuer has none; temporarily_unavailable when it cannot be asked.
   */
  async find(header: { readonly alg: string; readonly kid?: string }): Promise<VerificationKey> {
    const found =
      choose(this.#held.young ?? (await this.#held.get()), header) ??
      choose(await this.#held.renewed(), header);
    if (found === undefined) throw invalidToken("token.key-unknown");
    return found;
  }

  async #load(settings: Settings, metadata: Held<IssuerMetadata>): Promise<readonly VerificationKey[]> {
    const url = settings.jwksUri ?? (await metadata.get()).jwksUri;
    if (url === undefined)
      throw new Error(`The metadata of ${settings.issuer} has no jwks_uri that may be used.`);
    const { keys } = await askForJson(settings, url);
    if (!Array.isArray(keys)) throw new Error(`${url} is no key set.`);
    const before = this.#held.last ?? [];
    return keys
      .slice(0, mostKeys)
      .filter(isPublicSigningKey)
      .map((jwk) => {
        const text = JSON.stringify(jwk);
        return before.find((key) => key.text === text) ?? { jwk, text, checks: new Map() };
      });
  }
}

/** The check of signatures by this key, made once for an algorithm; a key that does not import never will. */
export function checkBy(
  { jwk, checks }: VerificationKey,
  algorithm: string,
): SignatureCheck | Promise<SignatureCheck> {
  const known = checks.get(algorithm);
  if (known) return known;
  const made = signatureCheck(jwk, algorithm).then((check) => {
    checks.set(algorithm, check);
    return check;
  });
  checks.set(algorithm, made);
  return made;
}

/** By key id and algorithm; a token that names no key id must leave no choice. */
function choose(
  keys: readonly VerificationKey[],
  header: { readonly alg: string; readonly kid?: string },
): VerificationKey | undefined {
  const able = keys.filter(({ jwk }) => fits(jwk, header.alg));
  if (header.kid === undefined) return able.length === 1 ? able[0] : undefined;
  return able.find(({ jwk }) => jwk.kid === header.kid);
}

/** RFC 8725 §3.1: the key's own algorithm decides; a key that states none serves its kind only. */
function fits(jwk: JWK, algorithm: string): boolean {
  if (jwk.alg !== undefined) return jwk.alg === algorithm;
  const curves: Record<string, readonly string[]> = {
    ES256: ["P-256"],
    ES384: ["P-384"],
    ES512: ["P-521"],
    EdDSA: ["Ed25519"],
    Ed25519: ["Ed25519"],
  };
  const curve = curves[algorithm];
  return curve ? curve.includes(jwk.crv ?? "") : jwk.kty === "RSA";
}

function isPublicSigningKey(value: unknown): value is JWK {
  if (typeof value !== "object" || value === null) return false;
  const jwk = value as JWK;
  if (jwk.kty !== "EC" && jwk.kty !== "RSA" && jwk.kty !== "OKP") return false;
  if (jwk.d !== undefined || (jwk.use !== undefined && jwk.use !== "sig")) return false;
  if (Array.isArray(jwk.key_ops) && !jwk.key_ops.includes("verify")) return false;
  return jwk.alg === undefined || accessTokenAlgorithms.includes(jwk.alg);
}
