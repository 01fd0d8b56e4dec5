import type { Permission } from "../../records/grant.ts";

/** Whether the person let the client in for longer than the browser's session: OpenID Connect Core §11. */
export function isOffline(permissions: readonly Permission[]): boolean {
  return permissions.some(({ scopes }) => scopes.includes("offline_access"));
}
