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

/**
 * The request as the guard reads it. Built from the raw headers, since Node hides a second Authorization header. A form
 * that was parsed before is shown again as far as it carries a token. The host is the resource's: the guard needs the path.
 */
export function requestOf(incoming: NodeRequest, resource: string): Request {
  const headers = new Headers();
  const { rawHeaders } = incoming;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? "";
    if (!name.startsWith(":")) headers.append(name, rawHeaders[i + 1] ?? "");
  }
  const method = incoming.method ?? "GET";
  const path = incoming.originalUrl ?? incoming.url ?? "/";
  const { origin } = new URL(resource);
  const url = path.startsWith("/") ? `${origin}${path}` : path;
  if (!carriesFormToken(incoming.body) || method === "GET" || method === "HEAD") {
    return new Request(url, { method, headers });
  }
  const body = "access_token=x";
  headers.set("content-length", String(body.length));
  return new Request(url, { method, headers, body });
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
