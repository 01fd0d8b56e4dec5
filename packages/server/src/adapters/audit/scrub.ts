/**
 * Members whose values never reach a log, in any spelling of case and dashes. The callers are to hand over no secret at
 * all; this is the net below them.
 */
export const secretNames = [
  "authorization",
  "cookie",
  "set_cookie",
  "code",
  "device_code",
  "user_code",
  "token",
  "refresh_token",
  "access_token",
  "id_token",
  "id_token_hint",
  "client_secret",
  "client_assertion",
  "password",
  "code_verifier",
  "private_key",
] as const;

const hidden = "[redacted]";
/** Longer texts are cut: a caller must not fill the disk with one line. */
const longestText = 4000;
const deepest = 6;

const known = new Set<string>(secretNames);
const names = [...secretNames].map((name) => name.replaceAll("_", "[_-]")).join("|");

/** What a secret looks like in running text, and what stands there instead. */
const shapes: readonly (readonly [RegExp, string])[] = [
  // A signed or encrypted JWT.
  [/\beyJ[\w-]{8,}\.[\w-]*(?:\.[\w-]*)*/g, "[jwt]"],
  // Our own codes, secrets and refresh tokens carry a prefix.
  [/\bvk[a-z]_[\w-]{8,}/g, hidden],
  [/\$argon2id?\$[^\s"']+/g, "[password hash]"],
  [/\b(Bearer|Basic|DPoP)\s+(?!\w+=")[\w.~+/=-]{12,}/gi, `$1 ${hidden}`],
  // The password of a URL: postgres://user:password@host.
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@?#]*):[^\s/?#]*@/gi, `$1:${hidden}@`],
  // A form or a query; then one that stands encoded inside another, where %26 ends the value.
  [new RegExp(`\\b(${names})=[^\\s&"'<>;,]+`, "gi"), `$1=${hidden}`],
  [new RegExp(`(?:\\b|(?<=%[0-9A-F]{2}))(${names})%3D(?:[^\\s&"'<>;,%]|%(?!26))+`, "gi"), `$1%3D${hidden}`],
  [new RegExp(`("(?:${names})"\\s*:\\s*)"[^"]*"`, "gi"), `$1"${hidden}"`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, "[private key]"],
];

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** What every shape above, and every invisible character, needs: most texts have none of it and cost one look. */
const suspicious = /eyJ|vk[a-z]_|\$argon2|\b(?:Bearer|Basic|DPoP)\s|[@="]|%3D|-----BEGIN|[^ -~\n\t]/i;

/**
 * The text without what looks like a secret, and without characters that steer a terminal or turn the reading direction:
 * a stranger's user agent is printed on the operator's screen.
 */
export function scrubText(text: string): string {
  if (text.length <= longestText && !suspicious.test(text)) return text;
  let rest = text.slice(0, longestText).replace(invisible, "\ufffd");
  for (const [shape, instead] of shapes) rest = rest.replace(shape, instead);
  return rest;
}

/** The newest copy of {@link scrubbed}: on its way to the log it comes by a second time. */
let newest: object | undefined;

/** A scrubbed copy, frozen: it can come by again without being scrubbed again, since no secret can come into it. */
export function scrubbed<T extends object>(record: T): T {
  newest = Object.freeze(scrub(record) as T);
  return newest as T;
}

/** A copy in which every text is scrubbed, secret members are hidden and errors are plain records. */
export function scrub(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return scrubText(value);
  if (typeof value !== "object" || value === null || value === newest) return value;
  if (depth === deepest) return "[deeper]";
  if (value instanceof Error) return scrubError(value, depth);
  if (Array.isArray(value)) return value.map((item) => scrub(item, depth + 1));
  // A clone and changes where there is something to hide: a copy made member by member costs twice as much.
  const copy: Record<string, unknown> = { ...value };
  for (const name of Object.keys(copy)) {
    const item = copy[name];
    if (item === null || item === undefined) continue;
    const clean = isSecretName(name) ? hidden : scrub(item, depth + 1);
    if (clean !== item) copy[name] = clean;
  }
  return copy;
}

/** Only these: a database's error carries rows in its other members. */
function scrubError(error: Error & { code?: unknown }, depth: number): unknown {
  return {
    type: error.name,
    message: scrubText(error.message),
    ...(error.code === undefined ? {} : { errorCode: String(error.code) }),
    stack: scrubText(error.stack ?? ""),
    ...(error.cause === undefined ? {} : { cause: scrub(error.cause, depth + 1) }),
  };
}

/** Names that were judged before; the records of the house have few. */
const judged = new Map<string, boolean>();
const mostJudged = 500;

function isSecretName(name: string): boolean {
  const before = judged.get(name);
  if (before !== undefined) return before;
  const spelled = name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replaceAll("-", "_")
    .toLowerCase();
  const isSecret = known.has(spelled);
  if (judged.size < mostJudged) judged.set(name, isSecret);
  return isSecret;
}
