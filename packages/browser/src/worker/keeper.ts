import { SignInError } from "../errors.ts";
import type { Duties, Duty, Question } from "../messages.ts";
import { endSessionUrl } from "../oauth/end-session.ts";
import { idTokenAccount } from "../oauth/id-token.ts";
import { credentials } from "../oauth/request.ts";
import { post } from "../oauth/token-endpoint.ts";
import { keyOf } from "../options.ts";
import { type Held, shown, tokensFor, tokensOf } from "./held.ts";
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
    const { client, refreshToken, account } = before;
    try {
      if (refreshToken === undefined) gone();
      const answer = await tokensFor(before, { grant_type: "refresh_token", refresh_token: refreshToken });
      if (answer.id_token && account) idTokenAccount(answer.id_token, { ...client, subject: account.sub });
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
      if (!found) return { returnTo, error };
      holding.set(keyOf(client), found);
      tell(keyOf(client));
      return { returnTo, session: shown(found) };
    },

    async authorize(question) {
      const { given } = question;
      let found = held(question) ?? gone();
      const isRefused = given.refused?.endsWith(` ${found.accessToken}`) === true;
      if (isRefused || performance.now() >= found.staleAt) found = await renewed(found);
      return credentials(found, given);
    },

    async signOut(question) {
      const found = held(question);
      if (!found) return undefined;
      drop(keyOf(found.client));
      await revoke(found);
      const { metadata, client, idToken } = found;
      return endSessionUrl(metadata, client.clientId, idToken, question.given);
    },
  };
}

/** RFC 7009 §2: the refresh token, with which its access tokens go. Without an answer it is forgotten all the same. */
async function revoke({ metadata, client, refreshToken, accessToken }: Held): Promise<void> {
  if (!metadata.revocation_endpoint) return;
  const token = refreshToken ?? accessToken;
  await post(metadata.revocation_endpoint, { token, client_id: client.clientId }).catch(() => undefined);
}

function gone(): never {
  throw new SignInError("signed_out", "Nobody is signed in.");
}
