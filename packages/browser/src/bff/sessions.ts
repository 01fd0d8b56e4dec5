import { SignInError } from "../errors.ts";
import { sha256 } from "../oauth/encoding.ts";
import { readCookie } from "./cookies.ts";
import type { issuerOf } from "./issuer.ts";
import type { BffSettings } from "./options.ts";
import type { KeptSession } from "./store.ts";

/** A session that is open, and its name in the store. */
export interface Open {
  readonly name: string;
  readonly session: KeptSession;
}

/** Finds and renews sessions. */
export function sessionsOf({ store, now }: BffSettings, issuer: ReturnType<typeof issuerOf>) {
  /** The refresh under way of each session: whoever comes meanwhile waits for the same one. */
  const renewing = new Map<string, Promise<KeptSession>>();

  /** @throws SignInError "signed_out" */
  async function current(name: string): Promise<KeptSession> {
    const session = await store.get(name);
    return session && session.endsAt > now() ? session : gone();
  }

  function isDue({ accessToken, staleAt }: KeptSession, refused: string | undefined): boolean {
    return accessToken === refused || (staleAt !== null && staleAt <= now());
  }

  async function renew(name: string, refused: string | undefined): Promise<KeptSession> {
    // Read here, and not by whoever asks: a refresh token that another spent meanwhile is not shown again.
    const before = await current(name);
    if (!isDue(before, refused)) return before;
    const renewed = await issuer.renew(before).catch((thrown) => over(thrown, name, before));
    if (renewed === undefined) return current(name);
    if (await store.replace(name, renewed)) return renewed;
    // Signed out while the answer was on its way: that counts, and what came ends as well.
    await issuer.revoke(renewed).catch(() => undefined);
    return gone();
  }

  /** The issuer's no ends the session, unless another process has renewed it since. */
  async function over(thrown: unknown, name: string, before: KeptSession): Promise<undefined> {
    if (!(thrown instanceof SignInError && thrown.code === "signed_out")) throw thrown;
    const since = await store.get(name);
    if (since && since.refreshToken !== before.refreshToken) return;
    await store.delete(name);
    throw thrown;
  }

  return {
    async find(request: Request): Promise<Open | undefined> {
      const cookie = readCookie(request, "session");
      if (cookie === undefined) return undefined;
      const name = await sha256(cookie);
      const session = await store.get(name);
      return session && session.endsAt > now() ? { name, session } : undefined;
    },

    /** With an access token that still counts, another than the refused one. @throws SignInError */
    async fresh(name: string, refused?: string): Promise<KeptSession> {
      const session = await current(name);
      if (!isDue(session, refused)) return session;
      const work = () => renew(name, refused);
      const going =
        renewing.get(name) ??
        (store.lock ? store.lock(name, work) : work()).finally(() => renewing.delete(name));
      renewing.set(name, going);
      return going;
    },
  };
}

function gone(): never {
  throw new SignInError("signed_out", "Nobody is signed in.");
}
