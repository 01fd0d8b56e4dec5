import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { aGateway, rulesOf } from "./testing/a-gateway.ts";
import { lenientUpstream, type Operation } from "./testing/lenient-upstream.ts";
import { rawExchange } from "./testing/raw.ts";

/** Requests in the gate; `VALETKEY_FUZZ=20000` looks further. */
const runs = Number(process.env.VALETKEY_FUZZ ?? 600);

/** The hard case: a rule for everything below stricter ones, so that dodging the strict one is worth a try. */
const rules = rulesOf(`
rules:
  - { methods: [GET, POST, DELETE], path: /**, scopes: [inference:read] }
  - { methods: [POST, DELETE], path: /fine_tuning/**, scopes: [training:write] }
  - { methods: [DELETE], path: /**, scopes: [training:write] }
  - { methods: [POST], path: /files/**, scopes: [datasets:upload], content_types: [multipart/form-data, application/json] }
  - { methods: [POST], path: /chat/**, models: [premium*], scopes: [premium:use] }
  - { methods: [GET, POST], path: /admin/**, scopes: [admin:all] }
`);

const scopeOf: Readonly<Record<Operation, string>> = {
  inference: "inference:read",
  training: "training:write",
  upload: "datasets:upload",
  premium: "premium:use",
  admin: "admin:all",
};

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

interface Body {
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
const body: fc.Arbitrary<Body | undefined> = fc.oneof(
  fc.constant(undefined),
  { weight: 5, arbitrary: fc.constantFrom(...jsonTypes).chain(json) },
  jsonText.map((text) => ({ type: "application/json", octets: Buffer.from(text, "utf16le") })),
  jsonText.map((text) => ({ type: "application/json", octets: Buffer.from(`\ufeff${text}`) })),
  jsonText.map((text) => ({ type: "application/json", octets: Buffer.from(`${text}{"model":"premium"}`) })),
  jsonText.map((text) => ({ type: "application/json", octets: Buffer.from(`[${text}]`) })),
  jsonText.map((text) => ({ type: "application/json", coding: "gzip", octets: gzipSync(text) })),
  jsonText.map((text) => ({ type: "application/json", coding: "identity", octets: gzipSync(text) })),
  fc
    .constantFrom("model=premium", "_method=DELETE", "_method=DELETE&model=premium", "a=b&%5Fmethod=delete")
    .map((text) => ({
      type: "application/x-www-form-urlencoded",
      octets: Buffer.from(text),
    })),
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
  "Content-Type: application/json",
  "Content-Encoding: gzip",
  "Upgrade: h2c\r\nConnection: Upgrade",
];

const every = Object.values(scopeOf);
const asked = (text: string): Body => ({ type: "application/json", octets: Buffer.from(text) });

/** What somebody who may would send. */
const controls: [string, string, string[], Body | undefined, boolean, string[]][] = [
  ["GET", "/api/models", [], undefined, false, ["inference:read"]],
  ["POST", "/api/chat/completions", [], asked('{"model":"premium"}'), true, every],
  ["POST", "/api/fine_tuning/jobs", [], asked("{}"), false, every],
  ["POST", "/api/files", [], asked("{}"), false, every],
  ["POST", "/api/admin/", [], undefined, false, every],
];

describe("the rules, as an attacker tries them", () => {
  it(`let no path, coding or body reach an operation without its scope (${runs} requests at the most lenient upstream)`, async (t) => {
    const ran = new Set<Operation>();
    const { port, token } = await aGateway(t, lenientUpstream(ran), { rules });
    const tokens = new Map<string, string>();
    const tokenFor = async (scope: string) => {
      const held = tokens.get(scope) ?? (await token(scope));
      tokens.set(scope, held);
      return held;
    };
    const reached = new Map<Operation, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("GET", "POST", "POST", "DELETE", "HEAD", "Post"),
        target,
        fc.subarray(extraHeaders, { maxLength: 2 }),
        body,
        fc.boolean(),
        fc.subarray(every).map((held) => (held.length === 0 ? ["inference:read"] : held)),
        async (method, path, headers, sent, isChunked, held) => {
          ran.clear();
          const lines = [
            `${method} ${path} HTTP/1.1`,
            "Host: a",
            `Authorization: Bearer ${await tokenFor(held.join(" "))}`,
          ];
          if (sent?.type !== undefined) lines.push(`Content-Type: ${sent.type}`);
          if (sent?.coding !== undefined) lines.push(`Content-Encoding: ${sent.coding}`);
          lines.push(...headers);
          const octets = sent?.octets.toString("latin1") ?? "";
          const chunked = `${octets.length.toString(16)}\r\n${octets}\r\n0\r\n\r\n`;
          if (sent) lines.push(isChunked ? "Transfer-Encoding: chunked" : `Content-Length: ${octets.length}`);
          lines.push("Connection: close", "", sent ? (isChunked && octets !== "" ? chunked : octets) : "");
          await rawExchange(port, lines.join("\r\n"));
          for (const operation of ran) {
            reached.set(operation, (reached.get(operation) ?? 0) + 1);
            assert.ok(held.includes(scopeOf[operation]), `${operation} ran with ${held.join(" ")}`);
          }
        },
      ),
      { numRuns: runs, examples: controls },
    );
    // A gateway that refused everything would pass as well.
    for (const operation of Object.keys(scopeOf) as Operation[]) {
      assert.ok((reached.get(operation) ?? 0) > 0, `${operation} was never reached by those who may`);
    }
  });
});
