import { gzipSync } from "node:zlib";
import fc from "fast-check";

const words = ["v1", "api", "chat", "completions", "fine_tuning", "jobs", "files", "models", "admin"];
const noise = [
  "",
  ".",
  "..",
  "...",
  "%2e",
  "%2e%2e",
  "%252e%252e",
  "..;",
  ".%2e",
  "%00",
  "%20",
  " ",
  "~",
  "*",
  "x",
];
const separators = [
  "/",
  "/",
  "/",
  "/",
  "//",
  "\\",
  "%2f",
  "%2F",
  "%252f",
  "%5c",
  "/./",
  "/../",
  ";/",
  ";a=b/",
  "%c0%af",
  "%u002f",
  "%ef%bc%8f",
  "/%2e/",
  "/x/../",
  "?",
  "#",
  "%3f",
  "%23",
];
const ends = [
  "",
  "",
  "",
  "/",
  "//",
  ".",
  "%20",
  "%00",
  "%00.html",
  ";x",
  "?",
  "?a=b",
  "?_method=DELETE",
  "?a;_method=DELETE",
  "?%5fmethod=DELETE",
  "?%255fmethod=delete",
  "?x-http-method-override=DELETE",
  "#",
  "%23",
  "/.",
  "/..",
  "/../admin",
  "/..%2fadmin",
  "%2f..%2fadmin",
  "/%2e%2e/admin",
];

