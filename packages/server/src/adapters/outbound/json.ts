import { Refused } from "./refused.ts";

/**
 * JSON of a stranger as plain data. A member `__proto__` is dropped, so that copying the value can change no
 * prototype. A repeated name is refused: readers disagree on which one counts (RFC 8259 §4, RFC 7517 §4).
 * @throws Refused "malformed"
 */
export function parseJson(body: Uint8Array): unknown {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch (cause) {
    throw new Refused("malformed", "The body is not UTF-8.", { cause });
  }
  try {
    value = JSON.parse(text, (name, member) => (name === "__proto__" ? undefined : member));
  } catch (cause) {
    // A SyntaxError, or a RangeError from nesting deeper than the stack: neither is a document.
    throw new Refused("malformed", "The body is not JSON.", { cause });
  }
  if (repeatsAName(text)) throw new Refused("malformed", "An object in the body repeats a name.");
  return value;
}

/** Whether any object of `text`, which is valid JSON, has two members of one name. */
function repeatsAName(text: string): boolean {
  const open: Set<string>[] = [];
  let last = "";
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":") {
      const names = open.at(-1);
      const name = JSON.parse(last) as string; // an escape may hide a repetition
      if (names?.has(name)) return true;
      names?.add(name);
    }
    last = token;
  }
  return false;
}
