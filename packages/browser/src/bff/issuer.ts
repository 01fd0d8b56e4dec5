import { SignInError } from "../errors.ts";
import type { SignInRequest } from "../messages.ts";
import { authorizationRequest, codeOf, isOpenId, words } from "../oauth/authorization.ts";
import { discover, type Metadata } from "../oauth/discovery.ts";
import { utf8 } from "../oauth/encoding.ts";
import { endSessionUrl } from "../oauth/end-session.ts";
import { idTokenAccount } from "../oauth/id-token.ts";
import { post, requireTokens, type TokenResponse } from "../oauth/token-endpoint.ts";
import { userInfo } from "../oauth/user-info.ts";
import type { BffSettings } from "./options.ts";
import type { KeptSession, KeptSignIn } from "./store.ts";

/** What the backend asks of the issuer. All of it throws SignInError. */
export function issuerOf(settings: BffSettings) {
  const { issuer, clientId, clientSecret, redirectUri, resource, scope, now } = settings;
  const client = { issuer, clientId, redirectUri, scope, resource };
  let known: { readonly metadata: Promise<Metadata>; readonly until: number } | undefined;

  function metadata(): Promise<Metadata> {
    if (known && known.until > now()) return known.metadata;
    const asked = discover(issuer);
    known = { metadata: asked, until: now() + 600 };
    asked.catch(() => {
      known = undefined;
    });
    return asked;
  }

  /** RFC 6749 §2.3.1: each part form-encoded before the two are joined. */
  const encoded = (text: string) => new URLSearchParams({ "": text }).toString().slice(1);
  const headers =
    clientSecret === undefined
      ? undefined
      : {
          authorization: `Basic ${btoa(String.fromCharCode(...utf8(`${encoded(clientId)}:${encoded(clientSecret)}`)))}`,
        };
  const sent = (url: string, form: Readonly<Record<string, string | undefined>>) =>
    post(url, { ...form, client_id: clientSecret === undefined ? clientId : undefined }, { headers });

  function tokens(answer: TokenResponse, before: Pick<KeptSession, "scopes" | "refreshToken" | "idToken">) {
    const lifetime = Number(answer.expires_in);
    return {
      accessToken: answer.access_token,
      refreshToken: answer.refresh_token ?? before.refreshToken,
      idToken: answer.id_token ?? before.idToken,
      scopes: typeof answer.scope === "string" ? words(answer.scope) : before.scopes,
      staleAt: lifetime > 0 ? now() + lifetime - Math.min(15, lifetime / 2) : null,
    };
  }

  /** RFC 7009. Without an answer it is forgotten all the same. */
  async function revoke({ refreshToken, accessToken }: KeptSession): Promise<void> {
    const { revocation_endpoint } = await metadata();
    if (revocation_endpoint)
      await sent(revocation_endpoint, { token: refreshToken ?? accessToken }).catch(() => undefined);
  }

  return {
    revoke,

    async ask(request: SignInRequest, requested: readonly string[]) {
      return await authorizationRequest({ client, metadata: await metadata(), request, requested });
    },

    async redeem(answer: Readonly<Record<string, string>>, begun: KeptSignIn): Promise<KeptSession> {
      const found = await metadata();
      const form = {
        grant_type: "authorization_code",
        code: codeOf(answer, found),
        code_verifier: begun.verifier,
        redirect_uri: redirectUri,
        resource,
      };
      const got = requireTokens(await sent(found.token_endpoint, form), false);
      const requested = words(begun.scope);
      const { nonce, maxAge } = begun;
      const account = isOpenId(begun.scope)
        ? idTokenAccount(got.id_token ?? "", { issuer, clientId, nonce, maxAge })
        : undefined;
      const of = tokens(got, { scopes: requested, refreshToken: undefined, idToken: undefined });
      const endsAt = now() + settings.sessionSeconds;
      return { ...of, requested, endsAt, account: await userInfo({ ...of, metadata: found, account }) };
    },

    async renew(session: KeptSession): Promise<KeptSession> {
      if (session.refreshToken === undefined) throw new SignInError("signed_out", "The sign-in is over.");
      const { token_endpoint } = await metadata();
      const form = { grant_type: "refresh_token", refresh_token: session.refreshToken, resource };
      const got = requireTokens(await sent(token_endpoint, form), false);
      if (got.id_token && session.account) {
        idTokenAccount(got.id_token, { issuer, clientId, subject: session.account.sub });
      }
      return { ...session, ...tokens(got, session) };
    },

    /** RFC 7009, and where the person signs out at the issuer, if it has such a place. */
    async end(session: KeptSession): Promise<string | undefined> {
      const found = await metadata();
      await revoke(session);
      return endSessionUrl(found, clientId, session.idToken, settings.postLogoutRedirectUri);
    },
  };
}
