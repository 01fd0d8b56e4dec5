import { type Actor, actorsOf } from "@valetkey/protocol/act-chain";
import type { Store } from "../ports/store.ts";

/** What a token says of how it came about; a token that was never exchanged says none of it. RFC 8693 §4.1 */
export interface Ancestry {
  readonly sub: string;
  readonly client_id: string;
  readonly lineage?: string;
  /** Who acts, the newest outermost. */
  readonly act?: Actor;
  /** The ids of the tokens that it came from, oldest first. */
  readonly ancestors?: readonly string[];
  /** Who the first of them was issued to. */
  readonly origin_client_id?: string;
}

/** The client that the person let in, or the machine itself: it owns the lineage of all that came of its token. */
export function originOf({ origin_client_id, client_id }: Ancestry): string {
  return origin_client_id ?? client_id;
}

/**
 * Whether nothing that an exchanged token came from has ended: no ancestor is revoked, every client that acts stands and
 * so does the one where it began. A token never outlives its ancestors, so that a revoked one is remembered long enough.
 */
export async function ancestryStands(
  store: Pick<Store, "accessTokens" | "clients">,
  token: Ancestry,
): Promise<boolean> {
  const { ancestors = [], act, lineage } = token;
  const origin = originOf(token);
  const [revoked, acting, began] = await Promise.all([
    Promise.all(ancestors.map((jti) => store.accessTokens.isRevoked(jti))),
    Promise.all(actorsOf(act).map((id) => store.clients.find(id))),
    store.clients.find(origin),
  ]);
  if (revoked.includes(true)) return false;
  if (acting.some((client) => client?.disabledAt !== null)) return false;
  // A client that a document describes has no row, only a lineage; what a machine began has the machine's row alone.
  return began === undefined ? lineage !== undefined : began.disabledAt === null;
}
