import { type FormTarget, field, form, formError, formTitle } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { type Markup, markup, named } from "./markup.ts";
import { actions, button } from "./parts.ts";
import { signedInAs } from "./signed-in-as.ts";
import { say } from "./words/say.ts";
import type { Words } from "./words/words.ts";

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
  const { words } = data;
  const texts = words.device;
  const body = markup`<h1>${texts.title}</h1>
<p class="lead">${texts.lead}</p>
${formError(data.error)}
${form(
  data,
  markup`${field({ name: "user_code", label: texts.code, type: "text", autocomplete: "off", value: data.typed, isInError, hasFocus: true, isCode: true })}
${actions([button({ label: words.frame.continue })])}`,
)}
${notYours(words)}
<p class="hint">${signedInAs(data)}</p>`;
  return layout({ ...data, title: formTitle(texts.title, data.error, words), body });
}

export interface CompareCodeData extends Frame, FormTarget {
  account: { email: string; name: string };
  switchAccountHref: string;
  /** As the device shows it. */
  userCode: string;
}

/** RFC 8628 §3.3.1, §5.4: who came by a link or a QR code has typed nothing, and compares the code instead. */
export function compareCodePage(data: CompareCodeData): string {
  const { words } = data;
  const texts = words.device;
  const body = markup`<h1>${texts.compareTitle}</h1>
<p class="user-code" dir="ltr">${data.userCode}</p>
${notYours(words)}
${form(
  data,
  actions(
    [
      button({ label: texts.no, kind: "neutral", name: "same", value: "no" }),
      button({ label: texts.same, name: "same", value: "yes" }),
    ],
    { isPair: true },
  ),
)}
<p class="hint">${signedInAs(data)}</p>`;
  return layout({ ...data, title: texts.compareTitle, body });
}

/** RFC 10027 §6.1.14: who was talked into it should hear, before anything is decided, that they may stop here. */
function notYours({ device }: Words): Markup {
  return markup`<p class="caution" role="note"><span>${say(device.sentCaution)}</span></p>`;
}

export interface DeviceDoneData extends Frame {
  outcome: "approved" | "denied" | "other code";
  clientName?: string;
  accountHref: string;
}

export function deviceDonePage(data: DeviceDoneData): string {
  const { outcome, clientName } = data;
  const texts = data.words.device;
  const name =
    clientName === undefined ? texts.theDeviceItself : markup`<strong>${named(clientName)}</strong>`;
  const accountPage = markup`<a href="${data.accountHref}">${texts.accountPage}</a>`;
  const done = {
    approved: {
      title: texts.approvedTitle,
      sentences: [say(texts.approved, { name }), say(texts.approvedEnd, { accountPage })],
    },
    denied: { title: texts.deniedTitle, sentences: [say(texts.denied, { name })] },
    "other code": { title: texts.otherTitle, sentences: [texts.other, texts.otherWhatToDo] },
  };
  const { title, sentences } = done[outcome];
  const body = markup`<h1>${title}</h1>\n${sentences.map((sentence) => markup`<p>${sentence}</p>\n`)}`;
  return layout({ ...data, title, body });
}
