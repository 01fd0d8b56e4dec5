export interface CompactJws {
  readonly header: Readonly<Record<string, unknown>>;
  /** What the signature is over. */
  readonly input: string;
  readonly signature: Uint8Array;
  /** The claims, or undefined when they are no JSON object. Read after the signature was checked. */
  payload(): Readonly<Record<string, unknown>> | undefined;
}

/** RFC 7515 §7.1, read strictly: undefined for anything else, and for extensions that must be understood (§4.1.11). */
export function readCompactJws(text: string): CompactJws | undefined {
  const [head, body, tail, more] = text.split(".", 4);
  if (head === undefined || body === undefined || tail === undefined || more !== undefined) return undefined;
  const header = jsonObject(decode(head));
  const signature = decode(tail);
  if (header === undefined || signature === undefined || Object.hasOwn(header, "crit")) return undefined;
  return { header, input: `${head}.${body}`, signature, payload: () => jsonObject(decode(body)) };
}

/** RFC 7515 §2: base64url without padding; only the spelling that an encoder writes, so that no token has a twin. */
function decode(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64url");
  return bytes.toString("base64url") === text ? bytes : undefined;
}

function jsonObject(bytes: Buffer | undefined): Readonly<Record<string, unknown>> | undefined {
  if (bytes === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString("utf8"));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
