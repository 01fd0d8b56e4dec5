import { invalidExchange } from "@valetkey/protocol/errors";
import type { Reach } from "@valetkey/protocol/token-exchange";
import type { Client } from "../records/client.ts";
import type { Permission } from "../records/grant.ts";
import type { Audience, Resource } from "../records/resource.ts";
import { type Ancestry, originOf } from "../tokens/ancestry.ts";
import { intersection, scopesFor, withinClient, withinRoles } from "../tokens/entitlement.ts";
import type { GrantContext } from "./grant.ts";

/** What stands behind a subject token now. */
export interface Standing {
  /** By resource, what the person's grant or the machine's ceiling allows, within the ceiling of who acts. */
  readonly reach: readonly Reach[];
  readonly roles: readonly string[];
  /** For the audit log. */
  readonly about: { readonly accountId?: string; readonly grantId?: number; readonly lineageId?: number };
}

type Context = Pick<GrantContext, "store" | "settings">;

/**
 * What a subject token may be exchanged into at most: judged anew, since consent, roles and ceilings may have shrunk since
 * it was issued. Nothing of the issuer's own is in it: identity is not passed on.
 * @throws invalid_request where the consent or the machine behind it is gone
 */
export async function standingBehind(context: Context, subject: Ancestry, actor: Client): Promise<Standing> {
  const { issuer } = context.settings;
  const [resources, behind] = await Promise.all([
    context.store.resources.list(),
    subject.lineage === undefined ? machine(context, subject.sub) : person(context, subject),
  ]);
  const known = existing(behind.reach ?? machineReach(behind.ceiling, resources), resources, behind.audience);
  const reach = withinClient(known, actor, issuer).filter(({ resource }) => resource !== issuer);
  return { reach, roles: behind.roles, about: behind.about };
}

interface Behind {
  readonly audience: Audience;
  /** undefined: wherever the ceiling allows something. */
  readonly reach?: readonly Permission[];
  readonly ceiling: readonly string[];
  readonly roles: readonly string[];
  readonly about: Standing["about"];
}

async function person({ store, settings }: Context, subject: Ancestry): Promise<Behind> {
  const [lineage, account, origin, roles] = await Promise.all([
    store.lineages.find(Number(subject.lineage)),
    store.accounts.find(subject.sub),
    store.clients.find(originOf(subject)),
    store.roles.list(),
  ]);
  const grant = lineage && (await store.grants.find(lineage.grantId));
  if (!account || account.disabledAt !== null) throw invalidExchange("account.disabled");
  if (!grant) throw invalidExchange("grant.ended");
  const consented = intersection(lineage.permissions, grant.permissions);
  // A client that a document describes has no row, and no ceiling either.
  const ceiled = origin ? withinClient(consented, origin, settings.issuer) : consented;
  return {
    audience: "people",
    reach: withinRoles(ceiled, account, roles, settings.issuer),
    ceiling: [],
    roles: account.roles,
    about: { accountId: account.id, grantId: grant.id, lineageId: lineage.id },
  };
}

async function machine({ store }: Context, id: string): Promise<Behind> {
  const client = await store.clients.find(id);
  if (!client?.grantTypes.includes("client_credentials")) throw invalidExchange("exchange.subject-token");
  return { audience: "machines", ceiling: client.scope ?? [], roles: [], about: {} };
}

function machineReach(ceiling: readonly string[], resources: readonly Resource[]): readonly Permission[] {
  return resources.map(({ identifier }) => ({ resource: identifier, scopes: ceiling }));
}

/** What a resource still has for such as these. One that never had a scope stays open to whoever was let in. */
function existing(
  permissions: readonly Permission[],
  resources: readonly Resource[],
  audience: Audience,
): readonly Permission[] {
  return permissions.flatMap(({ resource, scopes }) => {
    const found = resources.find(({ identifier }) => identifier === resource);
    const left = found ? scopesFor(found, audience).filter((scope) => scopes.includes(scope)) : [];
    const isOpen = audience === "people" && scopes.length === 0;
    return found && (left.length > 0 || isOpen) ? [{ resource, scopes: left }] : [];
  });
}
