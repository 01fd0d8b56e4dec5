import type { Store } from "../ports/store.ts";
import type { Given } from "./given.ts";
import { accountNamed } from "./known.ts";

/** The account that --account names; undefined without that option. @throws UsageError when there is none */
export async function accountIdOf(store: Store, given: Given): Promise<string | undefined> {
  const typed = given.text("account");
  return typed === undefined ? undefined : (await accountNamed(store, typed)).id;
}
