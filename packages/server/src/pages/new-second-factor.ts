import { accountNav } from "./account-layout.ts";
import { codeField, type FormTarget, form, formError, formTitle } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { type Markup, markup } from "./markup.ts";
import { actions, button } from "./parts.ts";
import { type PasskeyPart, passkeyPart } from "./passkey-part.ts";

export interface NewSecondFactorData extends Frame, FormTarget {
  passkey?: PasskeyPart | undefined;
  app: boolean;
  error?: string;
}

/** For who must have a second factor and has none. */
export function newSecondFactorPage(data: NewSecondFactorData): string {
  const { words, error } = data;
  const texts = words.steps;
  const body = markup`<h1>${texts.newSecondTitle}</h1>
<p class="lead">${texts.newSecondLead}</p>
${formError(error)}
${data.passkey && markup`${passkeyPart({ ...data, ...data.passkey, button: texts.newPasskey })}\n<p class="hint">${texts.newPasskeyHint}${!data.app && markup` ${words.security.needsScript}`}</p>`}
${data.app && form(data, markup`${actions([button({ label: texts.newApp, kind: data.passkey ? "neutral" : "primary", name: "action", value: "new-one-time-password" })])}\n<p class="hint">${texts.newAppHint}</p>`)}
${startAgain(data)}`;
  return layout({ ...data, title: formTitle(texts.newSecondTitle, error, words), body });
}

export interface NewAppData extends Frame, FormTarget {
  /** `otpauth:` */
  uri: string;
  secret: string;
  /** An SVG document. */
  qr: string;
  error?: string;
  /** What the forms send: by the sign-in, and by the account page. */
  confirms: string;
  other?: string;
  /** On the pages of an account: the first of them. */
  accountHref?: string;
}

/** An authenticator app takes the secret over and shows its first code. */
export function newAppPage(data: NewAppData): string {
  const { words, error, hidden, accountHref } = data;
  const texts = words.steps;
  const nav = accountHref !== undefined && markup`${accountNav({ accountHref, words }, "security")}\n`;
  const picture = `data:image/svg+xml,${encodeURIComponent(data.qr)}`;
  const body = markup`${nav}<h1>${texts.appTitle}</h1>
<p>${texts.appScan}</p>
<p class="qr"><img src="${picture}" alt="${texts.appPicture}" width="200" height="200"></p>
<p><a href="${data.uri}">${texts.appOpen}</a></p>
<dl class="facts"><div><dt>${texts.appKey}</dt><dd><code dir="ltr">${data.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code></dd></div></dl>
${formError(error)}
${form(
  { ...data, hidden: { ...hidden, action: data.confirms } },
  markup`${codeField({ label: texts.appFirstCode, isInError: error !== undefined })}
${actions([button({ label: texts.confirm })])}`,
)}
${data.other !== undefined && form(data, actions([button({ label: texts.appOther, kind: "plain", name: "action", value: data.other })]))}`;
  return layout({
    ...data,
    title: formTitle(texts.appTitle, error, words),
    body,
    ...(nav && { width: "wide" }),
  });
}

export interface RecoveryCodesData extends Frame, FormTarget {
  codes: readonly string[];
  /** What the form sends. */
  keeps: string;
}

/** Shown once: what lets a person in who lost their phone. */
export function recoveryCodesPage(data: RecoveryCodesData): string {
  const { words, codes } = data;
  const texts = words.steps;
  const body = markup`<h1>${texts.recoveryTitle}</h1>
<p>${texts.recoveryLead}</p>
<ul class="recovery-codes" dir="ltr">
${codes.map((code) => markup`<li><code>${code}</code></li>\n`)}</ul>
<p><a href="${fileOf(data)}" download="${fileName}">${words.profile.download}</a> <bdi class="hint">${fileName}</bdi></p>
${form(data, actions([button({ label: texts.recoveryKept, name: "action", value: data.keeps })]))}`;
  return layout({ ...data, title: texts.recoveryTitle, body });
}

const fileName = "recovery-codes.txt";

/** To keep or to print: whose codes they are, and one a line. */
function fileOf({ productName, codes }: RecoveryCodesData): string {
  const text = `${productName}\n\n${codes.join("\n")}\n`;
  return `data:text/plain;charset=utf-8,${encodeURIComponent(text.toWellFormed())}`;
}

function startAgain(data: NewSecondFactorData): Markup {
  const { restart } = data.words.steps;
  return form(data, actions([button({ label: restart, kind: "plain", name: "action", value: "restart" })]));
}