/** A word with some of its letters in another spelling. */
const spelled = (word: string) =>
  fc
    .array(fc.constantFrom("same", "same", "same", "same", "upper", "hex", "HEX", "twice", "wide"), {
      minLength: word.length,
      maxLength: word.length,
    })
    .map((ways) =>
      [...word]
        .map((sign, at) => {
          const hex = sign.charCodeAt(0).toString(16).padStart(2, "0");
          switch (ways[at]) {
            case "upper":
              return sign.toUpperCase();
            case "hex":
              return `%${hex}`;
            case "HEX":
              return `%${sign.toUpperCase().charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
            case "twice":
              return `%25${hex}`;
            case "wide":
              return /[a-z]/.test(sign)
                ? encodeURIComponent(String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
                : sign;
            default:
              return sign;
          }
        })
        .join(""),
    );

const goals = ["/api/chat/completions", "/api/fine_tuning/jobs", "/api/files", "/api/models", "/api/admin"];

/** A path that is on its way to an operation, with a trick or two in it. */
const bentGoal = fc.constantFrom(...goals).chain((goal) => {
  const segments = goal.slice(1).split("/");
  return fc
    .tuple(
      fc.tuple(
        ...segments.map((word) =>
          fc.oneof({ weight: 3, arbitrary: fc.constant(word) }, { weight: 2, arbitrary: spelled(word) }),
        ),
      ),
      fc.array(
        fc.oneof(
          { weight: 3, arbitrary: fc.constant("/") },
          { weight: 1, arbitrary: fc.constantFrom(...separators) },
        ),
        {
          minLength: segments.length,
          maxLength: segments.length,
        },
      ),
      fc.constantFrom(...ends),
    )
    .map(([parts, between, end]) => parts.map((part, at) => between[at] + part).join("") + end);
});

const anyPath = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom(...separators), fc.constantFrom(...words, ...noise)), { maxLength: 6 }),
    fc.constantFrom(...ends),
  )
  .map(([parts, end]) => `/api${parts.flat().join("")}${end}`);

const target = fc.oneof(
  { weight: 6, arbitrary: bentGoal },
  { weight: 2, arbitrary: anyPath },
  { weight: 1, arbitrary: bentGoal.map((path) => `http://other.example${path}`) },
  { weight: 1, arbitrary: bentGoal.map((path) => `http://127.0.0.1/api/models?x=${path}`) },
);

const modelNames = [
  "model",
  "model",
  "model",
  "model",
  "model",
  "Model",
  "MODEL",
  "mode\\u006c",
  "model ",
  "\\u0000model",
  "model\\u0000",
  "ｍodel",
  "mo_del",
  "other",
];
const modelValues = [
  '"small"',
  '"small"',
  '"small"',
  '"premium"',
  '"Premium-2"',
  '" premium"',
  '["premium"]',
  '{"x":"premium"}',
  '"\\u0070remium"',
  '"ｐremium"',
  '"premium\\u0000"',
  "null",
  "1",
];
const member = fc
  .tuple(fc.constantFrom(...modelNames), fc.constantFrom(...modelValues))
  .map(([name, value]) => `"${name}":${value}`);

export interface Body {
  readonly type: string | undefined;
  readonly coding?: string;
  readonly octets: Buffer;
}

const jsonText = fc.array(member, { maxLength: 3 }).map((members) => `{${members.join(",")}}`);
const json = (type: string | undefined) =>
  jsonText.map((text): Body => ({ type, octets: Buffer.from(text) }));
const jsonTypes = [
  "application/json",
  "application/json",
  "application/json",
  "application/json",
  "application/json",
  "application/json; charset=utf-8",
  "Application/JSON",
  "application/json; charset=utf-16",
  "application/json;charset=utf-7",
  "text/json",
  "text/plain",
  "application/json, text/plain",
  "application/x+json",
  undefined,
];
const forms = ["model=premium", "_method=DELETE", "_method=DELETE&model=premium", "a=b&%5Fmethod=delete"];
const body: fc.Arbitrary<Body | undefined> = fc.oneof(
  fc.constant(undefined),
  { weight: 9, arbitrary: fc.constantFrom(...jsonTypes).chain(json) },
  jsonText.map((text) => ({ type: "application/json", octets: Buffer.from(text, "utf16le") })),
  jsonText.map((text) => ({ type: "application/json", octets: Buffer.from(`\ufeff${text}`) })),
  jsonText.map((text) => ({ type: "application/json", octets: Buffer.from(`${text}{"model":"premium"}`) })),
  jsonText.map((text) => ({ type: "application/json", octets: Buffer.from(`[${text}]`) })),
  jsonText.map((text) => ({ type: "application/json", coding: "gzip", octets: gzipSync(text) })),
  jsonText.map((text) => ({ type: "application/json", coding: "identity", octets: gzipSync(text) })),
  fc
    .tuple(
      fc.constantFrom("application/x-www-form-urlencoded", "application/json"),
      fc.constantFrom(...forms),
    )
    .map(([type, text]) => ({ type, octets: Buffer.from(text) })),
  fc.constant({
    type: "multipart/form-data; boundary=b",
    octets: Buffer.from('--b\r\nContent-Disposition: form-data; name="model"\r\n\r\npremium\r\n--b--\r\n'),
  }),
);

const extraHeaders = [
  "X-HTTP-Method-Override: DELETE",
  "X-HTTP-Method: DELETE",
  "X-Method-Override: DELETE",
  "X_HTTP_Method_Override: DELETE",
  "X.HTTP.Method.Override: DELETE",
  "X-Original-URL: /v1/admin",
  "X-Rewrite-URL: /v1/admin",
  "X_Original_URL: /v1/admin",
  "Connection: x-valetkey",
  "Connection: content-length",
  "Connection: content-type",
  "Connection: Content-Type, content-encoding",
  "Content-Type: application/json",
  "Content-Encoding: gzip",
  "Upgrade: h2c\r\nConnection: Upgrade",
];

/** Method, target, further headers, body, whether in chunks, and the scopes that the caller holds. */
export type Attempt = readonly [
  string,
  string,
  readonly string[],
  Body | undefined,
  boolean,
  readonly string[],
];

/** Requests that try to come to an operation past its rule; those that bend the path, and those that bend the body. */
export function attempts(scopes: readonly string[]): fc.Arbitrary<Attempt> {
  const held = fc.subarray([...scopes]).map((some) => (some.length === 0 ? scopes.slice(0, 1) : some));
  const headers = fc.subarray(extraHeaders, { maxLength: 2 });
  const methods = fc.constantFrom("GET", "POST", "POST", "DELETE", "HEAD", "Post");
  const chat = fc.constantFrom("/api/chat/completions", "/api/chat/completions/", "/api/Chat/completions");
  return fc.oneof(
    { weight: 3, arbitrary: fc.tuple(methods, target, headers, body, fc.boolean(), held) },
    {
      weight: 2,
      arbitrary: fc.tuple(
        fc.constant("POST"),
        chat,
        fc.constant([]),
        body,
        fc.boolean(),
        fc.constant(scopes.slice(0, 1)),
      ),
    },
  );
}

/** The octets of a request. */
export function requestText([method, target, headers, body, isChunked]: Attempt, token: string): string {
  const lines = [`${method} ${target} HTTP/1.1`, "Host: a", `Authorization: Bearer ${token}`];
  if (body?.type !== undefined) lines.push(`Content-Type: ${body.type}`);
  if (body?.coding !== undefined) lines.push(`Content-Encoding: ${body.coding}`);
  lines.push(...headers);
  const octets = body?.octets.toString("latin1") ?? "";
  const chunks = `${octets === "" ? "" : `${octets.length.toString(16)}\r\n${octets}\r\n`}0\r\n\r\n`;
  if (body) lines.push(isChunked ? "Transfer-Encoding: chunked" : `Content-Length: ${octets.length}`);
  lines.push("Connection: close", "", body && isChunked ? chunks : octets);
  return lines.join("\r\n");
}
