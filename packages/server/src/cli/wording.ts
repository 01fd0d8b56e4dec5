/** How moments and lists look in the output. */
export function moment(at: number | null): string {
  return at === null ? "-" : `${isoMoment(at).replace("T", " ").slice(0, 16)}Z`;
}

/** RFC 3339, in UTC: for JSON. */
export function isoMoment(at: number): string {
  return new Date(at * 1000).toISOString().replace(".000Z", "Z");
}

export function words(list: readonly string[]): string {
  return list.join(" ") || "-";
}
