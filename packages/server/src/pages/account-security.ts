import { type AccountFrame, accountLayout } from "./account-layout.ts";
import { form } from "./form.ts";
import { isolated, type Markup, markup, named } from "./markup.ts";
import { actions, button, details, linkButton, type RowData, rows, section } from "./parts.ts";
import { address } from "./signed-in-as.ts";
import { count, tell } from "./words/say.ts";

export interface SecurityData extends AccountFrame {
  /** Where a person proves anew who they are; absent when they did so lately and may change what is here. */
  confirmHref?: string;
  /** Absent where there are none and none can be made. */
  passkeys?: { list: readonly ShownPasskey[]; addHref?: string };
  /** Absent where nobody signs in with a password. */
  password?: { isSet: boolean; href: string };
  /** `since` when it was set up; absent where it was not. */
  app?: { since?: string; addHref?: string; isNeeded: boolean };
  /** Absent for who has no second step. `left` is absent where nobody knows that any were ever made. */
  codes?: { left?: number };
  elsewhere?: { list: readonly ShownElsewhere[]; connect: readonly { name: string; action: string }[] };
  email: { isVerified: boolean; canVerify: boolean; changeHref?: string };
}

export interface ShownPasskey {
  /** Empty for none. */
  name: string;
  isSynced: boolean;
  since: string;
  used?: string;
  href: string;
}

export interface ShownElsewhere {
  upstream: string;
  subject: string;
  /** Of the provider. */
  name: string;
  email?: string;
  since: string;
  used?: string;
  /** Whether the provider is switched on. */
  isOpen: boolean;
  /** Whether it is the only way in. */
  isOnly: boolean;
}

/** Everything by which a person signs in. */
export function securityPage(data: SecurityData): string {
  const { confirmHref, words } = data;
  const texts = words.accountPages;
  const confirm =
    confirmHref !== undefined &&
    markup`<p>${texts.confirmLead}</p>
<div class="actions">${linkButton(texts.confirm, confirmHref)}</div>
`;
  const body = markup`${confirm}${passkeys(data)}${password(data)}${app(data)}${codes(data)}${elsewhere(data)}${email(data)}`;
  return accountLayout(data, "security", words.security.title, body);
}

function canChange({ confirmHref }: SecurityData): boolean {
  return confirmHref === undefined;
}

function passkeys(data: SecurityData): Markup | undefined {
  const { passkeys, words } = data;
  if (!passkeys) return undefined;
  const texts = words.security;
  const all = passkeys.list.map((one, at): RowData => {
    const id = `passkey-${at + 1}`;
    const link = markup`<a class="button outline" href="${one.href}" aria-describedby="${id}">${texts.change}</a>`;
    return {
      id,
      title: one.name === "" ? texts.unnamedPasskey : named(one.name),
      hint: `${one.isSynced ? texts.synced : texts.oneDevice} ${dates(data, one)}`,
      ...(canChange(data) && { action: link }),
    };
  });
  const add = passkeys.addHref;
  return section(
    "passkeys",
    texts.passkeys,
    markup`<p class="hint">${texts.passkeysLead}</p>
${all.length > 0 && rows(all)}
${add !== undefined && canChange(data) && linkButton(texts.addPasskey, add, "outline")}`,
  );
}

function dates(data: SecurityData, one: { since: string; used?: string }): string {
  return `${tell(data.words.accountPages.made, { since: one.since })} ${usedWords(data, one)}`;
}

function usedWords({ words }: SecurityData, { used }: { used?: string }): string {
  const texts = words.accountPages;
  return used === undefined ? texts.unused : tell(texts.used, { used });
}

function password(data: SecurityData): Markup | undefined {
  const { password, words } = data;
  if (!password) return undefined;
  const texts = words.security;
  const { isSet, href } = password;
  return section(
    "password-part",
    texts.password,
    markup`<p>${isSet ? texts.hasPassword : texts.hasNoPassword}</p>
${canChange(data) && linkButton(isSet ? texts.changePassword : texts.setPassword, href, "outline")}`,
  );
}

function app(data: SecurityData): Markup | undefined {
  const { app, words } = data;
  if (!app) return undefined;
  const texts = words.security;
  const { since, addHref, isNeeded } = app;
  if (since === undefined) {
    return section(
      "app",
      texts.app,
      markup`<p>${texts.hasNoApp}</p>
${addHref !== undefined && canChange(data) && linkButton(texts.addApp, addHref, "outline")}`,
    );
  }
  const remove = details(
    texts.removeApp,
    markup`<p>${isNeeded ? texts.onlyFactor : texts.removeAppHint}</p>
${!isNeeded && form(data, actions([button({ label: texts.removeAppSubmit, kind: "danger", name: "action", value: "remove-app" })]))}`,
  );
  return section(
    "app",
    texts.app,
    markup`<p>${tell(texts.hasApp, { since })}</p>\n${canChange(data) && remove}`,
  );
}

function codes(data: SecurityData): Markup | undefined {
  const { words, lang } = data;
  if (!data.codes) return undefined;
  const { left } = data.codes;
  if (left === undefined && !canChange(data)) return undefined;
  const texts = words.security;
  const send = button({ label: texts.newCodesSubmit, kind: "outline", name: "action", value: "new-codes" });
  const hint = left !== undefined && left > 0 && markup`<p>${texts.newCodesHint}</p>\n`;
  const make = details(texts.newCodes, markup`${hint}${form(data, send)}`);
  return section(
    "codes",
    texts.codes,
    markup`${left !== undefined && markup`<p>${left === 0 ? texts.noCodes : count(texts.codesLeft, left, lang)}</p>\n`}${canChange(data) && make}`,
  );
}

function elsewhere(data: SecurityData): Markup | undefined {
  const { elsewhere, words } = data;
  if (!elsewhere) return undefined;
  const texts = words.security;
  const all = elsewhere.list.map((one, at): RowData => {
    const id = `elsewhere-${at + 1}`;
    const { upstream, subject } = one;
    const hint = markup`${one.email !== undefined && markup`${isolated(one.email)} · `}${tell(texts.connected, { since: one.since })} ${usedWords(data, one)}${!one.isOpen && ` ${texts.off}`}${one.isOnly && ` ${texts.onlyWay}`}`;
    const send = button({
      label: texts.disconnect,
      kind: "outline",
      name: "action",
      value: "disconnect",
      describedBy: id,
    });
    const action = form({ ...data, hidden: { ...data.hidden, upstream, subject } }, send);
    return { id, title: named(one.name), hint, ...(canChange(data) && !one.isOnly && { action }) };
  });
  const connect = elsewhere.connect.map(({ name, action }) =>
    form({ ...data, action }, button({ label: tell(texts.connect, { upstream: name }), kind: "outline" })),
  );
  return section(
    "elsewhere",
    texts.elsewhere,
    markup`${all.length > 0 && markup`<p class="hint">${texts.elsewhereLead}</p>\n${rows(all)}`}
${canChange(data) && connect}`,
  );
}

function email(data: SecurityData): Markup {
  const { account, email, words } = data;
  const texts = words.security;
  const { isVerified, canVerify, changeHref } = email;
  const verify = button({ label: texts.verify, kind: "outline", name: "action", value: "verify-email" });
  return section(
    "email-part",
    texts.email,
    markup`<p>${address(account.email)}</p>
<p class="hint">${isVerified ? texts.verified : texts.unverified}</p>
${canVerify && form(data, verify)}
${changeHref !== undefined && canChange(data) && linkButton(texts.changeEmail, changeHref, "outline")}`,
  );
}
