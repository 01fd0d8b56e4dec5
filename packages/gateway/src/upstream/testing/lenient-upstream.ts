import type { IncomingMessage, RequestListener } from "node:http";
import { gunzipSync } from "node:zlib";

/** An operation that the lenient upstream would run, and the scope that guards it. */
export type Operation = "inference" | "training" | "upload" | "premium" | "admin";

const operations: readonly { method: string; path: RegExp; operation: Operation }[] = [
  { method: "POST", path: /^\/v1\/chat\/completions$/, operation: "inference" },
  { method: "POST", path: /^\/v1\/fine_tuning\/jobs$/, operation: "training" },
  { method: "DELETE", path: /^\/v1\/fine_tuning\/jobs$/, operation: "training" },
  { method: "POST", path: /^\/v1\/files$/, operation: "upload" },
  { method: "GET", path: /^\/v1\/models$/, operation: "inference" },
  { method: "DELETE", path: /^\/v1\/models$/, operation: "training" },
  { method: "GET", path: /^\/(?:v1\/)?admin$/, operation: "admin" },
  { method: "POST", path: /^\/(?:v1\/)?admin$/, operation: "admin" },
];

type Step = (text: string) => string;

/** Ways in which servers read a path; each may be taken or not, in this order, the whole twice. */
const pathSteps: readonly Step[] = [
  (path) => path.split("\0", 1)[0] ?? "",
  decodeOnce,
  decodeOnce,
  (path) => path.normalize("NFKC"),
  (path) => path.replaceAll("\\", "/"),
  (path) => path.replace(/;[^/]*/g, ""),
  (path) => path.replace(/[?#].*$/, ""),
  (path) => path.replace(/\/{2,}/g, "/"),
  (path) => path.replace(/[. ]+(?=\/|$)/g, (dots) => (/^\.{1,2}$/.test(dots) ? dots : "")),
  withoutDots,
  (path) => (path.length > 1 ? path.replace(/\/$/, "") : path),
  (path) => path.toLowerCase(),
];

/** Runs, in the mind, every operation that some reading of the request comes to. */
export function lenientUpstream(ran: Set<Operation>): RequestListener {
  return async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    for (const operation of operationsOf(incoming, Buffer.concat(chunks))) ran.add(operation);
    outgoing.end("{}");
  };
}

function operationsOf(incoming: IncomingMessage, body: Buffer): Set<Operation> {
  const [target = "", query = ""] = splitOnce(incoming.url ?? "", "?");
  const paths = new Set<string>();
  for (const raw of [target, ...headerTexts(incoming, /^x[-_.](?:original|rewrite)[-_.]ur[li]$/)]) {
    for (const path of readings(raw)) paths.add(path);
  }
  const methods = new Set([incoming.method ?? ""]);
  for (const method of headerTexts(incoming, /^x[-_.](?:http[-_.])?method([-_.]override)?$/))
    methods.add(method);
  for (const [name, value] of looseParameters(query)) if (/method/.test(name)) methods.add(value);
  const type = incoming.headers["content-type"] ?? "";
  if (/form-urlencoded|^$/.test(type)) {
    for (const [name, value] of looseParameters(body.toString("latin1"))) {
      if (/method/.test(name)) methods.add(value);
    }
  }
  const found = new Set<Operation>();
  for (const { method, path, operation } of operations) {
    if (![...methods].some((one) => one.trim().toUpperCase() === method)) continue;
    if (![...paths].some((one) => path.test(one))) continue;
    found.add(operation);
    if (operation === "inference" && method === "POST" && isPremium(body)) found.add("premium");
  }
  return found;
}

/** All paths that one of the ways, or any chain of them in order, comes to. */
function readings(raw: string): Set<string> {
  let all = new Set([raw]);
  for (const step of [...pathSteps, ...pathSteps]) {
    const next = new Set(all);
    for (const path of all) next.add(step(path));
    all = next;
  }
  return all;
}

/** Whether some reader of the body finds the model in it. */
function isPremium(body: Buffer): boolean {
  const texts = [body.toString("utf8"), body.toString("utf16le"), body.toString("latin1"), unzipped(body)];
  return texts.some((text) => {
    const plain = text
      .replace(/\\u([0-9a-f]{4})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      .normalize("NFKC")
      .toLowerCase();
    // First or last of two names, any case, cut at NUL, blanks around, lists unwrapped, forms and multipart too.
    return /(?:"\s*model[^a-z0-9"]*[^"]*"\s*[:;]?|name="?model"?\s*|(?:^|&)\s*model\s*=)[\s[{"':]*premium/.test(
      plain,
    );
  });
}

function unzipped(body: Buffer): string {
  try {
    return gunzipSync(body).toString();
  } catch {
    return "";
  }
}

function decodeOnce(text: string): string {
  return text
    .replace(/%u([0-9a-f]{4})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/%c0%([ab][0-9a-f])/gi, (_all, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16) - 0x80),
    )
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"));
}

function withoutDots(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== ".") kept.push(segment);
  }
  return kept.join("/") || "/";
}

function looseParameters(text: string): (readonly [string, string])[] {
  return text.split(/[&;?]/).map((part) => {
    const [name = "", value = ""] = splitOnce(part, "=");
    return [decodeOnce(decodeOnce(name)).toLowerCase(), decodeOnce(value)] as const;
  });
}

function headerTexts({ headers }: IncomingMessage, names: RegExp): string[] {
  return Object.entries(headers)
    .filter(([name]) => names.test(name))
    .map(([, value]) => String(value));
}

function splitOnce(text: string, sign: string): string[] {
  const at = text.indexOf(sign);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
