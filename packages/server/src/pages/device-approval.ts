import { type AccessLength, accessLength } from "./access-length.ts";
import { decision } from "./consent.ts";
import { accessTo, acquaintance, identityOf, namesOf } from "./consent-client.ts";
import { type ConsentScope, consentScopes } from "./consent-scopes.ts";
import { type FormTarget, form } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { isolated, type Markup, markup, named } from "./markup.ts";
import { caution } from "./parts.ts";
import { address } from "./signed-in-as.ts";
import { say } from "./words/say.ts";

export interface DeviceApprovalData extends Frame, FormTarget {
  client: {
    name: string;
    identity: "registered" | "document" | "self-registered";
    /** The host of its metadata document. */
    host?: string;
    /** Whether the server knows that it is this client and no other that asks. */
    isProven: boolean;
    isNew: boolean;
    /** How long ago this server first met it. */
    firstSeen: string;
  };
  /** What the device said of itself, and where and when it asked. */
  device: { userCode: string; userAgent: string; address: string; asked: string; isSameAddress: boolean };
  account: { email: string; name: string };
  switchAccountHref: string;
  resources: readonly { name: string; identifier: string }[];
  scopes: readonly ConsentScope[];
  /** How long it can go on without the person. */
  length: AccessLength;
}

/** RFC 10027 §6.1.14: who asks, why, and what follows; to refuse is as easy as to allow, and nothing is allowed by itself. */
export function deviceApprovalPage(data: DeviceApprovalData): string {
  const { client, resources, scopes, words } = data;
  const texts = words.device;
  const asks =
    resources.length > 0 ? say(texts.wantsAccessTo, { resource: namesOf(resources) }) : texts.wantsAccess;
  const body = markup`<h1>${named(client.name)} <span class="ask">${asks}</span></h1>
${cautions(data)}
${facts(data)}
${form(
  data,
  markup`${consentScopes(scopes, words)}
${accessLength(
  data.length,
  scopes.some(({ alreadyGranted }) => alreadyGranted),
  words,
)}
${decision(words)}`,
)}`;
  return layout({ ...data, title: words.consent.title, body, width: "wide" });
}

function cautions({ client, words }: DeviceApprovalData): Markup | undefined {
  const texts = words.device;
  const isSelfRegistered = client.identity === "self-registered";
  const sentences = [
    texts.startedCaution,
    isSelfRegistered && texts.selfRegisteredCaution,
    !isSelfRegistered && !client.isProven && texts.unprovenCaution,
    client.isNew && words.consent.newCaution,
  ];
  return caution(
    words.frame.caution,
    sentences.filter((one) => typeof one === "string").map((one) => say(one)),
  );
}

/** A document proves its host only where the client proves itself: a device that is redirected nowhere may name any. */
function whence(data: DeviceApprovalData): string {
  const { client, words } = data;
  const isClaim = client.identity === "document" && !client.isProven;
  return isClaim ? words.device.unprovenDocument : identityOf(client.identity, data);
}

function facts(data: DeviceApprovalData): Markup {
  const { client, device, account, words } = data;
  const { device: texts, consent } = words;
  const from = say(device.isSameAddress ? texts.fromHere : texts.fromElsewhere, {
    address: address(device.address),
  });
  return markup`<dl class="facts">
<div>
<dt>${consent.whoAsks}</dt>
<dd><strong>${client.host === undefined ? named(client.name) : address(client.host)}</strong><span class="hint">${whence(data)}</span>${acquaintance(client, words)}</dd>
</div>
<div>
<dt>${texts.theDevice}</dt>
<dd><strong>${device.userAgent === "" ? texts.unnamed : named(device.userAgent)}</strong><span class="hint">${texts.unchecked}</span></dd>
</div>
<div>
<dt>${texts.itsCode}</dt>
<dd><strong class="shown-code" dir="ltr">${device.userCode}</strong><span class="hint">${texts.showsTheSame}</span></dd>
</div>
<div>
<dt>${texts.itAsked}</dt>
<dd><strong>${device.asked}</strong><span class="hint">${from}</span></dd>
</div>
${accessTo(data)}<div>
<dt>${consent.signedInAs}</dt>
<dd>${named(account.name || account.email)}${account.name && markup`<span class="hint host">${isolated(account.email)}</span>`}<a href="${data.switchAccountHref}">${words.frame.useAnotherAccount}</a></dd>
</div>
</dl>`;
}
