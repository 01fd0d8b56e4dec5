import type { Settings } from "../ports/settings.ts";
import type { Store } from "../ports/store.ts";
import type { Account } from "../records/account.ts";
import type { CountedWays } from "../records/way-in.ts";

/** One thing by which a person can sign in, by itself. */
export interface WayIn {
  readonly kind: "password" | "passkey" | "email" | "upstream";
  /** Of the passkey, or of the upstream provider. */
  readonly id?: string;
}

/** What the server offers today. */
export interface Offered {
  readonly signIn: Pick<Settings["signIn"], "password" | "passkeys" | "email">;
  readonly canMail: boolean;
  /** The upstream providers that are switched on. */
  readonly upstreams: readonly string[];
}

/**
 * Everything by which the person can sign in today. Whoever takes one of them away sees to it that another is left: a person
 * must not be able to lock themselves out with one click.
 */
export async function waysLeft(
  store: Pick<Store, "passkeys" | "identities">,
  { id, passwordHash, emailVerified }: Account,
  { signIn, canMail, upstreams }: Offered,
): Promise<readonly WayIn[]> {
  const [passkeys, identities] = await Promise.all([store.passkeys.listOf(id), store.identities.listOf(id)]);
  return [
    ...(signIn.password && passwordHash !== null ? [{ kind: "password" } as const] : []),
    ...(signIn.email && canMail && emailVerified ? [{ kind: "email" } as const] : []),
    ...(signIn.passkeys ? passkeys.map((passkey) => ({ kind: "passkey", id: passkey.id }) as const) : []),
    ...identities
      .filter(({ upstream }) => upstreams.includes(upstream))
      .map(({ upstream }) => ({ kind: "upstream", id: upstream }) as const),
  ];
}

/** The same for the store, which judges by it what may be taken away. */
export function countedWays({ signIn, canMail, upstreams }: Offered): CountedWays {
  return {
    password: signIn.password,
    email: signIn.email && canMail,
    passkeys: signIn.passkeys,
    upstreams,
  };
}
