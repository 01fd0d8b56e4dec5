import { AgentError } from "./errors.ts";

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** How the world is asked. Times in seconds. */
export interface Outbound {
  readonly fetch: Fetch;
  /** How long one answer may take. */
  readonly timeout: number;
  readonly userAgent: string;
}

/** Largest answer that is read, in characters: metadata and token answers are far smaller. */
const largest = 262_144;

export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** undefined: the body is no JSON object. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Asks, and reads a JSON object where one comes. No redirect is followed: who answers for an issuer is the issuer, and
 * the body of a request may hold a secret (GHSA-6prh-2h8m-c8cw).
 * @throws AgentError unreachable, answer-malformed for what is too large
 */
export async function askForJson(outbound: Outbound, url: URL, init: RequestInit = {}): Promise<JsonAnswer> {
  const response = await ask(outbound, url, init);
  try {
    return {
      status: response.status,
      headers: response.headers,
      body: jsonObject(await boundedText(response, url)),
    };
  } catch (thrown) {
    throw thrown instanceof AgentError ? thrown : unreachable(url, thrown);
  }
}

/** The same without reading what comes. @throws AgentError unreachable */
export async function askForHeaders(
  outbound: Outbound,
  url: URL,
  init: RequestInit = {},
): Promise<JsonAnswer> {
  const response = await ask(outbound, url, init);
  await response.body?.cancel().catch(() => undefined);
  return { status: response.status, headers: response.headers, body: undefined };
}

async function ask({ fetch, timeout, userAgent }: Outbound, url: URL, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set("user-agent", userAgent);
  if (!headers.has("accept")) headers.set("accept", "application/json");
  try {
    const signal = AbortSignal.timeout(timeout * 1000);
    return await fetch(url, { ...init, headers, redirect: "manual", signal });
  } catch (thrown) {
    throw unreachable(url, thrown);
  }
}

async function boundedText(response: Response, url: URL): Promise<string> {
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > largest) {
      throw new AgentError("answer-malformed", `${shown(url)} answered more than ${largest} characters.`);
    }
  }
  return text + decoder.decode();
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

function unreachable(url: URL, thrown: unknown): AgentError {
  const isLate = thrown instanceof Error && thrown.name === "TimeoutError";
  const why = isLate ? "does not answer in time" : `cannot be reached${reason(thrown)}`;
  return new AgentError("unreachable", `${shown(url)} ${why}.`, { address: shown(url) }, { cause: thrown });
}

/** The system's word for it: ECONNREFUSED, ENOTFOUND, CERT_HAS_EXPIRED. */
function reason(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const inner = cause instanceof AggregateError ? cause.errors[0] : cause;
  const code = inner instanceof Error && "code" in inner ? String(inner.code) : "";
  return /^[A-Z][A-Z0-9_]*$/.test(code) ? ` (${code})` : "";
}

/** Without the query, which may hold more than a log should. */
function shown(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
