/** A store's location as it may be printed: without the password of a URL, wherever it stands. */
export function redactedUrl(location: string): string {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(location)) return location;
  if (!URL.canParse(location)) return `${location.slice(0, location.indexOf("://"))}://…`;
  const url = new URL(location);
  if (url.password !== "") url.password = "redacted";
  for (const name of [...url.searchParams.keys()]) {
    if (/pass|secret|key/i.test(name)) url.searchParams.set(name, "redacted");
  }
  return url.href;
}
