import { invalidGrant, invalidScope, OAuthError } from "@valetkey/protocol/errors";
import type { Parameters } from "@valetkey/protocol/parameters";
import { parseScope } from "@valetkey/protocol/scope";
import type { Account } from "../records/account.ts";
import type { Client } from "../records/client.ts";
import type { Permission } from "../records/grant.ts";
import type { Instant } from "../records/instant.ts";
import type { Lineage } from "../records/lineage.ts";
import { intersection, scopesOf, withinRoles } from "../tokens/entitlement.ts";
import { lineageTokens } from "../tokens/lineage-tokens.ts";
import { judgeProof, type RefreshTokenName, readRefreshToken } from "../tokens/refresh-token.ts";
import { judgeGeneration, rotated } from "../tokens/rotation.ts";
import { oneAudience } from "../tokens/target.ts";
import type { GrantContext, GrantRequest, GrantType } from "./grant.ts";
import { identityOf, requireLiveAccount } from "./standing.ts";

/** How often a racer reads the row anew before it gives up; each turn means that another caller moved it. */
const mostTurns = 8;

/**
 * OAuth 2.1 §4.3: one rotation, one answer. Everything is judged before the row moves, so a refresh that fails
 * consumes nothing; the row moves by one conditional update, so of any number of racers one rotates and the others
 * are answered from what it left. docs/decisions/0003-refresh-tokens.md
 */
export function refreshTokenGrant(context: GrantContext): GrantType {
  const { store, keys, settings, audit } = context;
  return { type: "refresh_token", exchange };

  async function exchange(request: GrantRequest) {
    const { client, parameters, now } = request;
    const name = readRefreshToken(parameters.required("refresh_token"));
    if (!name) throw invalidGrant("refresh.malformed");
    for (let turn = 0; turn < mostTurns; turn++) {
      const lineage = await requireLineage(name, client, now);
      const account = await requireLiveAccount(store, lineage.accountId);
      const allowed = await stillAllowed(lineage, account);
      const asked = askedScopes(parameters, lineage);
      const audience = narrowed(oneAudience(parameters.all("resource"), allowed, settings.issuer), asked);
      const identity = identityOf(allowed, settings.issuer).filter((scope) => asked?.includes(scope) ?? true);
      const next = await move(lineage, name.generation, request);
      if (next === "moved-by-another") continue;
      return await lineageTokens(context, { account, lineage: next, audience, identity, nonce: null }, now);
    }
    throw new OAuthError("temporarily_unavailable", "Try again.", "server.failed", { retryAfter: 1 });
  }

  /** The live lineage that the token proves, bound to this client. A stranger's token ends nothing. */
  async function requireLineage(name: RefreshTokenName, client: Client, now: Instant): Promise<Lineage> {
    const lineage = await store.lineages.find(name.lineageId);
    if (!lineage) throw invalidGrant("refresh.unknown");
    if (lineage.clientId !== client.id)
      throw invalidGrant("refresh.other-client", { fact: client.id.slice(0, 200) });
    const proof = judgeProof(keys, settings.issuer, lineage, name);
    if (proof === "key-unknown") {
      throw new OAuthError("temporarily_unavailable", "Try again later.", "refresh.key-unknown", {
        retryAfter: 5,
      });
    }
    if (proof === "forged") throw invalidGrant("refresh.forged");
    if (lineage.endedAt !== null) throw invalidGrant("refresh.ended", { fact: lineage.endReason ?? "" });
    if (!lineage.refreshable) throw invalidGrant("refresh.unknown");
    if (now >= lineage.idleExpiresAt || now >= lineage.absoluteExpiresAt)
      throw invalidGrant("refresh.expired");
    return lineage;
  }

  /** What was granted, as far as the consent still stands and a role of the person still allows it. */
  async function stillAllowed(lineage: Lineage, account: Account): Promise<readonly Permission[]> {
    const [grant, roles] = await Promise.all([store.grants.find(lineage.grantId), store.roles.list()]);
    if (!grant) throw invalidGrant("grant.ended");
    const consented = intersection(lineage.permissions, grant.permissions);
    const allowed = withinRoles(consented, account, roles, settings.issuer);
    if (allowed.length === 0)
      throw invalidGrant("scope.beyond-role", { fact: scopesOf(consented).join(" ") });
    return allowed;
  }

  /** Moves the row, or finds that it need not move. @returns the row whose current generation answers the caller */
  async function move(
    lineage: Lineage,
    used: number,
    request: GrantRequest,
  ): Promise<Lineage | "moved-by-another"> {
    const { now, story } = request;
    const judgement = judgeGeneration(lineage, used, settings.refresh, now);
    switch (judgement.verdict) {
      case "repeat":
        story.says("The answer of an earlier refresh was given again.");
        return lineage;
      case "repeat-late": {
        note("refresh.repeated-late", lineage, request);
        const lateAnswers = { ...unmoved(lineage), lateAnswers: judgement.lateAnswers };
        const counted = await store.lineages.rotate(lineage.id, lineage.generation, lateAnswers);
        return counted ? { ...lineage, ...lateAnswers } : "moved-by-another";
      }
      case "replay":
        await store.lineages.end(lineage.id, "refresh.replayed", now);
        note("refresh.replayed", lineage, request);
        throw invalidGrant("refresh.replayed", { fact: `generation ${used} of ${lineage.generation}` });
      case "restore":
        note("refresh.ahead-of-store", lineage, request);
        break;
      case "rotate":
        story.says("The refresh token was rotated.");
    }
    const windows = { ...settings.refresh, idle: settings.lifetimes.refreshIdle };
    const rotation = rotated(lineage, used, keys.proofKeyId, windows, now);
    const moved = await store.lineages.rotate(lineage.id, lineage.generation, rotation);
    return moved ? { ...lineage, ...rotation } : "moved-by-another";
  }

  function note(what: string, lineage: Lineage, { now, address, userAgent }: GrantRequest): void {
    const { id, clientId, accountId, grantId } = lineage;
    audit.record({ at: now, what, lineageId: id, clientId, accountId, grantId, address, userAgent });
  }
}

function unmoved({
  generation,
  keyId,
  previousKeyId,
  rotatedAt,
  superseded,
  lateAnswers,
  lastUsedAt,
  idleExpiresAt,
}: Lineage) {
  return { generation, keyId, previousKeyId, rotatedAt, superseded, lateAnswers, lastUsedAt, idleExpiresAt };
}

/**
 * OAuth 2.1 §4.3.1: `scope` may only shrink, and only for this access token; the refresh token keeps what was granted.
 * A scope that was granted and is no longer allowed is left out of the answer, not refused.
 * @throws invalid_scope "scope.beyond-grant"
 */
function askedScopes(parameters: Parameters, lineage: Lineage): readonly string[] | undefined {
  const scope = parameters.optional("scope");
  if (scope === undefined) return undefined;
  const granted = scopesOf(lineage.permissions);
  const asked = parseScope(scope);
  const beyond = asked.find((one) => !granted.includes(one));
  if (beyond !== undefined) throw invalidScope("scope.beyond-grant", { fact: beyond });
  return asked;
}

function narrowed(audience: Permission, asked: readonly string[] | undefined): Permission {
  if (asked === undefined) return audience;
  return { ...audience, scopes: audience.scopes.filter((scope) => asked.includes(scope)) };
}
