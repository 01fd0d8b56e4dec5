import { isLoopbackHost } from "./web-uri.ts";

export type IssuerFault =
  | "malformed"
  | "scheme"
  | "userinfo"
  | "query"
  | "fragment"
  | "trailing-slash"
  | "spelling";

/**
 * What forbids this text as issuer identifier, or undefined. RFC 8414 §2: https, no query, no fragment. Clients compare
 * it as text, so that it must be spelled as a URL parser prints it, without a final slash.
 * @param rules.loopbackHttp whether http on 127.0.0.1, [::1] or localhost is good enough: a development server.
 */
export function issuerFault(
  issuer: string,
  rules: { readonly loopbackHttp: boolean },
): IssuerFault | undefined {
  if (!URL.canParse(issuer)) return "malformed";
  const url = new URL(issuer);
  if (
    url.protocol !== "https:" &&
    !(url.protocol === "http:" && isLoopbackHost(url.hostname) && rules.loopbackHttp)
  )
    return "scheme";
  if (issuer.includes("@")) return "userinfo";
  if (issuer.includes("#")) return "fragment";
  if (issuer.includes("?")) return "query";
  if (issuer.endsWith("/")) return "trailing-slash";
  if (url.href !== issuer && url.href !== `${issuer}/`) return "spelling";
  return undefined;
}

/**
 * Where a client reads an issuer's metadata, in this order: RFC 8414 §3.1, then OpenID Connect Discovery §4. A last slash of
 * the issuer is no part of the place.
 */
export function metadataUrls(issuer: string): readonly [string, string] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, "");
  return [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
  ];
}

/**
 * Every path at which the metadata documents of an issuer are asked for. RFC 8414 §3.1 inserts the well-known part before
 * the issuer's path; OpenID Connect Discovery §4.1 appends it; clients in the field try both for both documents.
 * For an issuer without a path the two forms are one.
 */
export function wellKnownUrls(issuer: string): {
  readonly authorizationServer: readonly string[];
  readonly openidConfiguration: readonly string[];
} {
  const { origin, pathname } = new URL(issuer);
  const path = pathname === "/" ? "" : pathname;
  const forms = (name: string): readonly string[] => [
    ...new Set([`${origin}/.well-known/${name}${path}`, `${origin}${path}/.well-known/${name}`]),
  ];
  return {
    authorizationServer: forms("oauth-authorization-server"),
    openidConfiguration: forms("openid-configuration"),
  };
}
