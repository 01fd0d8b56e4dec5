/** The header that pages of the app send; a page elsewhere cannot without a CORS answer, which is never given. */
export const pageHeader = "x-valetkey";

/** Whether our own page asks, by script: cookies alone prove nothing. RFC 10017, cross-site request forgery. */
export function isOwnScript(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  return request.headers.get(pageHeader) === "1" && (site === null || site === "same-origin");
}

/** Whether a page of ours, or the person by the address bar, sent the browser here; so that no other site begins a sign-in. */
export function isOwnNavigation(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  return site === null || site === "same-origin" || site === "none";
}
