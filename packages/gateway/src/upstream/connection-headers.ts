import { connectionHeaders } from "../rules/header-names.ts";

/** Says of a lower-case name whether it is about the connection: by itself, or since Connection names it. */
export function aboutConnection(rawHeaders: readonly string[]): (name: string) => boolean {
  const named = new Set<string>();
  for (const [name, value] of headerPairs(rawHeaders)) {
    if (name.toLowerCase() !== "connection") continue;
    for (const option of value.split(",")) named.add(option.trim().toLowerCase());
  }
  return (name) => connectionHeaders.has(name) || named.has(name);
}

/** Names and values of a flat list as Node has it. */
export function* headerPairs(rawHeaders: readonly string[]): Iterable<readonly [string, string]> {
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    yield [rawHeaders[at] as string, rawHeaders[at + 1] as string];
  }
}
