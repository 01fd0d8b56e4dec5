import type { IDToken, UserInfoResponse } from "openid-client";
import type { UpstreamKind, Wants } from "../../ports/upstreams.ts";
import type { UpstreamPlan } from "./plan.ts";

/** All that an OpenID Provider said of a person; the ID token's claims outrank those of userinfo. */
export type Claims = IDToken & Partial<UserInfoResponse>;

/** How one provider differs from what OpenID Connect says. */
export interface Dialect {
  readonly scopes: readonly string[];
  /** What stands in the authorization request beside what must. */
  parameters(wants: Wants): Readonly<Record<string, string>>;
  /** Names a person for good; undefined when the claims do not. */
  subjectOf(claims: Claims): string | undefined;
  /** Whether the claims prove that the address is the person's, where the operator did not decide it. */
  ownsEmail(claims: Claims): boolean;
  /** Whether they are of one of these domains. */
  isOf(domains: readonly string[], claims: Claims): boolean;
}

/** OpenID Connect Core §3.1.2.1, in full. */
function standard({ loginHint, again, maxAge, uiLocales }: Wants): Record<string, string> {
  return {
    ...(loginHint !== undefined && { login_hint: loginHint }),
    ...(again === true && { prompt: "login" }),
    ...(maxAge !== undefined && { max_age: String(maxAge) }),
    ...(uiLocales !== undefined && { ui_locales: uiLocales }),
  };
}

const oidc: Dialect = {
  scopes: ["openid", "email", "profile"],
  parameters: standard,
  subjectOf: ({ sub }) => sub,
  // Whoever runs a provider may write what they like there: that it is believed, the operator says (trust_email).
  ownsEmail: () => false,
  isOf: (domains, claims) => isTrue(claims.email_verified) && domains.includes(domainOf(claims.email)),
};

const google: Dialect = {
  ...oidc,
  // "login" is an error there, and so is max_age: choosing the account anew is the most that can be asked for.
  parameters: ({ loginHint, again, maxAge, uiLocales }) => ({
    ...standard({ loginHint }),
    ...((again === true || maxAge !== undefined) && { prompt: "select_account" }),
    ...(uiLocales !== undefined && { hl: uiLocales.split(" ", 1)[0] ?? "" }),
  }),
  // Google vouches for its own addresses and those of its customers' domains. A Google account may have been opened with
  // any address, verified once and long since somebody else's.
  ownsEmail: (claims) =>
    isTrue(claims.email_verified) &&
    (domainOf(claims.email) === "gmail.com" || typeof claims.hd === "string"),
  isOf: (domains, { hd }) => typeof hd === "string" && domains.includes(hd.toLowerCase()),
};

const microsoft: Dialect = {
  ...oidc,
  // `sub` is another one for each client_id; tenant and object id are the person's own and stay.
  subjectOf: ({ tid, oid }) =>
    typeof tid === "string" && typeof oid === "string" ? `${tid}.${oid}` : undefined,
  // The administrator of any tenant may write any address into `email`. Only xms_edov says that its domain is theirs.
  ownsEmail: ({ xms_edov }) => isTrue(xms_edov) || xms_edov === 1 || xms_edov === "1",
  isOf: (domains, claims) => microsoft.ownsEmail(claims) && domains.includes(domainOf(claims.email)),
};

const apple: Dialect = {
  ...oidc,
  scopes: ["openid", "email", "name"],
  // With any scope Apple answers by a form from its own site only.
  parameters: () => ({ response_mode: "form_post" }),
  ownsEmail: ({ email_verified }) => isTrue(email_verified),
};

export const dialects: Readonly<Record<Exclude<UpstreamKind, "github">, Dialect>> = {
  oidc,
  google,
  microsoft,
  apple,
};

/** Where the metadata of an OpenID Provider is found; Apple's is written down in `metadata.ts`. */
export function issuerOf({ kind, issuer, tenant }: UpstreamPlan): string {
  if (issuer !== null) return issuer;
  if (kind === "google") return "https://accounts.google.com";
  if (kind === "apple") return "https://appleid.apple.com";
  return `https://login.microsoftonline.com/${tenant}/v2.0`;
}

/** Apple writes its booleans as text. */
export function isTrue(claim: unknown): boolean {
  return claim === true || claim === "true";
}

export function domainOf(email: unknown): string {
  return typeof email === "string" ? email.slice(email.lastIndexOf("@") + 1).toLowerCase() : "";
}
