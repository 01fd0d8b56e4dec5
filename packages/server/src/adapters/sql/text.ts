/**
 * PostgreSQL's text refuses U+0000, and both databases replace lone surrogates, so that two strings could become one.
 * Such characters come from strangers (`client_id=%00`) and must neither fail a request nor collide: they are kept as
 * U+FFFE, a noncharacter, and four hexadecimal digits.
 */
const mark = "\uFFFE";

export function escapeText(value: string): string {
  if (value.isWellFormed() && !value.includes("\0") && !value.includes(mark)) return value;
  return value.replace(
    /\0|\uFFFE|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
    (one) => {
      return mark + one.charCodeAt(0).toString(16).padStart(4, "0");
    },
  );
}

export function readText(value: unknown): string {
  if (typeof value !== "string") throw new TypeError(`the database gave ${typeof value} where text stands`);
  if (!value.includes(mark)) return value;
  return value.replace(/\uFFFE([0-9a-f]{4})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
