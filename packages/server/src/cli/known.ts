import { nearest } from "../config/fault.ts";
import { allRoles } from "../operations/allowances.ts";
import type { Store } from "../ports/store.ts";
import type { Account } from "../records/account.ts";
import type { Client } from "../records/client.ts";
import type { Resource } from "../records/resource.ts";
import type { Given } from "./given.ts";
import { UsageError } from "./usage-error.ts";

/** The account of the operand. @throws UsageError that says where to look */
export function requireAccount(store: Store, given: Given): Promise<Account> {
  return accountNamed(store, given.operand);
}

/** The account of an email address or an id. @throws UsageError that says where to look */
export async function accountNamed(store: Store, typed: string): Promise<Account> {
  const account =
    (await store.accounts.findByEmail(typed.toLowerCase())) ?? (await store.accounts.find(typed));
  if (account) return account;
  const all = (await store.accounts.list()).map((one) => one.email);
  throw unknown("account", typed, all);
}

/** The client of the operand: one of our own records, not a metadata document. */
export async function requireClient(store: Store, given: Given): Promise<Client> {
  const client = await store.clients.find(given.operand);
  if (client) return client;
  throw await unknownClient(store, given);
}

export async function unknownClient(store: Store, given: Given): Promise<UsageError> {
  const all = (await store.clients.list()).map(({ id }) => id);
  return unknown("client", given.operand, all);
}

export async function requireResource(store: Store, given: Given): Promise<Resource> {
  const resource = await store.resources.find(given.operand);
  if (resource) return resource;
  throw unknown(
    "resource",
    given.operand,
    (await store.resources.list()).map(({ identifier }) => identifier),
  );
}

/** Notes each role that does not exist. */
export async function requireRoles(
  store: Store,
  given: Given,
  option: string,
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return;
  const known = (await allRoles(store.roles)).map(({ name }) => name);
  for (const name of names.filter((one) => !known.includes(one)))
    given.refuse(
      option,
      `there is no such role; there are ${known.join(", ")}; valetkey role add makes one`,
      name,
    );
}

function unknown(noun: string, typed: string, all: readonly string[]): UsageError {
  const meant = nearest(typed, all);
  const hint = meant === undefined ? `valetkey ${noun} list shows all ${all.length}.` : `Is ${meant} meant?`;
  return new UsageError([`There is no ${noun} ${JSON.stringify(typed.slice(0, 200)).slice(1, -1)}. ${hint}`]);
}
