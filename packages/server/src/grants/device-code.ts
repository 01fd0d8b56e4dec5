import { deviceCodeGrant } from "@valetkey/protocol/device-code";
import { invalidGrant, OAuthError, unauthorizedClient } from "@valetkey/protocol/errors";
import type { Client } from "../records/client.ts";
import type { DeviceAuthorization } from "../records/device-authorization.ts";
import type { Instant } from "../records/instant.ts";
import { lineageTokens } from "../tokens/lineage-tokens.ts";
import { hashSecret, withoutChecksum } from "../tokens/secret.ts";
import { oneAudience } from "../tokens/target.ts";
import type { GrantContext, GrantRequest, GrantType } from "./grant.ts";
import { newLineage } from "./new-lineage.ts";
import { identityOf, requireStanding } from "./standing.ts";

/** A device whose person allowed it. */
interface Approved extends DeviceAuthorization {
  readonly accountId: string;
  readonly grantId: number;
}

/** RFC 8628 §3.4: a device asks until its person has decided; its code becomes tokens once. */
export function deviceCode(context: GrantContext): GrantType {
  const { store, settings, audit } = context;
  return { type: deviceCodeGrant, exchange };

  async function exchange(request: GrantRequest) {
    const { client, possession, parameters, now, story, address, userAgent } = request;
    if (!client.grantTypes.includes(deviceCodeGrant)) throw unauthorizedClient("client.grant-not-allowed");
    const given = parameters.required("device_code");
    const found = withoutChecksum("vkd", given) && (await store.deviceCodes.find(hashSecret(given)));
    if (!found) throw invalidGrant("device.unknown");
    requireSameClient(found, client);
    // Who lacks the key that the device named is told nothing of where the decision stands.
    if (found.jkt !== undefined) await possession.key(found.jkt);
    const device = await requireApproved(found, now);
    const jkt = await possession.key(null);
    const { account, allowed } = await requireStanding(store, device, client, settings.issuer);
    const audience = oneAudience(parameters.all("resource"), allowed, settings.issuer);

    const earned = { ...device, codeHash: device.deviceCodeHash, nonce: null };
    const lineage = await newLineage(context, earned, request, jkt);
    const identity = identityOf(allowed, settings.issuer);
    const response = await lineageTokens(
      context,
      { account, lineage, audience, identity, jkt, nonce: null },
      now,
    );
    const subject = {
      lineageId: lineage.id,
      clientId: client.id,
      accountId: account.id,
      grantId: device.grantId,
    };
    const outcome = await store.deviceCodes.redeem(device.deviceCodeHash, lineage, now);
    if (outcome === "fresh") {
      story.says(
        `The person had allowed it: tokens for ${audience.resource}${lineage.refreshable ? ", refresh token included" : ""}.`,
      );
      audit.record({ at: now, what: "lineage.began", ...subject, address, userAgent });
      return response;
    }
    // As for authorization codes (OAuth 2.1 §4.1.3): a replay with everything right means that the code is in two hands.
    const ended = await store.lineages.endOfCode(device.deviceCodeHash, "code.replayed", now);
    if (ended > 0) audit.record({ at: now, what: "device-code.replayed", ...subject, address, userAgent });
    throw invalidGrant("device.replayed");
  }

  /**
   * RFC 8628 §3.5. Only who waits is paced: a decision is told at once, however often the device asked before.
   * @throws authorization_pending, slow_down, access_denied, expired_token
   */
  async function requireApproved(device: DeviceAuthorization, now: Instant): Promise<Approved> {
    const { decision, accountId, grantId } = device;
    if (now >= device.expiresAt)
      throw new OAuthError("expired_token", "The device code has expired.", "device.expired");
    if (decision === "denied") throw new OAuthError("access_denied", "The person refused.", "device.denied");
    if (decision === "approved" && accountId !== null && grantId !== null)
      return { ...device, accountId, grantId };
    if ((await store.deviceCodes.poll(device.deviceCodeHash, now)) === "in time")
      throw new OAuthError("authorization_pending", "The person has not decided yet.", "device.pending");
    throw new OAuthError("slow_down", "Ask less often.", "device.early");
  }
}

function requireSameClient(device: DeviceAuthorization, client: Client): void {
  if (device.clientId !== client.id)
    throw invalidGrant("device.other-client", { fact: client.id.slice(0, 200) });
}
