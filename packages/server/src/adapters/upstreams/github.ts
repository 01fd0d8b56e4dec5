import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  fetchProtectedResource,
} from "openid-client";
import { UpstreamRefused } from "../../ports/upstreams.ts";
import { addressOf, nameOf, requireOwnIssuer } from "./answer.ts";
import { domainOf } from "./dialect.ts";
import type { MetadataSource } from "./metadata.ts";
import type { Provider } from "./provider.ts";

interface Email {
  readonly email: string;
  readonly primary: boolean;
  readonly verified: boolean;
}

/** GitHub, which speaks OAuth 2.0 and no OpenID Connect: who somebody is, its API says. */
export function gitHub({ plan, auth, fetch, allowLoopback }: MetadataSource): Provider {
  const site = (plan.issuer ?? "https://github.com").replace(/\/+$/, "");
  const api = apiOf(new URL(site));
  const metadata = {
    // As its own metadata have it (RFC 8414), at /.well-known/oauth-authorization-server/login/oauth.
    issuer: `${site}/login/oauth`,
    authorization_endpoint: `${site}/login/oauth/authorize`,
    token_endpoint: `${site}/login/oauth/access_token`,
  };
  const configuration = new Configuration(metadata, plan.clientId, undefined, auth);
  configuration[customFetch] = fetch;
  if (allowLoopback) allowInsecureRequests(configuration);

  async function ask(path: string, token: string): Promise<unknown> {
    const headers = new Headers({ accept: "application/vnd.github+json" });
    const answer = await fetchProtectedResource(
      configuration,
      token,
      new URL(`${api}${path}`),
      "GET",
      null,
      headers,
    );
    if (!answer.ok) {
      const fault = answer.status >= 500 ? "unreachable" : "answer";
      throw new UpstreamRefused(fault, `The API answers ${answer.status} at ${path}.`);
    }
    return await answer.json().catch((cause) => {
      throw new UpstreamRefused("answer", `The API's answer at ${path} is not JSON.`, cause);
    });
  }

  return {
    async depart(kept, { loginHint, again, maxAge }) {
      const url = buildAuthorizationUrl(configuration, {
        redirect_uri: kept.redirectUri,
        scope: (plan.scopes ?? ["read:user", "user:email"]).join(" "),
        state: kept.state,
        code_challenge: await calculatePKCECodeChallenge(kept.codeVerifier),
        code_challenge_method: "S256",
        ...(loginHint !== undefined && { login: loginHint }),
        ...((again === true || maxAge !== undefined) && { prompt: "select_account" }),
      });
      return url.href;
    },

    async arrive(answer, kept) {
      requireOwnIssuer(metadata, answer);
      const back = new URL(kept.redirectUri);
      back.search = answer.toString();
      const checks = { expectedState: kept.state, pkceCodeVerifier: kept.codeVerifier };
      const { access_token: token } = await authorizationCodeGrant(configuration, back, checks);
      const user = (await ask("/user", token)) as { id?: unknown; name?: unknown; login?: unknown };
      // The number stays; the login can be given up and taken by somebody else.
      if (!Number.isSafeInteger(user?.id))
        throw new UpstreamRefused("answer", "The API does not name the person.");
      const primary = primaryOf(await ask("/user/emails", token));
      const email = addressOf(primary?.email);
      const emailVerified = email !== null && primary?.verified === true && plan.trustsEmail !== false;
      if (plan.domains.length > 0 && !(emailVerified && plan.domains.includes(domainOf(email)))) {
        throw new UpstreamRefused("stranger", "Their domain is none of those that are let in.");
      }
      return {
        subject: String(user.id),
        email,
        emailVerified,
        name: nameOf(user, new URLSearchParams()) ?? nameOf({ name: user.login }, new URLSearchParams()),
        methods: [],
        authenticatedAt: null,
      };
    },
  };
}

/** At github.com, and at a company's own part of ghe.com, a host beside the site; at an Enterprise Server, a path of it. */
function apiOf({ protocol, host, origin }: URL): string {
  const isHosted = host === "github.com" || host.endsWith(".ghe.com");
  return isHosted ? `${protocol}//api.${host}` : `${origin}/api/v3`;
}

/** `email` of /user is what the person shows in public, verified or not; the list says which one is theirs. */
function primaryOf(list: unknown): Email | undefined {
  return Array.isArray(list) ? (list as Email[]).find((entry) => entry?.primary === true) : undefined;
}
