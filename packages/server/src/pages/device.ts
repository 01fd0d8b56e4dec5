import { type FormTarget, field, form, formError, formTitle } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { isolated, type Markup, markup, named } from "./markup.ts";

export interface DeviceCodeData extends Frame, FormTarget {
  account: { email: string; name: string };
  switchAccountHref: string;
  /** What was typed, for the page to be shown again. */
  typed?: string;
  error?: string;
}

/** RFC 8628 §3.3: where a person types the code that a device shows. */
export function deviceCodePage(data: DeviceCodeData): string {
  const isInError = data.error !== undefined;
  const body = markup`<h1>Connect a device</h1>
<p class="lead">Type the code that your device shows.</p>
${formError(data.error)}
${form(
  data,
  markup`${field({ name: "user_code", label: "Code", type: "text", autocomplete: "off", value: data.typed, isInError, hasFocus: true, isCode: true })}
<div class="actions"><button class="primary" type="submit">Continue</button></div>`,
)}
${notYours()}
${signedInAs(data)}`;
  return layout({ ...data, title: formTitle("Connect a device", data.error), body });
}

export interface CompareCodeData extends Frame, FormTarget {
  account: { email: string; name: string };
  switchAccountHref: string;
  /** As the device shows it. */
  userCode: string;
}

/** RFC 8628 §3.3.1, §5.4: who came by a link or a QR code has typed nothing, and compares the code instead. */
export function compareCodePage(data: CompareCodeData): string {
  const body = markup`<h1>Does your device show this code?</h1>
<p class="user-code">${data.userCode}</p>
${notYours()}
${form(
  data,
  markup`<div class="actions pair">
<button class="neutral" type="submit" name="same" value="no">No</button>
<button class="primary" type="submit" name="same" value="yes">Yes, the same</button>
</div>`,
)}
${signedInAs(data)}`;
  return layout({ ...data, title: "Does your device show this code?", body });
}

/** RFC 10027 §6.1.14: who was talked into it should hear, before anything is decided, that they may stop here. */
function notYours(): Markup {
  return markup`<p class="caution" role="note"><span><strong>Did somebody send you a code or a link?</strong> Then stop here. Go on only for a device that you are using yourself right now.</span></p>`;
}

function signedInAs({ account, switchAccountHref }: DeviceCodeData | CompareCodeData): Markup {
  return markup`<p class="hint">Signed in as <strong class="host">${isolated(account.email)}</strong>. <a href="${switchAccountHref}">Use another account</a></p>`;
}

export interface DeviceDoneData extends Frame {
  outcome: "approved" | "denied" | "other code";
  clientName?: string;
  accountHref: string;
}

export function deviceDonePage(data: DeviceDoneData): string {
  const name =
    data.clientName === undefined ? "The device" : markup`<strong>${named(data.clientName)}</strong>`;
  const texts = {
    approved: {
      title: "The device is connected",
      body: markup`<p>${name} has what you allowed. Go back to your device; you can close this page.</p>
<p>You can end its access at any time on <a href="${data.accountHref}">your account page</a>.</p>`,
    },
    denied: {
      title: "Refused",
      body: markup`<p>Nothing was granted. ${name} is told that you refused. You can close this page.</p>`,
    },
    "other code": {
      title: "Nothing was granted",
      body: markup`<p>The code on this page belongs to somebody else's device. You can close this page.</p>
<p>To connect a device of your own, start on the device and type the code that it shows.</p>`,
    },
  };
  const { title, body } = texts[data.outcome];
  return layout({ ...data, title, body: markup`<h1>${title}</h1>\n${body}` });
}
