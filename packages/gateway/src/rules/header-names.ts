/**
 * RFC 9110 §7.6.1: headers that are about one connection and never pass. TE and Trailer go with the trailers, which are
 * not sent on (§6.5.1 permits it); Expect has been answered by the time that the body comes.
 */
export const connectionHeaders: ReadonlySet<string> = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Headers that would be read in two ways if they came twice, and by which the body is read. */
export const singleHeaders: readonly string[] = [
  "host",
  "content-type",
  "content-encoding",
  "content-length",
  "transfer-encoding",
];

/** What passes of a client's headers without a word in the rules: they say how to answer, and nothing of who asks. */
const passed: ReadonlySet<string> = new Set([
  "accept",
  "accept-charset",
  "accept-language",
  "cache-control",
  "pragma",
  "prefer",
  "priority",
  "range",
  "user-agent",
  "date",
  ...["if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range"],
  ...["content-type", "content-encoding", "content-language", "content-disposition", "content-range"],
  ...["content-md5", "content-digest", "repr-digest", "digest", "want-content-digest", "want-repr-digest"],
  "idempotency-key",
  "last-event-id",
  ...["request-id", "x-request-id", "x-correlation-id", "x-client-request-id"],
  ...["traceparent", "tracestate", "b3"],
  ...["openai-beta", "openai-organization", "openai-project"],
  ...["anthropic-version", "anthropic-beta"],
  "x-goog-api-client",
  ...["mcp-protocol-version", "mcp-session-id"],
  // Judged with the body: upstream/mcp-headers.ts.
  ...["mcp-method", "mcp-name"],
  ...["sec-websocket-key", "sec-websocket-version", "sec-websocket-protocol", "sec-websocket-extensions"],
]);

const passedFamilies = /^(?:x-stainless|x-b3)-[a-z0-9-]+$/;

export function passesUnnamed(lowerName: string): boolean {
  return passed.has(lowerName) || passedFamilies.test(lowerName);
}

/** What no word in the rules lets through: who the client is, where it asks, and what the gateway writes itself. */
const never: ReadonlySet<string> = new Set([
  ...connectionHeaders,
  ...["host", "content-length", "accept-encoding", "via"],
  ...["authorization", "cookie", "cookie2", "dpop", "api-key", "x-api-key", "x-goog-api-key"],
  ...["forwarded", "x-real-ip", "client-ip", "x-client-ip", "x-cluster-client-ip", "true-client-ip"],
  ...["cf-connecting-ip", "client-cert", "client-cert-chain", "remote-user", "x-remote-user"],
  ...["x-rewrite-url", "x-method-override", "proxy"],
  // The guard has judged the page that calls; a server that judges it anew knows only its own address.
  ...["origin", "access-control-request-method", "access-control-request-headers"],
]);

const neverFamilies =
  /^(?:valetkey-|x-forward|x-original-|x-http-method|x-auth-request-|x-ssl-|ssl-|txn-|sec-fetch-)/;

/** Why the rules cannot name this header in `pass_headers`. */
export function passingFault(name: string): string | undefined {
  const lower = name.toLowerCase();
  return never.has(lower) || neverFamilies.test(lower)
    ? "is a header that never passes: it says who the client is or what it asks for, or the gateway writes it"
    : undefined;
}

/** Why the rules cannot name this header in `drop_headers`. */
export function droppingFault(name: string): string | undefined {
  return singleHeaders.includes(name.toLowerCase())
    ? "is a header by which the body is read, here and behind; it cannot be dropped"
    : undefined;
}

/** Why no credential can be sent in this header. */
export function carryingFault(name: string): string | undefined {
  const lower = name.toLowerCase();
  const isTaken =
    connectionHeaders.has(lower) ||
    singleHeaders.includes(lower) ||
    ["via", "accept-encoding"].includes(lower) ||
    /^(?:valetkey|sec-websocket|mcp)-/.test(lower);
  return isTaken
    ? "is a header of the connection, the body or the gateway, which carries no credential"
    : undefined;
}
