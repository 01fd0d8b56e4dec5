import type { Client } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import type { Lineage } from "../records/lineage.ts";
import { scopesOf } from "../tokens/entitlement.ts";
import { judgeProof, keyUnknown, readRefreshToken } from "../tokens/refresh-token.ts";
import { judgeGeneration, windowsOf } from "../tokens/rotation.ts";
import type { Context } from "./context.ts";

/** The claims of an access token of ours, as this server trusts them itself. */
export interface LiveAccessToken {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  readonly client_id: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly scope?: string;
  readonly lineage?: string;
}

type Reader = Pick<Context, "keys" | "store" | "settings">;

/**
 * The claims of an access token that this server signed and that is worth something now: unexpired, not revoked, its
 * lineage alive, its account and client not disabled. undefined for everything else, without a reason.
 */
export async function liveAccessToken(
  { keys, store, settings }: Reader,
  token: string,
  now: Instant,
): Promise<LiveAccessToken | undefined> {
  const opened = await keys.open("at+jwt", token);
  if (!opened || opened.iss !== settings.issuer) return undefined;
  const claims = opened as unknown as LiveAccessToken;
  if (typeof claims.exp !== "number" || now >= claims.exp) return undefined;
  if (await store.accessTokens.isRevoked(claims.jti)) return undefined;
  const stands = claims.lineage === undefined ? await machineStands(claims) : await lineageStands(claims);
  return stands ? claims : undefined;

  /**
   * A client that a document describes has no row. A lineage of another owner is none of this token's: a database that
   * went back gives a number twice.
   */
  async function lineageStands({ lineage, sub, client_id }: LiveAccessToken): Promise<boolean> {
    const [row, account, client] = await Promise.all([
      store.lineages.find(Number(lineage)),
      store.accounts.find(sub),
      store.clients.find(client_id),
    ]);
    if (row?.accountId !== sub || row.clientId !== client_id) return false;
    if (row.endedAt !== null || (client && client.disabledAt !== null)) return false;
    return account !== undefined && account.disabledAt === null;
  }

  async function machineStands({ client_id }: LiveAccessToken): Promise<boolean> {
    const client = await store.clients.find(client_id);
    return client !== undefined && client.disabledAt === null;
  }
}

/** What a live refresh token of this client says. RFC 7662 §2.2 */
export async function liveRefreshToken(
  { keys, store, settings }: Reader,
  client: Client,
  token: string,
  now: Instant,
) {
  const lineage = await authenticLineage({ keys, store, settings }, token);
  const name = readRefreshToken(token);
  if (!name || lineage?.clientId !== client.id) return undefined;
  if (!lineage.refreshable || lineage.endedAt !== null || now >= lineage.idleExpiresAt) {
    return undefined;
  }
  const windows = windowsOf(settings.refresh, client);
  if (judgeGeneration(lineage, name.generation, windows, now).verdict === "replay") return undefined;
  return {
    iss: settings.issuer,
    sub: lineage.accountId,
    client_id: lineage.clientId,
    scope: scopesOf(lineage.permissions).join(" "),
    iat: lineage.rotatedAt,
    exp: lineage.idleExpiresAt,
  };
}

/**
 * The lineage that a refresh token of any generation proves, alive or not.
 * @throws temporarily_unavailable "refresh.key-unknown": to call the token dead, or revoked, would be a lie
 */
export async function authenticLineage(
  { keys, store, settings }: Reader,
  token: string,
): Promise<Lineage | undefined> {
  const name = readRefreshToken(token);
  const lineage = name && (await store.lineages.find(name.lineageId));
  if (!lineage) return undefined;
  const proof = judgeProof(keys, settings.issuer, lineage, name);
  if (proof === "key-unknown") throw keyUnknown(name.keyId);
  return proof === "authentic" ? lineage : undefined;
}
