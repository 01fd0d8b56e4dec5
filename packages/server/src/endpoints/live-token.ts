import type { Account } from "../records/account.ts";
import type { Client } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import type { Lineage } from "../records/lineage.ts";
import { type Ancestry, ancestryStands, originOf } from "../tokens/ancestry.ts";
import { scopesOf } from "../tokens/entitlement.ts";
import { isOpaqueToken, openOpaqueToken } from "../tokens/opaque-token.ts";
import { judgeProof, keyUnknown, readRefreshToken } from "../tokens/refresh-token.ts";
import { judgeGeneration, windowsOf } from "../tokens/rotation.ts";
import type { Context } from "./context.ts";

/** The claims of an access token of ours, as this server trusts them itself. */
export interface LiveAccessToken extends Ancestry {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  readonly client_id: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
  readonly scope?: string;
  readonly lineage?: string;
  readonly cnf?: unknown;
}

type Reader = Pick<Context, "keys" | "store" | "settings">;

/**
 * The claims of an access token that this server signed or sealed and that is worth something now: unexpired, not revoked, its
 * lineage alive, its account and client not disabled. undefined for everything else, without a reason.
 */
export async function liveAccessToken(
  reader: Reader,
  token: string,
  now: Instant,
): Promise<LiveAccessToken | undefined> {
  return (await liveHolder(reader, token, now))?.claims;
}

/** The same with the account whose token it is; none for a machine's. */
export async function liveHolder(
  { keys, store, settings }: Reader,
  token: string,
  now: Instant,
): Promise<{ readonly claims: LiveAccessToken; readonly account: Account | undefined } | undefined> {
  const opened = isOpaqueToken(token)
    ? openOpaqueToken(keys, settings.issuer, token)
    : await keys.open("at+jwt", token);
  if (!opened || opened.iss !== settings.issuer) return undefined;
  const claims = opened as unknown as LiveAccessToken;
  if (typeof claims.exp !== "number" || now >= claims.exp) return undefined;
  const { lineage, sub, client_id, jti } = claims;
  // What the signature says may be remembered; what has become of the token since is read each time, all of it at once.
  const [isRevoked, client, row, account] = await Promise.all([
    store.accessTokens.isRevoked(jti),
    store.clients.find(client_id),
    lineage === undefined ? undefined : store.lineages.find(Number(lineage)),
    lineage === undefined ? undefined : store.accounts.find(sub),
  ]);
  if (isRevoked || (client && client.disabledAt !== null)) return undefined;
  if (claims.act !== undefined && !(await ancestryStands(store, claims))) return undefined;
  // A machine has a row; a client that a document describes has none.
  if (lineage === undefined) return client && { claims, account };
  // A lineage of another owner is none of this token's: a database that went back gives a number twice.
  if (row?.accountId !== sub || row.clientId !== originOf(claims) || row.endedAt !== null) return undefined;
  // On PostgreSQL a code that was redeemed while its grant ended can leave a lineage that nothing stands behind.
  if (!(await store.grants.find(row.grantId))) return undefined;
  return account?.disabledAt === null ? { claims, account } : undefined;
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
    ...(lineage.jkt !== undefined && { cnf: { jkt: lineage.jkt } }),
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
