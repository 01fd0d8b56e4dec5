import { identities } from "./consent-client.ts";
import { type ConsentScope, consentScopes } from "./consent-scopes.ts";
import { type FormTarget, form } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { isolated, type Markup, markup, named } from "./markup.ts";

export interface DeviceApprovalData extends Frame, FormTarget {
  client: {
    name: string;
    identity: "registered" | "document" | "self-registered";
    /** The host of its metadata document. */
    host?: string;
    /** Whether the server knows that it is this client and no other that asks. */
    isProven: boolean;
    isNew: boolean;
  };
  /** What the device said of itself, and where and when it asked. */
  device: { userCode: string; userAgent: string; address: string; asked: string; isSameAddress: boolean };
  account: { email: string; name: string };
  switchAccountHref: string;
  resource?: { name: string; identifier: string };
  scopes: readonly ConsentScope[];
  /** How long it can go on without the person. */
  lasts: string;
}

/** RFC 10027 §6.1.14: who asks, why, and what follows; to refuse is as easy as to allow, and nothing is allowed by itself. */
export function deviceApprovalPage(data: DeviceApprovalData): string {
  const { client, resource } = data;
  // Refuse stands first, so that Enter within a box refuses: what a form does by itself must not grant anything.
  const body = markup`<h1>${named(client.name)} <span class="ask">on a device wants access${resource && markup` to ${named(resource.name)}`}</span></h1>
${cautions(data)}
${facts(data)}
${form(
  data,
  markup`${consentScopes(data.scopes)}
<p>${data.lasts}</p>
<div class="actions pair">
<button class="neutral" type="submit" name="decision" value="deny">Refuse</button>
<button class="primary" type="submit" name="decision" value="allow">Allow</button>
</div>`,
)}`;
  return layout({ ...data, title: "Allow access?", body, width: "wide" });
}

function cautions({ client }: DeviceApprovalData): Markup {
  return markup`<div class="caution" role="note" aria-label="Caution">
<p><strong>Refuse if you did not start this yourself, just now.</strong> Nobody has a reason to ask you to approve their device: no colleague, no support, no message.</p>
${client.identity === "self-registered" && markup`<p><strong>This name is not verified.</strong> The app registered itself and chose its name.</p>`}
${client.identity !== "self-registered" && !client.isProven && markup`<p><strong>Any program can claim this name.</strong> Judge it by the device in front of you.</p>`}
${client.isNew && markup`<p><strong>This app is new here.</strong> Nobody used it on this server before today.</p>`}
</div>`;
}

/** A document proves its host only where the client proves itself: a device that is redirected nowhere may name any. */
function whence({ client, productName }: DeviceApprovalData): string {
  return client.identity === "document" && !client.isProven
    ? "It says that it is the app of this host, and does not prove it."
    : identities[client.identity](productName);
}

function facts(data: DeviceApprovalData): Markup {
  const { client, device, resource, account } = data;
  return markup`<dl class="facts">
<div>
<dt>Who asks</dt>
<dd><strong>${client.host === undefined ? named(client.name) : markup`<span class="host">${isolated(client.host)}</span>`}</strong><span class="hint">${whence(data)}</span></dd>
</div>
<div>
<dt>The device</dt>
<dd><strong>${device.userAgent === "" ? "It did not say what it is" : named(device.userAgent)}</strong><span class="hint">What it calls itself; nobody has checked it.</span></dd>
</div>
<div>
<dt>Its code</dt>
<dd><strong class="shown-code">${device.userCode}</strong><span class="hint">The device shows the same one.</span></dd>
</div>
<div>
<dt>It asked</dt>
<dd><strong>${device.asked}</strong><span class="hint">from <span class="host">${isolated(device.address)}</span>, ${device.isSameAddress ? "the internet address of this browser." : "not the internet address of this browser. Refuse, unless the device is somewhere else."}</span></dd>
</div>
${
  resource &&
  markup`<div>
<dt>Access to</dt>
<dd>${named(resource.name)}<span class="hint host">${isolated(resource.identifier)}</span></dd>
</div>
`
}<div>
<dt>Signed in as</dt>
<dd>${named(account.name || account.email)}${account.name && markup`<span class="hint host">${isolated(account.email)}</span>`}<a href="${data.switchAccountHref}">Use another account</a></dd>
</div>
</dl>`;
}
