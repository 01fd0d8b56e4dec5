import { type AccountFrame, accountLayout, accountStep } from "./account-layout.ts";
import { field, form } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { type Markup, markup } from "./markup.ts";
import { actions, button, linkButton, section } from "./parts.ts";
import { address } from "./signed-in-as.ts";
import { say } from "./words/say.ts";

export interface OwnDataData extends AccountFrame {
  name: string;
  /** Of the account; absent where it has chosen none. */
  language?: string;
  languages: readonly { tag: string; name: string }[];
  exportAction: string;
  removeHref: string;
}

/** What an account says of its person; a copy of all of it; and its end. */
export function ownDataPage(data: OwnDataData): string {
  const { words, name, error } = data;
  const texts = words.profile;
  const isInError = error !== undefined;
  const about = form(
    data,
    markup`${field({ name: "name", label: texts.name, type: "text", autocomplete: "name", value: name, isInError, hasFocus: isInError })}
${languageField(data)}
${actions([button({ label: texts.save })])}`,
  );
  const download = form(
    { ...data, action: data.exportAction },
    button({ label: texts.downloadSubmit, kind: "outline" }),
  );
  const body = markup`${section("about", texts.about, about)}
${section("download", texts.download, markup`<p>${texts.downloadLead}</p>\n${download}`)}
${section("remove", texts.remove, markup`<p>${texts.removeLead}</p>\n${linkButton(texts.remove, data.removeHref, "outline")}`)}`;
  return accountLayout(data, "data", texts.title, body);
}

/** Stands for none of them. */
const anyLanguage = "browser";

function languageField({ words, language, languages }: OwnDataData): Markup | undefined {
  if (languages.length < 2) return undefined;
  const option = (value: string, label: string, lang?: string) =>
    markup`<option value="${value}"${lang !== undefined && markup` lang="${lang}"`}${value === (language ?? anyLanguage) && markup` selected`}>${label}</option>\n`;
  return markup`<div class="field">
<label for="locale">${words.profile.language}</label>
<select id="locale" name="locale">
${option(anyLanguage, words.profile.anyLanguage)}${languages.map(({ tag, name }) => option(tag, name, tag))}</select>
</div>`;
}

/** The end of an account takes its address, typed. */
export function removeAccountPage(data: AccountFrame): string {
  const { words, account, error } = data;
  const texts = words.profile;
  const typed = {
    name: "email",
    label: texts.removeEmail,
    type: "email",
    autocomplete: "off",
    isInError: error !== undefined,
    hasFocus: error !== undefined,
  } as const;
  const body = markup`<p>${texts.removeConsequences}</p>
<p>${say(texts.removeType, { email: address(account.email) })}</p>
${form(data, markup`${field(typed)}\n${actions([button({ label: texts.removeSubmit, kind: "danger" })])}`)}`;
  return accountStep(data, "data", texts.removeTitle, body);
}

export function removedAccountPage(data: Frame): string {
  const { removedTitle: title, removed } = data.words.profile;
  return layout({ ...data, title, body: markup`<h1>${title}</h1>\n<p>${removed}</p>` });
}
