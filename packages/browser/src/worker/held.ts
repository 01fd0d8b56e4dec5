import { words } from "../oauth/authorization.ts";
import type { Metadata } from "../oauth/discovery.ts";
import type { ProofKey } from "../oauth/proof-key.ts";
import { post, requireTokens, type TokenResponse } from "../oauth/token-endpoint.ts";
import type { ClientFacts } from "../options.ts";
import type { Account, SignedIn } from "../session.ts";

/** What the worker holds for one client. Nothing of it but {@link shown} and the access token goes to a page. */
export interface Held {
  readonly client: ClientFacts;
  readonly metadata: Metadata;
  readonly key: ProofKey | undefined;
  readonly account: Account | undefined;
  readonly idToken: string | undefined;
  /** What the next sign-in asks for again, so that nothing is lost at a step-up. */
  readonly requested: readonly string[];
  readonly scopes: readonly string[];
  readonly accessToken: string;
  /**
   * When to fetch the next one, a little before its end since the way to the API takes time: milliseconds of a clock that
   * nobody can set. Infinity where the issuer says nothing. What it says is a hint (OAuth 2.1 §3.2.3): a 401 decides.
   */
  readonly staleAt: number;
  readonly refreshToken: string | undefined;
}

/** What a page may know of it. */
export function shown({ account, scopes }: Held): SignedIn {
  return { status: "signed-in", account, scopes };
}

/** Asks for tokens. @throws SignInError as `post`, "issuer" for tokens of another kind */
export async function tokensFor(
  { client, metadata, key }: Pick<Held, "client" | "metadata" | "key">,
  grant: Readonly<Record<string, string | undefined>>,
): Promise<TokenResponse> {
  const { clientId, resource } = client;
  const form = { ...grant, client_id: clientId, resource };
  return requireTokens(await post(metadata.token_endpoint, form, { key }), !!key);
}

/** RFC 6749 §5.1, §6: what a token answer changes. A new refresh token replaces the old; where none comes the old stays. */
export function tokensOf(
  answer: TokenResponse,
  before: Pick<Held, "scopes"> & Partial<Pick<Held, "refreshToken" | "idToken">>,
) {
  const { access_token, expires_in, refresh_token, scope, id_token } = answer;
  const lifetime = Number(expires_in) * 1000;
  return {
    accessToken: access_token,
    staleAt:
      performance.now() +
      (lifetime > 0 ? Math.max(lifetime - 15_000, lifetime / 2) : Number.POSITIVE_INFINITY),
    refreshToken: refresh_token ?? before.refreshToken,
    scopes: typeof scope === "string" ? words(scope) : before.scopes,
    idToken: id_token ?? before.idToken,
  };
}
