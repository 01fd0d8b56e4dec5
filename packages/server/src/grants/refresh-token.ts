import { invalidGrant, invalidScope, OAuthError } from "@valetkey/protocol/errors";
import type { Parameters } from "@valetkey/protocol/parameters";
import { parseScope } from "@valetkey/protocol/scope";
import type { Client } from "../records/client.ts";
import type { Permission } from "../records/grant.ts";
import type { Instant } from "../records/instant.ts";
import type { Lineage, Rotation } from "../records/lineage.ts";
import { scopesOf } from "../tokens/entitlement.ts";
import { lineageTokens } from "../tokens/lineage-tokens.ts";
import { judgeProof, keyUnknown, type RefreshTokenName, readRefreshToken } from "../tokens/refresh-token.ts";
import { countedLate, type Judgement, judgeGeneration, rotated, windowsOf } from "../tokens/rotation.ts";
import { oneAudience } from "../tokens/target.ts";
import type { GrantContext, GrantRequest, GrantType } from "./grant.ts";
import { identityOf, requireStanding } from "./standing.ts";

/** How often a racer reads the row anew before it gives up; each turn means that another caller moved it. */
const mostTurns = 8;

type Redeemable = Exclude<Judgement, { readonly verdict: "replay" }>;

/**
 * OAuth 2.1 §4.3: one rotation, one answer. Everything is judged and signed before the row moves, so a refresh that
 * fails consumes nothing; the row moves by one conditional update, so of any number of racers one rotates and the others
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
      // Before anything is judged that could end the lineage: who lacks the key ends nothing.
      const jkt = await request.possession.key(lineage.jkt ?? null);
      const judgement = await requireWindow(lineage, name, request);
      const { account, allowed } = await requireStanding(store, lineage, client, settings.issuer);
      const { audience, identity } = entitlement(parameters, lineage, allowed);
      const rotation = moveOf(judgement, lineage, name, request);
      const after = { ...lineage, ...rotation };
      const entitled = { account, lineage: after, audience, identity, jkt, nonce: null };
      const response = await lineageTokens(context, entitled, now);
      if (rotation && !(await store.lineages.rotate(lineage, rotation))) continue;
      tell(judgement.verdict, lineage, name, request);
      return response;
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
    if (proof === "key-unknown") throw keyUnknown(name.keyId);
    if (proof === "forged") throw invalidGrant("refresh.forged");
    if (lineage.endedAt !== null) throw invalidGrant("refresh.ended", { fact: lineage.endReason ?? "" });
    if (!lineage.refreshable) throw invalidGrant("refresh.unknown");
    if (now >= lineage.idleExpiresAt || now >= lineage.absoluteExpiresAt)
      throw invalidGrant("refresh.expired");
    return lineage;
  }

  /**
   * What the generation earns. A replay ends the lineage whatever else the request says, so that nobody can try an old
   * token with a wrong target and go unseen.
   */
  async function requireWindow(
    lineage: Lineage,
    name: RefreshTokenName,
    request: GrantRequest,
  ): Promise<Redeemable> {
    const { client, now } = request;
    const judgement = judgeGeneration(lineage, name.generation, windowsOf(settings.refresh, client), now);
    if (judgement.verdict !== "replay") return judgement;
    if (await store.lineages.end(lineage.id, "refresh.replayed", now))
      note("refresh.replayed", lineage, name, request);
    throw invalidGrant("refresh.replayed", { fact: positionOf(name, lineage) });
  }

  /** What the one who is asked may still have, and wants: for one resource, and of the person. */
  function entitlement(parameters: Parameters, lineage: Lineage, allowed: readonly Permission[]) {
    const asked = askedScopes(parameters, lineage);
    const wanted = (scope: string) => asked?.includes(scope) ?? true;
    const { resource, scopes } = oneAudience(parameters.all("resource"), allowed, settings.issuer);
    const audience = { resource, scopes: scopes.filter(wanted) };
    const identity = identityOf(allowed, settings.issuer).filter(wanted);
    if (asked && audience.scopes.length === 0 && identity.length === 0)
      throw invalidScope("scope.beyond-role", { fact: asked.join(" ").slice(0, 200) });
    return { audience, identity };
  }

  /** How the row has to move before the caller is answered; not at all for a repeat. */
  function moveOf(
    judgement: Redeemable,
    lineage: Lineage,
    name: RefreshTokenName,
    { client, now }: GrantRequest,
  ): Rotation | undefined {
    if (judgement.verdict === "repeat") return undefined;
    if (judgement.verdict === "repeat-late")
      return judgement.lateAnswers === null ? undefined : countedLate(lineage, judgement.lateAnswers);
    const windows = { ...windowsOf(settings.refresh, client), idle: settings.lifetimes.refreshIdle };
    return rotated(lineage, name, keys.proofKeyId, windows, now);
  }

  function tell(
    verdict: Redeemable["verdict"],
    lineage: Lineage,
    name: RefreshTokenName,
    request: GrantRequest,
  ): void {
    if (verdict === "repeat-late") note("refresh.repeated-late", lineage, name, request);
    if (verdict === "restore") note("refresh.ahead-of-store", lineage, name, request);
    const isRepeat = verdict === "repeat" || verdict === "repeat-late";
    request.story.says(
      isRepeat ? "The answer of an earlier refresh was given again." : "The refresh token was rotated.",
    );
  }

  function note(what: string, lineage: Lineage, name: RefreshTokenName, request: GrantRequest): void {
    const { now: at, address, userAgent } = request;
    const { id: lineageId, clientId, accountId, grantId } = lineage;
    const detail = positionOf(name, lineage);
    audit.record({ at, what, lineageId, clientId, accountId, grantId, address, userAgent, detail });
  }
}

function positionOf(name: RefreshTokenName, lineage: Lineage): string {
  return `generation ${name.generation}, the lineage stands at ${lineage.generation}`;
}

/**
 * OAuth 2.1 §4.3.1: `scope` may only shrink, and only for this access token; the refresh token keeps what was granted.
 * A scope that was granted and is no longer allowed is left out of the answer, not refused, while others remain.
 * @throws invalid_scope "scope.beyond-grant"
 */
function askedScopes(parameters: Parameters, lineage: Lineage): readonly string[] | undefined {
  const scope = parameters.optional("scope");
  if (scope === undefined) return undefined;
  const granted = scopesOf(lineage.permissions);
  const asked = parseScope(scope);
  const beyond = asked.find((one) => !granted.includes(one));
  if (beyond !== undefined) throw invalidScope("scope.beyond-grant", { fact: beyond.slice(0, 200) });
  return asked;
}
