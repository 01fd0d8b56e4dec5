let second = Number.NaN;
let upToSecond = "";

/** The `time` of a log line, ISO 8601 in UTC; the calendar is asked once a second only. @param at milliseconds since 1970 */
export function timeMember(at: number): string {
  const current = Math.floor(at / 1000);
  if (current !== second) {
    second = current;
    upToSecond = new Date(current * 1000).toISOString().slice(0, -"000Z".length);
  }
  return `,"time":"${upToSecond}${String(at - current * 1000).padStart(3, "0")}Z"`;
}
