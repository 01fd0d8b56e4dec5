/** RFC 7515 §2: base64url without padding. */
export function base64url(octets: Uint8Array): string {
  return btoa(String.fromCharCode(...octets))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** RFC 7636 §4.2, RFC 9449 §4.2: BASE64URL(SHA256(text)). */
export async function sha256(text: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(text))));
}

/** 256 random bits: a state, a nonce, a verifier of 43 characters. */
export function random(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** What a JWT says, unproven; nothing where it is none. */
export function claimsOf(jwt: string): Readonly<Record<string, unknown>> {
  try {
    const body = (jwt.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const octets = Uint8Array.from(atob(body), (octet) => octet.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(octets)) ?? {};
  } catch {
    return {};
  }
}
