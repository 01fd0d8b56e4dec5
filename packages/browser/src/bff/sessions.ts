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

  async function renew({ name, session }: Open): Promise<KeptSession> {
    try {
      if (session.refreshToken === undefined) throw new SignInError("signed_out", "The sign-in is over.");
      const renewed = await issuer.renew(session);
      // Signed out while the answer was on its way: that counts.
      if (await store.get(name)) await store.set(name, renewed);
      return renewed;
    } catch (thrown) {
      if (thrown instanceof SignInError && thrown.code === "signed_out") await store.delete(name);
      throw thrown;
    }
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
    async fresh(open: Open, refused?: string): Promise<Open> {
      const { name } = open;
      const { accessToken, staleAt } = (await store.get(name)) ?? open.session;
      const isStale = staleAt !== null && staleAt <= now();
      const isRefused = accessToken === refused;
      if (!isStale && !isRefused) return { name, session: { ...open.session, accessToken } };
      const going = renewing.get(name) ?? renew(open).finally(() => renewing.delete(name));
      renewing.set(name, going);
      return { name, session: await going };
    },
  };
}
