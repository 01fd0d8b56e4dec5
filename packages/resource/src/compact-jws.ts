export interface CompactJws {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * RFC 7515 §7.1: three parts, of which the first two are JSON objects in base64url (RFC 7519 §7.2). The signature is not
 * looked at.
 * @throws for anything else
 */
export function readCompactJws(token: string): CompactJws {
  const first = token.indexOf(".");
  const second = token.indexOf(".", first + 1);
  if (first < 0 || second < 0 || token.includes(".", second + 1))
    throw new SyntaxError("A JWS has three parts.");
  return {
    header: jsonObject(token.slice(0, first)),
    payload: jsonObject(token.slice(first + 1, second)),
  };
}

function jsonObject(part: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(utf8(part));
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new TypeError("No JSON object.");
  return value as Readonly<Record<string, unknown>>;
}

function utf8(part: string): string {
  const bytes = octets(part);
  // Most tokens are ASCII, whose octets are its characters.
  return /^[\0-\x7f]*$/.test(bytes)
    ? bytes
    : new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes, (one) => one.charCodeAt(0)));
}

/** RFC 4648 §5 without padding, one character an octet. */
function octets(part: string): string {
  if (/[+/=]/.test(part)) throw new SyntaxError("No base64url.");
  return atob(part.replaceAll("-", "+").replaceAll("_", "/"));
}
