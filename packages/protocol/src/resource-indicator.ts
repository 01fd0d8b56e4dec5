import { invalidTarget } from "./errors.ts";
import { printable } from "./printable.ts";

/**
 * RFC 8707 §2: an absolute URI without a fragment; in the characters of RFC 3986 only. It is a name, compared as text,
 * so that nothing is decoded or normalised here.
 */
export function isResourceUri(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9\-._~:/?[\]@!$&'()*+,;=%]+$/.test(text) && URL.canParse(text);
}

/** @throws invalid_target when the text cannot be a resource identifier. */
export function requireResourceUri(text: string): void {
  if (!isResourceUri(text)) {
    throw invalidTarget("resource.malformed", { fact: printable(text, 200) });
  }
}

/**
 * Whether two identifiers name one resource: the same text, but for the root slash of a bare origin, which the MCP SDK
 * before 2.1 adds (`https://h` is `https://h/`).
 */
export function sameResource(one: string, other: string): boolean {
  return (
    one === other ||
    (`${one}/` === other && isBareOrigin(one)) ||
    (`${other}/` === one && isBareOrigin(other))
  );
}

/** The identifier among `identifiers` that `asked` names, as it is registered: RFC 9068 §3 puts that form into `aud`. */
export function findResource(identifiers: readonly string[], asked: string): string | undefined {
  return (
    identifiers.find((identifier) => identifier === asked) ??
    identifiers.find((identifier) => sameResource(identifier, asked))
  );
}

/** Scheme and authority without path and query; only there RFC 3986 §6.2.3 makes the slash mean nothing. */
function isBareOrigin(uri: string): boolean {
  return /^https?:\/\/[^/?#]+$/.test(uri);
}
