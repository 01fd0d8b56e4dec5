/** A public key in its required members and no others, in the order of RFC 7638 §3.2. */
export type PublicJwk =
  | { readonly crv: "P-256"; readonly kty: "EC"; readonly x: string; readonly y: string }
  | { readonly crv: "Ed25519"; readonly kty: "OKP"; readonly x: string }
  | { readonly e: "AQAB"; readonly kty: "RSA"; readonly n: string };

/** RFC 7518 §6.2.2, §6.3.2, §6.4.1, RFC 8037 §2: what a public key never has. */
const privateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/** Whether the key says more than the public may know. */
export function isPrivateJwk(jwk: Readonly<Record<string, unknown>>): boolean {
  return privateMembers.some((name) => Object.hasOwn(jwk, name));
}

/**
 * The key out of what somebody sent, or undefined for a kind or size that is not taken here. RSA has 2,048 to 4,096 bits
 * and the exponent 65537: larger numbers of a stranger's choice would make one check cost what a thousand do.
 */
export function publicJwk(jwk: Readonly<Record<string, unknown>>): PublicJwk | undefined {
  const { kty, crv, x, y, n, e } = jwk;
  if (kty === "EC" && crv === "P-256" && isOctets(x, 43) && isOctets(y, 43)) return { crv, kty, x, y };
  if (kty === "OKP" && crv === "Ed25519" && isOctets(x, 43)) return { crv, kty, x };
  // RFC 7518 §6.3.1.1: no zero octet in front.
  if (kty === "RSA" && e === "AQAB" && isOctets(n, 342, 683) && !/^A[A-P]/.test(n)) return { e, kty, n };
  return undefined;
}

/** RFC 7638 §3: the text whose SHA-256 in base64url is the key's thumbprint. One key has one text. */
export function thumbprintText(key: PublicJwk): string {
  if (key.kty === "RSA") return JSON.stringify({ e: key.e, kty: key.kty, n: key.n });
  if (key.kty === "OKP") return JSON.stringify({ crv: key.crv, kty: key.kty, x: key.x });
  return JSON.stringify({ crv: key.crv, kty: key.kty, x: key.x, y: key.y });
}

/** RFC 7638 §3.1, RFC 9449 §6.1: a SHA-256 in base64url without padding. */
export function isThumbprint(value: unknown): value is string {
  return isOctets(value, 43);
}

/**
 * Base64url without padding, by its length in characters, in the only spelling that an encoder writes: the bits that the
 * last character has too many are zero. Otherwise one key would have several thumbprints.
 */
function isOctets(value: unknown, least: number, most = least): value is string {
  if (typeof value !== "string" || value.length < least || value.length > most) return false;
  const ends = [/[\w-]$/, /(?!)/, /[AQgw]$/, /[AEIMQUYcgkosw048]$/][value.length % 4];
  return /^[A-Za-z0-9_-]+$/.test(value) && ends?.test(value) === true;
}
