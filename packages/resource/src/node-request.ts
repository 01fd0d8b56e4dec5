import type { JudgedRequest, LightRequest } from "./judged-request.ts";

/** As much of Node's IncomingMessage as is needed to judge a request; no import, so that the core stays neutral. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly rawHeaders: readonly string[];
  readonly originalUrl?: string;
  /** The body as a parser before the guard left it. */
  readonly body?: unknown;
}

/** As much of Node's ServerResponse as is needed to answer. */
export interface NodeResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body?: string): unknown;
}

/** Methods for which there is no `Request`; Node's servers let two of them through. */
const withoutRequest = /^(?:connect|trace|track)$/i;

/** Shows requests of Node's as the guard reads them. The host is the resource's, whatever host a request names. */
export function requestReader(resource: string): (incoming: NodeRequest) => JudgedRequest {
  const { origin } = new URL(resource);
  return function requestOf(incoming) {
    const request = new RequestOfNode(incoming, origin);
    return carriesFormToken(incoming.body) ? request.withForm() : request;
  };
}

/** One request as the guard reads it, for a function that wants one beside the guard. */
export function requestOf(incoming: NodeRequest, resource: string): JudgedRequest {
  return requestReader(resource)(incoming);
}

/** Reads the raw headers, since Node hides a second Authorization header. */
class RequestOfNode implements LightRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: RawHeaders;
  #whole: Request | undefined;

  constructor(incoming: NodeRequest, origin: string) {
    this.method = incoming.method ?? "GET";
    this.url = urlOf(incoming.originalUrl ?? incoming.url ?? "/", origin);
    this.headers = new RawHeaders(incoming.rawHeaders);
  }

  get whole(): Request {
    this.#whole ??= new Request(this.url, {
      // Who is promised a request is given the nearest there is: nothing here is answered by the method.
      method: withoutRequest.test(this.method) ? "GET" : this.method,
      headers: this.headers.copy(),
    });
    return this.#whole;
  }

  /** A form that was parsed before the guard, shown again as far as it carries a token. */
  withForm(): JudgedRequest {
    const { method } = this;
    if (method === "GET" || method === "HEAD" || withoutRequest.test(method)) return this;
    const body = "access_token=x";
    const headers = this.headers.copy();
    headers.set("content-length", String(body.length));
    return new Request(this.url, { method, headers, body });
  }
}

/** Headers as they came, in pairs, looked through for each name: the guard asks for five at most. */
class RawHeaders implements Pick<Headers, "get" | "has"> {
  readonly #pairs: readonly string[];

  constructor(pairs: readonly string[]) {
    this.#pairs = pairs;
  }

  get(name: string): string | null {
    const pairs = this.#pairs;
    let found: string | null = null;
    for (let at = 0; at + 1 < pairs.length; at += 2) {
      const one = pairs[at] as string;
      if (one.length !== name.length || one.toLowerCase() !== name) continue;
      found = found === null ? (pairs[at + 1] as string) : `${found}, ${pairs[at + 1]}`;
    }
    return found;
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }

  copy(): Headers {
    const headers = new Headers();
    for (let at = 0; at + 1 < this.#pairs.length; at += 2) {
      const name = this.#pairs[at] as string;
      // RFC 9113 §8.3: what begins with a colon is no header.
      if (!name.startsWith(":")) headers.append(name, this.#pairs[at + 1] as string);
    }
    return headers;
  }
}

/**
 * RFC 9112 §3.2: a target is a path, seldom a whole URL, of which only the path counts here, or `*`. Whatever a client
 * writes there, a URL comes out.
 */
function urlOf(target: string, origin: string): string {
  if (target.startsWith("/")) return origin + target;
  const { pathname, search } = URL.canParse(target) ? new URL(target) : { pathname: "/", search: "" };
  return pathname.startsWith("/") ? origin + pathname + search : `${origin}/`;
}

/** Whether a body that was parsed before names a token; `guard` judges it only if it came as a form. */
export function carriesFormToken(body: unknown): boolean {
  return typeof body === "object" && body !== null && Object.hasOwn(body, "access_token");
}

/** Sends the guard's answer, whose bodies are short JSON texts. */
export async function sendResponse(response: Response, outgoing: NodeResponse): Promise<void> {
  outgoing.statusCode = response.status;
  response.headers.forEach((value, name) => {
    outgoing.setHeader(name, value);
  });
  outgoing.end(await response.text());
}
