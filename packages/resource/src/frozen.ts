/** The value, frozen to the bottom: a claim that one request could change would be another's right. */
export function frozen<T>(value: T): T {
  const waiting: unknown[] = [value];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (typeof one === "object" && one !== null) waiting.push(...Object.values(Object.freeze(one)));
  }
  return value;
}
