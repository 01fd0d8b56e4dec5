/**
 * What somebody wrote, fit for one line of the record: line ends and other controls could forge lines, marks of direction
 * could turn text around, and signs without a width could hide it.
 * @param most signs that are kept
 */
export function oneLine(text: string, most = 120): string {
  const signs = Array.from(text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "?"));
  return signs.length > most ? `${signs.slice(0, most - 1).join("")}…` : signs.join("");
}
