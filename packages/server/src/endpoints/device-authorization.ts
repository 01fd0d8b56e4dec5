import { deviceCodeGrant } from "@valetkey/protocol/device-code";
import { requestedKey } from "@valetkey/protocol/dpop";
import { OAuthError, tooManyRequests, unauthorizedClient } from "@valetkey/protocol/errors";
import { Parameters } from "@valetkey/protocol/parameters";
import { parseScope } from "@valetkey/protocol/scope";
import { json } from "../http/answer.ts";
import type { Endpoint } from "../http/message.ts";
import { askedByDevice } from "../interaction/device.ts";
import type { DeviceAuthorization } from "../records/device-authorization.ts";
import type { Seconds } from "../records/instant.ts";
import { scopesOf } from "../tokens/entitlement.ts";
import { hashSecret, newSecret } from "../tokens/secret.ts";
import { newUserCode, shownUserCode } from "../tokens/user-code.ts";
import { requireCaller } from "./caller.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";

/** RFC 8628 §3.2: what a device leaves between two questions, in seconds. */
const usualInterval: Seconds = 5;

/**
 * RFC 8628 §3.1: a device gets a code for itself and one for its person to type elsewhere. The client proves itself as at
 * the token endpoint, and what it asks for is judged before anybody is bothered with it.
 */
export function deviceAuthorizationEndpoint(context: Context): Endpoint {
  const { settings, store, clock, limiter } = context;
  return async (request, story) => {
    requireForm(request);
    if (!settings.devices.enabled)
      throw new OAuthError("unauthorized_client", "Device authorization is switched off.", "device.disabled");
    const parameters = Parameters.parse(request.body, { repeatable: ["resource"] });
    const now = clock.now();
    const { client } = await requireCaller({ ...context, story }, request, parameters, now);
    story.client(client.id);
    if (!client.grantTypes.includes(deviceCodeGrant)) throw unauthorizedClient("client.grant-not-allowed");
    const wait = limiter.waitFor("device_authorization", request.address, now);
    if (wait > 0) throw tooManyRequests(wait, "request.rate");
    limiter.count("device_authorization", request.address, now);

    const asked = { scopes: scopesIn(parameters), resources: [...new Set(parameters.all("resource"))] };
    const permissions = await askedByDevice(context, client, asked, story);
    const jkt = requestedKey(parameters);
    const expiresIn = settings.lifetimes.deviceCode;
    const { deviceCode, userCode } = await begun({
      ...asked,
      clientId: client.id,
      ...(jkt !== undefined && { jkt }),
      address: request.address,
      userAgent: (request.header("user-agent") ?? "").slice(0, 200),
      pollInterval: usualInterval,
      lastPolledAt: null,
      decision: null,
      accountId: null,
      grantId: null,
      permissions: [],
      sid: "",
      authenticatedAt: 0,
      amr: [],
      createdAt: now,
      expiresAt: now + expiresIn,
      spentAt: null,
    });
    story.says(
      `A device waits for its person: ${scopesOf(permissions).join(" ") || "access without a scope"}.`,
    );
    const page = `${settings.issuer}/device`;
    const shown = shownUserCode(userCode);
    return json(200, {
      device_code: deviceCode,
      user_code: shown,
      verification_uri: page,
      verification_uri_complete: `${page}?user_code=${shown}`,
      expires_in: expiresIn,
      interval: usualInterval,
    });
  };

  /** Of so many codes a second one is taken hardly ever, a third one never. */
  async function begun(device: Omit<DeviceAuthorization, "deviceCodeHash" | "userCode">) {
    for (let turn = 0; turn < 5; turn++) {
      const [deviceCode, userCode] = [newSecret("vkd"), newUserCode()];
      const begins = { ...device, deviceCodeHash: hashSecret(deviceCode), userCode };
      if (await store.deviceCodes.begin(begins)) return { deviceCode, userCode };
    }
    throw new OAuthError("temporarily_unavailable", "Try again.", "server.failed", { retryAfter: 1 });
  }
}

function scopesIn(parameters: Parameters): readonly string[] | null {
  const scope = parameters.optional("scope");
  return scope === undefined ? null : parseScope(scope);
}
