import { isRefreshable } from "../grants/new-lineage.ts";
import type { DeviceRequest } from "../interaction/device.ts";
import type { DeviceApprovalData } from "../pages/device-approval.ts";
import type { Frame } from "../pages/layout.ts";
import { lengthOfTime, tell } from "../pages/words/say.ts";
import type { Settings } from "../ports/settings.ts";
import type { Client } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import type { Resource } from "../records/resource.ts";
import { scopesOf } from "../tokens/entitlement.ts";
import { shownUserCode } from "../tokens/user-code.ts";
import { agoWords } from "./ago-words.ts";
import { acquaintance, askedOf, scopeRows } from "./consent-facts.ts";
import { deviceWords } from "./device-words.ts";
import { lengthFacts } from "./length-facts.ts";

type Shown = Omit<DeviceApprovalData, "action" | "formToken" | "hidden" | "switchAccountHref">;

/** What the page needs beside the request. */
interface Around {
  readonly resources: readonly Resource[];
  readonly settings: Settings;
  readonly frame: Frame;
  /** Of the browser in which the person decides. */
  readonly address: string;
  readonly now: Instant;
}

/** Everything that the approval page tells: who asks, on which device, from where, for what, for how long. */
export function deviceFacts(
  judged: DeviceRequest,
  { resources, settings, frame, address, now }: Around,
): Shown {
  const { client, device, permitted, person, isProven } = judged;
  return {
    ...frame,
    client: {
      name: client.name,
      identity: client.kind,
      ...(client.kind === "document" && { host: new URL(client.id).host }),
      isProven,
      ...acquaintance(client, frame, now),
    },
    device: {
      userCode: shownUserCode(device.userCode),
      userAgent: deviceWords(device.userAgent, frame.words),
      address: device.address,
      asked: agoWords(now - device.createdAt, frame),
      isSameAddress: device.address === address,
    },
    account: { email: person.account.email, name: person.account.name },
    resources: askedOf(permitted, resources),
    scopes: permitted.flatMap((permission) =>
      scopeRows(permission, judged, resources, settings.issuer, frame),
    ),
    length: {
      ...lengthFacts(judged, isRememberedElsewhere(client), { resources, settings, frame, now }),
      says: lastingWords(client, scopesOf(permitted), settings, frame),
    },
  };
}

/** A device is asked each time; but what its client is allowed here may spare it the question in a browser. */
function isRememberedElsewhere({ kind, grantTypes }: Client): boolean {
  return kind !== "self-registered" && grantTypes.includes("authorization_code");
}

function lastingWords(
  client: Client,
  scopes: readonly string[],
  { lifetimes }: Settings,
  { words, lang }: Frame,
): string {
  if (!isRefreshable(client, scopes)) return words.device.lastsShortly;
  const day = 86_400;
  const time = Math.max(day, lifetimes.refreshAbsolute);
  const days = time < 2 * day ? words.device.aDay : lengthOfTime(time, lang);
  return tell(words.device.lasts, { days });
}
