import type { ResourceStore, RoleStore, Store } from "../../ports/store.ts";
import { remembered } from "./remembered.ts";

/** Milliseconds after which what another process changed is seen: the command line promises a second. */
const usualSpan = 500;

/**
 * For a database that cannot tell cheaply whether anything changed: remembers, for a moment, what every token asks and
 * hardly ever changes, resources and roles. What this process itself changes is seen at once. Nothing that a revocation
 * rests on is remembered.
 */
export function rememberingStore(store: Store, span: number = usualSpan): Store {
  return { ...store, resources: resources(store.resources, span), roles: roles(store.roles, span) };
}

function resources(store: ResourceStore, span: number): ResourceStore {
  const all = remembered(() => store.list(), span);
  return {
    list: all.read,
    find: async (identifier) => (await all.read()).find((resource) => resource.identifier === identifier),
    add: (resource) => all.forgetAfter(store.add(resource)),
    replace: (resource, seen) => all.forgetAfter(store.replace(resource, seen)),
    remove: (identifier) => all.forgetAfter(store.remove(identifier)),
  };
}

function roles(store: RoleStore, span: number): RoleStore {
  const all = remembered(() => store.list(), span);
  return {
    list: all.read,
    put: (role, seen) => all.forgetAfter(store.put(role, seen)),
    remove: (name) => all.forgetAfter(store.remove(name)),
  };
}
