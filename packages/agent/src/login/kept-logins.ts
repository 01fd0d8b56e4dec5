import { type AgentError, isAgentError } from "../errors.ts";
import type { LoginStore } from "../store/store.ts";
import { factsOf, type LoginFacts } from "./facts.ts";
import { loginNames, readLogin } from "./login.ts";

export interface KeptLogins {
  /** By resource. */
  readonly logins: readonly LoginFacts[];
  /** Why others cannot be read: sealed elsewhere, broken, or open to others. */
  readonly unreadable: readonly AgentError[];
}

/** Every login that the store keeps, without tokens and keys. @throws AgentError store-unsafe for its folder */
export async function keptLogins(store: LoginStore): Promise<KeptLogins> {
  const logins: LoginFacts[] = [];
  const unreadable: AgentError[] = [];
  for (const name of await loginNames(store)) {
    try {
      const login = readLogin(await store.read(name), name);
      if (login) logins.push(factsOf(login));
    } catch (thrown) {
      if (!isAgentError(thrown)) throw thrown;
      unreadable.push(thrown);
    }
  }
  return { logins: logins.toSorted(byResource), unreadable };
}

function byResource(one: LoginFacts, other: LoginFacts): number {
  return one.resource.localeCompare(other.resource) || one.profile.localeCompare(other.profile);
}
