import { OAuthError } from "@valetkey/protocol/errors";
import type { Story } from "../ports/story.ts";
import type { Client } from "../records/client.ts";
import type { DeviceAuthorization } from "../records/device-authorization.ts";
import { type Permission, rememberedOf } from "../records/grant.ts";
import type { Instant } from "../records/instant.ts";
import { scopesOf, withinRoles } from "../tokens/entitlement.ts";
import { askedPermissions } from "../tokens/target.ts";
import { type InteractionContext, requireWithinClient, type SignedIn } from "./authorization.ts";

/** A device that waits, judged against the person as they stand now. */
export interface DeviceRequest {
  readonly device: DeviceAuthorization;
  readonly client: Client;
  readonly person: SignedIn;
  /** What may be granted: asked, and within the person's roles. */
  readonly permitted: readonly Permission[];
  /** Whether the server knows that it is this client and no other that asks. */
  readonly isProven: boolean;
  /** What this client already holds of this person and they are not asked again. */
  readonly granted: readonly Permission[];
}

/**
 * What a device asks for, by resource: judged when it asks, and each time anew when a person looks at it.
 * @throws invalid_scope, invalid_target
 */
export async function askedByDevice(
  { store, settings }: Pick<InteractionContext, "store" | "settings">,
  client: Client,
  { scopes, resources }: Pick<DeviceAuthorization, "scopes" | "resources">,
  story: Story,
): Promise<readonly Permission[]> {
  const asked = { scopes: scopes ?? undefined, resources };
  const permissions = askedPermissions(asked, await store.resources.list(), "people", settings, story);
  requireWithinClient(permissions, { client });
  return permissions;
}

/** @throws access_denied "scope.beyond-role" when no role of the person allows anything of it */
export async function judgeDevice(
  context: Pick<InteractionContext, "store" | "settings">,
  device: DeviceAuthorization,
  client: Client,
  person: SignedIn,
  story: Story,
  now: Instant,
): Promise<DeviceRequest> {
  const { store, settings } = context;
  const { account } = person;
  const asked = await askedByDevice(context, client, device, story);
  const permitted = withinRoles(asked, account, await store.roles.list(), settings.issuer);
  const lost = scopesOf(asked).filter((scope) => !scopesOf(permitted).includes(scope));
  if (lost.length > 0) story.says(`Beyond the person's roles: ${lost.join(" ")}.`);
  if (lost.length > 0 && permitted.every(({ resource }) => resource === settings.issuer)) {
    throw new OAuthError(
      "access_denied",
      "Your account may not allow what the device asks for.",
      "scope.beyond-role",
      { fact: lost.join(" ").slice(0, 200) },
    );
  }
  const grant = await store.grants.findFor(account.id, client.id);
  // A device is redirected nowhere: only who proves itself at the token endpoint is known.
  const isProven = client.kind !== "self-registered" && !client.authMethods.includes("none");
  const granted = isProven ? rememberedOf(grant, now) : [];
  return { device, client, person, permitted, isProven, granted };
}
