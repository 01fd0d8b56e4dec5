/** Where the operator reads what happens: one sentence a call, without its line end. */
export type Log = (line: string) => void;

/** What a foreign program wrote, fit for one line of a log: controls could move the cursor and forge lines. */
export function printable(text: string, longest = 2_000): string {
  const cut = text.length > longest ? `${text.slice(0, longest)} ...` : text;
  return cut.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, "?");
}
