import { printableLine } from "@valetkey/protocol/printable";

/** Where the operator reads what happens: one sentence a call, without its line end. */
export type Log = (line: string) => void;

/** What a foreign program wrote, fit for one line of a log. */
export function printable(text: string, longest = 2_000): string {
  const cut = text.length > longest ? `${text.slice(0, longest)} ...` : text;
  return printableLine(cut);
}
