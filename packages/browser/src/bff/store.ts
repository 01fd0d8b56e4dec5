import type { Account } from "../session.ts";

/** What the backend keeps for one browser that is signed in. Times in seconds since 1970. */
export interface KeptSession {
  readonly account: Account | undefined;
  readonly scopes: readonly string[];
  readonly requested: readonly string[];
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly idToken: string | undefined;
  /** When the access token is to be replaced; null where the issuer says nothing. */
  readonly staleAt: number | null;
  readonly endsAt: number;
}

/** A sign-in that is under way in one browser. */
export interface KeptSignIn {
  readonly verifier: string;
  readonly nonce: string;
  readonly scope: string;
  readonly returnTo: string;
  readonly maxAge: number | undefined;
  /** The session that it takes the place of: its own cookie does not come back with the issuer's answer. */
  readonly replaces: string | undefined;
  readonly endsAt: number;
}

/**
 * Where a backend keeps sessions. The names are SHA-256s of what the cookies say, so that a copy of the store opens
 * nobody's session; what it holds are tokens all the same. Several processes of a backend share one store.
 */
export interface SessionStore {
  get(name: string): Promise<KeptSession | undefined>;
  set(name: string, session: KeptSession): Promise<void>;
  /** Writes over a session that is there, as one with the look: what was deleted stays so. @returns whether it was there */
  replace(name: string, session: KeptSession): Promise<boolean>;
  delete(name: string): Promise<void>;
  begin(name: string, signIn: KeptSignIn): Promise<void>;
  /** Reads and deletes as one: of any number of calls one sees it. */
  take(name: string): Promise<KeptSignIn | undefined>;
  /**
   * Does the work while no other process does any under this name. Where several processes share a store without it, two
   * of them may use one refresh token, which a strict issuer takes for a theft (RFC 9700 §4.14.2).
   */
  lock?<T>(name: string, work: () => Promise<T>): Promise<T>;
}

const most = 10_000;

/** Of one process, gone with it. It forgets what is over; of sign-ins that nobody ends it holds the newest 10,000. */
export function memoryStore(now: () => number): SessionStore {
  const sessions = new Map<string, KeptSession>();
  const signIns = new Map<string, KeptSignIn>();
  function collect(records: Map<string, { readonly endsAt: number }>): void {
    for (const [name, { endsAt }] of records) if (endsAt <= now()) records.delete(name);
  }
  return {
    get: async (name) => sessions.get(name),
    async set(name, session) {
      collect(sessions);
      sessions.set(name, session);
    },
    async replace(name, session) {
      return sessions.has(name) && !!sessions.set(name, session);
    },
    async delete(name) {
      sessions.delete(name);
    },
    async begin(name, signIn) {
      collect(signIns);
      const [oldest] = signIns.keys();
      if (signIns.size >= most && oldest !== undefined) signIns.delete(oldest);
      signIns.set(name, signIn);
    },
    async take(name) {
      const found = signIns.get(name);
      signIns.delete(name);
      return found;
    },
  };
}
