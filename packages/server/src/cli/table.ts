import { printableLine } from "@valetkey/protocol/printable";

/** Rows in aligned columns; the last column runs free. */
export function columnsOf(rows: readonly (readonly string[])[], indent = ""): string {
  const clean = rows.map((row) => row.map((cell) => printableLine(cell)));
  const widths: number[] = [];
  for (const row of clean)
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, cell.length);
    });
  return clean
    .map((row) =>
      `${indent}${row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join("  ")}`.trimEnd(),
    )
    .join("\n");
}

/** A list with a heading, or a sentence when it is empty. */
export function listOf(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  empty: string,
): string {
  return rows.length === 0 ? `${empty}\n` : `${columnsOf([heading, ...rows])}\n`;
}
