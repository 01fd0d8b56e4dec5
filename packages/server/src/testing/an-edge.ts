import { after } from "node:test";
import type { HttpRequest, HttpResponse } from "../http/message.ts";
import { type Listener, type ListenOptions, listen } from "../http/node.ts";
import type { RawAnswer } from "./raw-connection.ts";
import { RecordedAudit } from "./recorded-audit.ts";

/** What the core was given, as it tells it back. */
export type Seen = Pick<HttpRequest, "method" | "path" | "query" | "body"> & {
  readonly host: string | undefined;
};

const open: Listener[] = [];
after(async () => {
  for (const listener of open) await listener.close(0);
});

/** A listener on a free port, before a core that tells what it was given; it closes after the last test of the file. */
export async function anEdge(
  options: Partial<ListenOptions> = {},
  handle: (request: HttpRequest) => Promise<HttpResponse> | HttpResponse = echo,
) {
  const audit = new RecordedAudit();
  const seen: HttpRequest[] = [];
  const listener = await listen(
    async (request) => {
      seen.push(request);
      return await handle(request);
    },
    audit,
    { host: "127.0.0.1", port: 0, trustedProxies: [], ...options },
  );
  open.push(listener);
  return { ...listener, audit, seen };
}

/** Tells the request back as JSON. */
export function echo({ method, path, query, body, header }: HttpRequest): HttpResponse {
  const seen: Seen = { method, path, query, body, host: header("host") };
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(seen) };
}

export function told(answer: RawAnswer | undefined): Seen {
  return JSON.parse(answer?.body ?? "null");
}
