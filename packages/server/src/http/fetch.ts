import type { HttpRequest, HttpResponse } from "./message.ts";
import type { Handler } from "./router.ts";

/** The largest body that is read: no request of the protocol comes near it. */
export const mostBodyBytes = 65_536;

/** The runtime-neutral edge: `Request` in, `Response` out. */
export function fetchEdge(handle: Handler) {
  return async (request: Request, about: { readonly address?: string } = {}): Promise<Response> => {
    const body = await readBody(request);
    if (body === undefined) {
      return toResponse({
        status: 413,
        headers: { "content-type": "application/json" },
        body: '{"error":"invalid_request"}',
      });
    }
    return toResponse(await handle(plainRequest(request, body, about.address ?? "")));
  };
}

function plainRequest(request: Request, body: string, address: string): HttpRequest {
  const url = new URL(request.url);
  return {
    method: request.method.toUpperCase(),
    path: url.pathname,
    query: url.search.slice(1),
    // A Request made by hand has no Host header; its URL says the same.
    header: (name) => request.headers.get(name) ?? (name === "host" ? url.host : undefined),
    body,
    address,
  };
}

/** undefined when the body is larger than we read. */
async function readBody(request: Request): Promise<string | undefined> {
  if (!request.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > mostBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function toResponse({ status, headers, body, bytes }: HttpResponse): Response {
  const lines = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === "string"
      ? [[name, value] as [string, string]]
      : value.map((one) => [name, one] as [string, string]),
  );
  const isBodiless = status === 204 || status === 304;
  return new Response(isBodiless ? null : ((bytes as Uint8Array<ArrayBuffer> | undefined) ?? body), {
    status,
    headers: lines,
  });
}
