import { invalidRequest } from "@valetkey/protocol/errors";

const deepest = 200;

/**
 * Looks through a text that JSON.parse has taken for an object that has one name twice. RFC 8259 §4 leaves to each reader
 * which of the two counts, so the rule might judge one and the server act on the other.
 * @throws invalid_request for a name that stands twice in one object, and for a text nested deeper than readers agree on
 */
export function requireUniqueNames(text: string): void {
  /** One entry an open bracket: the names so far of an object, nothing for an array. */
  const open: (Set<string> | undefined)[] = [];
  let awaitsName = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === 0x22) {
      const end = endOfString(text, at);
      if (awaitsName) {
        claim(open.at(-1), text.slice(at, end + 1));
        awaitsName = false;
      }
      at = end;
    } else if (sign === 0x7b || sign === 0x5b) {
      if (open.length === deepest) throw refused(`deeper than ${deepest}`);
      open.push(sign === 0x7b ? new Set() : undefined);
      awaitsName = sign === 0x7b;
    } else if (sign === 0x7d || sign === 0x5d) {
      open.pop();
      awaitsName = false;
    } else if (sign === 0x2c) {
      awaitsName = open.at(-1) !== undefined;
    }
  }
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === 0x5c) slashes++;
  return slashes % 2 === 1;
}

function claim(names: Set<string> | undefined, quoted: string): void {
  const name = quoted.includes("\\") ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
  if (names?.has(name)) throw refused("a name that stands twice");
  names?.add(name);
}

function refused(fact: string): Error {
  return invalidRequest("The JSON body can be read in more than one way.", "upstream.body", { fact });
}
