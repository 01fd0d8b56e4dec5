/** What a stranger sent, made fit for one line of a log or trace: printable ASCII, cut after `longest` characters. */
export function printable(text: string, longest: number): string {
  return text.slice(0, longest).replace(/[^\x20-\x7E]/g, "?");
}

/**
 * The same in any script, at whatever length, for one line of a terminal or a log: controls could move the cursor and forge
 * lines, marks of direction could turn text around.
 * @param instead what is written in the place of each
 */
export function printableLine(text: string, instead: (mark: string) => string = () => "?"): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, instead);
}
