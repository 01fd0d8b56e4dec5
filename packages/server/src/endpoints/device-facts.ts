import type { DeviceRequest } from "../interaction/device.ts";
import type { DeviceApprovalData } from "../pages/device-approval.ts";
import type { Settings } from "../ports/settings.ts";
import type { Client } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import type { Resource } from "../records/resource.ts";
import { scopesOf } from "../tokens/entitlement.ts";
import { shownUserCode } from "../tokens/user-code.ts";
import { agoWords } from "./ago-words.ts";
import { newFor, scopeRows, together } from "./consent-facts.ts";
import { deviceWords } from "./device-words.ts";
import { frameOf } from "./frame.ts";

type Shown = Omit<DeviceApprovalData, "action" | "formToken" | "hidden" | "switchAccountHref">;

/** What the page needs beside the request. */
interface Around {
  readonly resources: readonly Resource[];
  readonly settings: Settings;
  readonly basePath: string;
  /** Of the browser in which the person decides. */
  readonly address: string;
  readonly now: Instant;
}

/** Everything that the approval page tells: who asks, on which device, from where, for what, for how long. */
export function deviceFacts(
  judged: DeviceRequest,
  { resources, settings, basePath, address, now }: Around,
): Shown {
  const { client, device, permitted, person } = judged;
  const asked = resources.filter(({ identifier }) => permitted.some((p) => p.resource === identifier));
  return {
    ...frameOf(settings, basePath),
    client: {
      name: client.name,
      identity: client.kind,
      ...(client.kind === "document" && { host: new URL(client.id).host }),
      isProven: !client.authMethods.includes("none"),
      isNew: client.kind === "document" && now - client.createdAt < newFor,
    },
    device: {
      userCode: shownUserCode(device.userCode),
      userAgent: deviceWords(device.userAgent),
      address: device.address,
      asked: agoWords(now - device.createdAt),
      isSameAddress: device.address === address,
    },
    account: { email: person.account.email, name: person.account.name },
    ...(asked.length > 0 && { resource: together(asked) }),
    scopes: permitted.flatMap((permission) => scopeRows(permission, judged, resources, settings.issuer)),
    lasts: lastingWords(client, scopesOf(permitted), settings),
  };
}

function lastingWords(client: Client, scopes: readonly string[], { lifetimes }: Settings): string {
  const staysConnected = client.grantTypes.includes("refresh_token") || scopes.includes("offline_access");
  if (!staysConnected)
    return "If you allow this, the device can act for you for a short while and must then ask again.";
  const days = Math.max(1, Math.floor(lifetimes.refreshAbsolute / 86_400));
  return `If you allow this, the device can act for you while you are away, until you end it on your account page, and for ${days === 1 ? "a day" : `${days} days`} at most.`;
}
