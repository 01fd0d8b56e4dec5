import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
} from "openid-client";
import { type Arrival, UpstreamRefused } from "../../ports/upstreams.ts";
import { addressOf, nameOf, requireOwnIssuer } from "./answer.ts";
import { type Claims, type Dialect, dialects } from "./dialect.ts";
import { refusalOf } from "./faults.ts";
import type { MetadataSource } from "./metadata.ts";
import { metadataOf } from "./metadata.ts";
import type { UpstreamPlan } from "./plan.ts";
import type { Provider } from "./provider.ts";

type OpenIdPlan = UpstreamPlan & { readonly kind: keyof typeof dialects };

/** An OpenID Provider: code flow, PKCE, nonce, iss. OpenID Connect Core §3.1, RFC 9700 §2.1 */
export function openIdProvider(plan: OpenIdPlan, source: MetadataSource): Provider {
  const dialect = dialects[plan.kind];
  const metadata = metadataOf(source);
  return {
    async depart(kept, wants) {
      const url = buildAuthorizationUrl(await metadata(), {
        redirect_uri: kept.redirectUri,
        scope: (plan.scopes ?? dialect.scopes).join(" "),
        state: kept.state,
        nonce: kept.nonce,
        code_challenge: await calculatePKCECodeChallenge(kept.codeVerifier),
        code_challenge_method: "S256",
        ...dialect.parameters(wants),
      });
      return url.href;
    },

    async arrive(answer, kept) {
      const configuration = await metadata();
      requireOwnIssuer(configuration.serverMetadata(), answer);
      const back = new URL(kept.redirectUri);
      back.search = answer.toString();
      const tokens = await authorizationCodeGrant(configuration, back, {
        expectedState: kept.state,
        expectedNonce: kept.nonce,
        pkceCodeVerifier: kept.codeVerifier,
        idTokenExpected: true,
      });
      const idToken = tokens.claims();
      if (!idToken) throw new UpstreamRefused("answer", "There is no ID token.");
      const claims: Claims = { ...(await more(configuration, tokens.access_token, idToken)), ...idToken };
      return arrivalOf(plan, dialect, claims, answer);
    },
  };
}

/** Many providers give the address at userinfo only. Who signs in does not depend on it, so that it may fail. */
async function more(configuration: Configuration, token: string, idToken: Claims): Promise<Partial<Claims>> {
  const { userinfo_endpoint: endpoint } = configuration.serverMetadata();
  if (endpoint === undefined || idToken.email !== undefined) return {};
  try {
    // OpenID Connect Core §5.3.4: whose it is must be who signed in, or a token was put in another's place.
    return await fetchUserInfo(configuration, token, idToken.sub);
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (refusal instanceof UpstreamRefused && refusal.fault === "unreachable") return {};
    throw thrown;
  }
}

function arrivalOf(plan: OpenIdPlan, dialect: Dialect, claims: Claims, answer: URLSearchParams): Arrival {
  const subject = dialect.subjectOf(claims);
  if (subject === undefined) throw new UpstreamRefused("answer", "The ID token does not name the person.");
  if (plan.domains.length > 0 && !dialect.isOf(plan.domains, claims)) {
    throw new UpstreamRefused("stranger", "Their domain is none of those that are let in.");
  }
  const email = addressOf(claims.email);
  const isVerified =
    plan.trustsEmail === null ? dialect.ownsEmail(claims) : plan.trustsEmail && isSaidVerified(plan, claims);
  return {
    subject,
    email,
    emailVerified: email !== null && isVerified,
    name: nameOf(claims, answer),
    methods: methodsOf(claims.amr),
    authenticatedAt: typeof claims.auth_time === "number" ? claims.auth_time : null,
  };
}

/** Microsoft has no such claim: an operator who trusts its addresses trusts the tenant's administrator. */
function isSaidVerified({ kind }: OpenIdPlan, { email_verified: claim }: Claims): boolean {
  return kind === "microsoft" || claim === true || (claim as unknown) === "true";
}

/** Words in the form of RFC 8176 §2; what else an upstream writes there is not ours to pass on. */
function methodsOf(amr: unknown): readonly string[] {
  if (!Array.isArray(amr)) return [];
  const words = amr.filter((method) => typeof method === "string");
  return words.filter((method) => /^[a-z0-9_.:-]{1,32}$/i.test(method)).slice(0, 10);
}
