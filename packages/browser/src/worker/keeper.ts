import { SignInError } from "../errors.ts";
import type { Duties, Duty, Question } from "../messages.ts";
import { idTokenAccount } from "../oauth/id-token.ts";
import { post, requireTokens } from "../oauth/token-endpoint.ts";
import { keyOf } from "../options.ts";
import { authorization } from "./authorize.ts";
import { type Held, shown, tokensOf } from "./held.ts";
import { plain } from "./plain-error.ts";
import { begin, finish } from "./sign-in.ts";

type Doing = { [D in Duty]: (question: Question<D>) => Promise<ReturnType<Duties[D]>> };

/**
 * Holds the tokens of every client of this origin, in memory and nowhere else, and does for pages what needs them.
 * @param holding what is held, by the client's key
 * @param tell says that somebody signed in or out; it is told the client's key and nothing more
 */
export function keeper(holding: Map<string, Held>, tell: (key: string) => void): Doing {
  /** The refresh under way of each client: whoever comes meanwhile waits for the same one. */
  const renewing = new Map<string, Promise<Held>>();

  function held({ client }: Question): Held | undefined {
    return holding.get(keyOf(client));
  }

  function drop(key: string): void {
    if (holding.delete(key)) tell(key);
  }

  function renewed(before: Held): Promise<Held> {
    const key = keyOf(before.client);
    const going = renewing.get(key) ?? renew(key, before).finally(() => renewing.delete(key));
    renewing.set(key, going);
    return going;
  }

  async function renew(key: string, before: Held): Promise<Held> {
    const { client, metadata, refreshToken, account } = before;
    try {
      if (refreshToken === undefined) gone();
      const form = {
        grant_type: "refresh_token",
        client_id: client.clientId,
        refresh_token: refreshToken,
        resource: client.resource,
      };
      const answer = requireTokens(
        await post(metadata.token_endpoint, form, { key: before.key }),
        !!before.key,
      );
      const { issuer, clientId } = client;
      if (answer.id_token && account)
        idTokenAccount(answer.id_token, { issuer, clientId, subject: account.sub });
      const after = { ...before, ...tokensOf(answer, before) };
      // Signed out, or in anew, while the answer was on its way: that counts, not this.
      if (holding.get(key) === before) holding.set(key, after);
      else if (!holding.has(key)) await revoke(after);
      return holding.get(key) ?? gone();
    } catch (thrown) {
      if (thrown instanceof SignInError && thrown.code === "signed_out" && holding.get(key) === before)
        drop(key);
      throw thrown;
    }
  }

  return {
    async session(question) {
      const found = held(question);
      return found && shown(found);
    },

    begin: ({ client, given }) => begin(client, given, holding.get(keyOf(client))),

    async finish({ client, given }) {
      const { held: found, error, returnTo } = await finish(client, given);
      if (!found) return { returnTo, error: error && plain(error) };
      holding.set(keyOf(client), found);
      tell(keyOf(client));
      return { returnTo, session: shown(found) };
    },

    async authorize(question) {
      const { given } = question;
      let found = held(question) ?? gone();
      const isRefused = given.refused?.endsWith(` ${found.accessToken}`) === true;
      if (isRefused || performance.now() >= found.staleAt) found = await renewed(found);
      return authorization(found, given);
    },

    async signOut(question) {
      const found = held(question);
      if (!found) return undefined;
      drop(keyOf(found.client));
      await revoke(found);
      return endSession(found, question.given);
    },
  };
}

/** RFC 7009 §2: the refresh token, with which its access tokens go. Without an answer it is forgotten all the same. */
async function revoke({ metadata, client, refreshToken, accessToken }: Held): Promise<void> {
  if (!metadata.revocation_endpoint) return;
  const token = refreshToken ?? accessToken;
  await post(metadata.revocation_endpoint, { token, client_id: client.clientId }).catch(() => undefined);
}

/** OpenID Connect RP-Initiated Logout §2. */
function endSession({ metadata, client, idToken }: Held, redirectUri: string | undefined) {
  if (!metadata.end_session_endpoint) return undefined;
  const url = new URL(metadata.end_session_endpoint);
  url.searchParams.set("client_id", client.clientId);
  if (idToken) url.searchParams.set("id_token_hint", idToken);
  if (redirectUri) url.searchParams.set("post_logout_redirect_uri", redirectUri);
  return url.href;
}

function gone(): never {
  throw new SignInError("signed_out", "Nobody is signed in.");
}
