/** What a stranger sent, made fit for one line of a log or trace: printable ASCII, cut after `longest` characters. */
export function printable(text: string, longest: number): string {
  return text.slice(0, longest).replace(/[^\x20-\x7E]/g, "?");
}
