import { invalidGrant, unauthorizedClient } from "@valetkey/protocol/errors";
import { verifierFits } from "@valetkey/protocol/pkce";
import { printable } from "@valetkey/protocol/printable";
import type { AuthorizationCode } from "../records/authorization-code.ts";
import type { Client } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import type { Lineage } from "../records/lineage.ts";
import { lineageTokens } from "../tokens/lineage-tokens.ts";
import { hashSecret, withoutChecksum } from "../tokens/secret.ts";
import { oneAudience } from "../tokens/target.ts";
import type { GrantContext, GrantRequest, GrantType } from "./grant.ts";
import { newLineage } from "./new-lineage.ts";
import { identityOf, requireStanding } from "./standing.ts";

/** OAuth 2.1 §4.1.3: a code and its verifier become tokens, once. */
export function authorizationCode(context: GrantContext): GrantType {
  const { store, settings, audit } = context;
  return { type: "authorization_code", exchange };

  async function exchange(request: GrantRequest) {
    const { client, possession, parameters, now, story, address, userAgent } = request;
    if (!client.grantTypes.includes("authorization_code"))
      throw unauthorizedClient("client.grant-not-allowed");
    const given = parameters.required("code");
    const verifier = parameters.required("code_verifier");
    const code = withoutChecksum("vkc", given) && (await store.codes.find(hashSecret(given)));
    if (!code) throw invalidGrant("code.unknown");
    requireSameClient(code, client);
    requireSameRedirectUri(code, parameters.optional("redirect_uri"));
    await requireVerifier(code, verifier);
    requireUnexpired(code, now);
    const jkt = await possession.key(code.jkt ?? null);
    const { account, allowed } = await requireStanding(store, code, client, settings.issuer);
    const audience = oneAudience(parameters.all("resource"), allowed, settings.issuer);

    const lineage = await newLineage(context, code, request, jkt);
    const identity = identityOf(allowed, settings.issuer);
    const response = await lineageTokens(
      context,
      { account, lineage, audience, identity, jkt, nonce: code.nonce },
      now,
    );
    const outcome = await store.codes.redeem(code.codeHash, lineage, now);
    if (outcome === "fresh") {
      story.says(
        `A code became tokens for ${audience.resource}${lineage.refreshable ? ", refresh token included" : ""}.`,
      );
      audit.record({ at: now, what: "lineage.began", ...subjectOf(lineage), address, userAgent });
      return response;
    }
    // OAuth 2.1 §4.1.3, §7.5.3: only a replay that is otherwise valid ends what the first use earned.
    const ended = await store.lineages.endOfCode(code.codeHash, "code.replayed", now);
    if (ended > 0) {
      audit.record({ at: now, what: "code.replayed", ...subjectOf(lineage), address, userAgent });
    }
    throw invalidGrant("code.replayed");
  }
}

function subjectOf({ id, clientId, accountId, grantId }: Lineage) {
  return { lineageId: id, clientId, accountId, grantId };
}

function requireSameClient(code: AuthorizationCode, client: Client): void {
  if (code.clientId !== client.id) throw invalidGrant("code.other-client", { fact: client.id.slice(0, 200) });
}

/** OAuth 2.1 §10.2: optional at the token endpoint, but an OAuth 2.0 client that sends it must send the same. */
function requireSameRedirectUri(code: AuthorizationCode, redirectUri: string | undefined): void {
  if (redirectUri !== undefined && redirectUri !== code.redirectUri) {
    throw invalidGrant("code.other-redirect-uri", { fact: printable(redirectUri, 200) });
  }
}

async function requireVerifier(code: AuthorizationCode, verifier: string): Promise<void> {
  if (!(await verifierFits(code.codeChallenge, verifier))) throw invalidGrant("code.wrong-verifier");
}

function requireUnexpired(code: AuthorizationCode, now: Instant): void {
  if (now >= code.expiresAt) throw invalidGrant("code.expired");
}
