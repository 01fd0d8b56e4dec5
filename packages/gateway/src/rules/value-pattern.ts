import { invalidRequest } from "@valetkey/protocol/errors";

/** What a rule may ask of a field: a text in which `*` stands for any signs, a number, or a truth value. */
export type FieldValue = string | number | boolean;

/**
 * Whether a plain value from a body is one of those that a rule names. Text is compared without regard to case.
 * A value of a kind that the rule does not expect is refused, not passed over: servers turn "true" into true and 1 into "1".
 * @throws invalid_request for such a value
 */
export function matchesValue(wanted: readonly FieldValue[], value: unknown, field: string): boolean {
  if (value === undefined || value === null) return false;
  if (!wanted.some((one) => typeof one === typeof value)) throw unexpected(field);
  if (typeof value === "string") {
    // Blanks at the ends, control signs and look-alike letters are where two readers part.
    if (value.length > 1_024 || !/^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/.test(value)) {
      throw unexpected(field);
    }
    const folded = value.toLowerCase();
    return wanted.some((one) => typeof one === "string" && matchesText(one.toLowerCase(), folded));
  }
  if (typeof value === "number" && !isExact(value)) throw unexpected(field);
  return wanted.includes(value as FieldValue);
}

/** Beyond this, readers round in different ways. */
function isExact(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

/** Linear in the text for each star: the first fit of each piece is as good as any. */
function matchesText(pattern: string, text: string): boolean {
  const pieces = pattern.split("*");
  const first = pieces.shift() ?? "";
  const last = pieces.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let from = first.length;
  const end = text.length - last.length;
  for (const piece of pieces) {
    const at = text.indexOf(piece, from);
    if (at < 0 || at + piece.length > end) return false;
    from = at + piece.length;
  }
  return true;
}

function unexpected(field: string): Error {
  return invalidRequest("The body has a field with a value that cannot be judged.", "upstream.body", {
    fact: field,
  });
}
