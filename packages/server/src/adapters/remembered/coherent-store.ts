import type { Store } from "../../ports/store.ts";
import type { Account } from "../../records/account.ts";
import type { Client } from "../../records/client.ts";
import type { ClientDocument } from "../../records/client-document.ts";
import type { Grant } from "../../records/grant.ts";
import type { Resource } from "../../records/resource.ts";
import type { Role } from "../../records/role.ts";
import { RememberedRows } from "./rows.ts";

/** Says another number whenever a committed row of the tables may have changed, whoever changed it. */
export type VersionOf = (...tables: readonly string[]) => () => number;

/**
 * A store that remembers what nearly every token asks again: clients, accounts, grants, roles, resources. Each answer is
 * the one that a read at that moment would give. docs/decisions/0009-remembered-rows.md
 */
export function coherentStore<S extends Store>(store: S, versionOf: VersionOf): S {
  const { accounts, clients, documents, grants, resources, roles } = store;
  const ofAccounts = new RememberedRows<string, Account | undefined>(versionOf("account"));
  const ofClients = new RememberedRows<string, Client | undefined>(versionOf("client"));
  const ofDocuments = new RememberedRows<string, ClientDocument | undefined>(versionOf("client_document"));
  const ofGrants = new RememberedRows<number, Grant | undefined>(versionOf("access_grant", "permission"));
  const ofResources = new RememberedRows<string, Resource | undefined>(versionOf("resource"));
  const allResources = new RememberedRows<"all", readonly Resource[]>(versionOf("resource"));
  const allRoles = new RememberedRows<"all", readonly Role[]>(versionOf("role"));
  return {
    ...store,
    accounts: { ...accounts, find: (id) => ofAccounts.find(id, () => accounts.find(id)) },
    clients: { ...clients, find: (id) => ofClients.find(id, () => clients.find(id)) },
    documents: { ...documents, find: (url) => ofDocuments.find(url, () => documents.find(url)) },
    grants: { ...grants, find: (id) => ofGrants.find(id, () => grants.find(id)) },
    resources: {
      ...resources,
      find: (identifier) => ofResources.find(identifier, () => resources.find(identifier)),
      list: () => allResources.find("all", () => resources.list()),
    },
    roles: { ...roles, list: () => allRoles.find("all", () => roles.list()) },
  };
}
