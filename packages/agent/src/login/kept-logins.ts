import type { LoginStore } from "../store/store.ts";
import { factsOf, type LoginFacts } from "./facts.ts";
import { allLogins } from "./login.ts";

/** Every login that the store keeps, without tokens and keys. @throws AgentError of the store */
export async function keptLogins(store: LoginStore): Promise<readonly LoginFacts[]> {
  return (await allLogins(store)).map(factsOf);
}
