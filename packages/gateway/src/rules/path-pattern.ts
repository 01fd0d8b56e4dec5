/** A path with `*` for one segment and `**` for any number of them. No regular expressions: they hide what they let in. */
export interface PathPattern {
  readonly segments: readonly string[];
}

const literal = /^[A-Za-z0-9\-._~!$&'()+,=:@]+$/;

/** The pattern, or the reason against it, which goes on where the setting's name ends. */
export function readPathPattern(text: string): PathPattern | string {
  if (!text.startsWith("/")) return "must begin with a slash";
  if (/[%\\;?#]/.test(text))
    return "must be a plain path: no percent signs, backslashes, semicolons or query";
  const written = text.slice(1).split("/");
  const segments = written.at(-1) === "" ? written.slice(0, -1) : written;
  for (const segment of segments) {
    if (segment === "") return "must not have two slashes in a row";
    if (segment === "*" || segment === "**") continue;
    if (segment.includes("*")) return "must have * and ** as whole segments only";
    if (!literal.test(segment) || segment.endsWith(".")) {
      return "must have segments of plain signs that do not end in a dot";
    }
  }
  if (segments.filter((segment) => segment === "**").length > 1) return "must have ** once at most";
  return { segments: segments.map((segment) => segment.toLowerCase()) };
}

/**
 * Whether a path as {@link Target.segments} has it matches: letters in any case and with or without a last slash, since
 * servers that tell them apart are fewer than those that do not, and a stricter rule must not be dodged by a capital.
 */
export function matchesPath({ segments: pattern }: PathPattern, path: readonly string[]): boolean {
  const gap = pattern.indexOf("**");
  if (gap < 0) return pattern.length === path.length && matchesAt(pattern, path, 0);
  const before = pattern.slice(0, gap);
  const after = pattern.slice(gap + 1);
  return (
    path.length >= before.length + after.length &&
    matchesAt(before, path, 0) &&
    matchesAt(after, path, path.length - after.length)
  );
}

function matchesAt(pattern: readonly string[], path: readonly string[], from: number): boolean {
  return pattern.every((segment, at) => segment === "*" || segment === path[from + at]);
}
