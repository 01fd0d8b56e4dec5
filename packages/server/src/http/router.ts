import type { AuditLog } from "../ports/audit-log.ts";
import type { Clock } from "../ports/clock.ts";
import { json } from "./answer.ts";
import { type Cors, corsHeaders, preflight } from "./cors.ts";
import { type RefusalFace, watch } from "./endpoint.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "./message.ts";

/** One row of the table of routes. */
export interface Route {
  /** Exact, from the root of the host. */
  readonly path: string;
  readonly methods: Readonly<Partial<Record<"GET" | "POST", Endpoint>>>;
  readonly face: RefusalFace;
  /** Whether pages of other origins may read the answer. */
  readonly cors: Cors;
  /** The step's name in the trace; left out where nothing is worth telling. */
  readonly step?: string;
}

export type Handler = (request: HttpRequest) => Promise<HttpResponse>;

/** Finds the route of a request; answers HEAD from GET, OPTIONS from the table, 404 and 405 by itself. */
export function router(
  routes: readonly Route[],
  notFound: Handler | ((request: HttpRequest) => HttpResponse),
  audit: AuditLog,
  clock: Clock,
): Handler {
  const table = new Map(routes.map((route) => [route.path, handlersOf(route, audit, clock)]));
  const elsewhere: Handler = async (request) => await notFound(request);
  return (request) => (table.get(request.path) ?? elsewhere)(request);
}

function handlersOf(route: Route, audit: AuditLog, clock: Clock): Handler {
  const methods = Object.keys(route.methods);
  const handlers = new Map(
    Object.entries(route.methods).map(([method, endpoint]) => [
      method,
      watch({ endpoint, step: route.step, face: route.face }, audit, clock),
    ]),
  );
  const allow = [...methods, ...(handlers.has("GET") ? ["HEAD"] : [])].join(", ");
  return async (request) => {
    if (request.method === "OPTIONS" && route.cors !== false) return preflight(request, methods, route.cors);
    const isHead = request.method === "HEAD";
    const handler = handlers.get(isHead ? "GET" : request.method);
    const response = handler ? await handler(request) : json(405, { error: "method_not_allowed" }, { allow });
    const { status, headers, body, bytes } = response;
    return {
      status,
      headers: route.cors === false ? headers : { ...headers, ...corsHeaders(route.cors, request) },
      body: isHead ? "" : body,
      ...(bytes && !isHead && { bytes }),
    };
  };
}
