/**
 * What strangers wrote (names of clients, parameters in a trace), fit for one line of a terminal: controls could move the
 * cursor and forge lines, marks of direction could turn text around.
 */
export function printableLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, "?");
}
