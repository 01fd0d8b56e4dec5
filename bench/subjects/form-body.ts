import type { IncomingMessage, ServerResponse } from "node:http";

/** For libraries that leave HTTP to their user: the form as they want it. */
export async function formOf(incoming: IncomingMessage): Promise<Record<string, string>> {
  let text = "";
  incoming.setEncoding("utf8");
  for await (const chunk of incoming as AsyncIterable<string>) text += chunk;
  return Object.fromEntries(new URLSearchParams(text));
}

export function sendJson(outgoing: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body ?? {});
  outgoing.setHeader("content-type", "application/json");
  outgoing.setHeader("content-length", Buffer.byteLength(text));
  outgoing.writeHead(status);
  outgoing.end(text);
}

/** For libraries that take a web `Request` and return a `Response`: as thin a bridge as Node lets one write. */
export function webListener(origin: string, handle: (request: Request) => Response | Promise<Response>) {
  return async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { method = "GET", url = "/" } = incoming;
    const headers = incoming.headers as Record<string, string>;
    let body: string | undefined;
    if (method === "POST") {
      body = "";
      incoming.setEncoding("utf8");
      for await (const chunk of incoming as AsyncIterable<string>) body += chunk;
    }
    const response = await handle(
      new Request(`${origin}${url}`, { method, headers, ...(body === undefined ? {} : { body }) }),
    );
    const text = await response.text();
    response.headers.forEach((value, name) => {
      outgoing.setHeader(name, value);
    });
    outgoing.setHeader("content-length", Buffer.byteLength(text));
    outgoing.writeHead(response.status);
    outgoing.end(text);
  };
}
