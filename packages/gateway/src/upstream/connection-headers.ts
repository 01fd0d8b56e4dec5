/**
 * RFC 9110 §7.6.1: headers that are about one connection and never pass. TE and Trailer go with the trailers, which are
 * not sent on (§6.5.1 permits it); Expect has been answered by the time that the body comes.
 */
const always = new Set([
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

/** Says of a lower-case name whether it is about the connection: by itself, or since Connection names it. */
export function aboutConnection(rawHeaders: readonly string[]): (name: string) => boolean {
  const named = new Set<string>();
  for (const [name, value] of headerPairs(rawHeaders)) {
    if (name.toLowerCase() !== "connection") continue;
    for (const option of value.split(",")) named.add(option.trim().toLowerCase());
  }
  return (name) => always.has(name) || named.has(name);
}

/** Names and values of a flat list as Node has it. */
export function* headerPairs(rawHeaders: readonly string[]): Iterable<readonly [string, string]> {
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    yield [rawHeaders[at] as string, rawHeaders[at + 1] as string];
  }
}
