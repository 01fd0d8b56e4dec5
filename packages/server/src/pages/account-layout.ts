import { type FormTarget, formError, formTitle } from "./form.ts";
import { type Frame, layout } from "./layout.ts";
import { type Markup, markup } from "./markup.ts";
import { notice } from "./parts.ts";
import { signedInAs } from "./signed-in-as.ts";

/** What every page of an account is given. */
export interface AccountFrame extends Frame, FormTarget {
  account: { email: string };
  /** The first of the pages; the others are below it. */
  accountHref: string;
  switchAccountHref: string;
  /** What was just done. */
  notice?: string;
  /** Why a form came back. */
  error?: string;
}

/** The pages, by the last part of their address. */
const places = ["apps", "security", "sessions", "activity", "data"] as const;
export type AccountPlace = (typeof places)[number];

/** One of the pages of an account: their list with this one marked, for whom they are, and what this one is about. */
export function accountLayout(data: AccountFrame, at: AccountPlace, title: string, body: Markup): string {
  const whole = markup`${accountNav(data, at)}
<h1>${title}</h1>
${notice(data.notice)}${formError(data.error)}
<p class="lead">${signedInAs(data)}</p>
${body}`;
  return layout({ ...data, title: formTitle(title, data.error, data.words), body: whole, width: "wide" });
}

/** A step of its own beside a page: a form, and the way back to the page. */
export function accountStep(data: AccountFrame, at: AccountPlace, title: string, body: Markup): string {
  const whole = markup`${accountNav(data, at)}
<h1>${title}</h1>
${formError(data.error)}
${body}
<p><a href="${hrefOf(data, at)}">${data.words.frame.back}</a></p>`;
  return layout({ ...data, title: formTitle(title, data.error, data.words), body: whole, width: "wide" });
}

export function accountNav(
  { accountHref, words }: Pick<AccountFrame, "accountHref" | "words">,
  at: AccountPlace,
): Markup {
  const texts = words.accountPages;
  return markup`<nav class="pages" aria-label="${texts.label}">
<ul>
${places.map((one) => markup`<li><a href="${hrefOf({ accountHref }, one)}"${one === at && markup` aria-current="page"`}>${texts[one]}</a></li>\n`)}</ul>
</nav>`;
}

function hrefOf({ accountHref }: Pick<AccountFrame, "accountHref">, place: AccountPlace): string {
  return place === "apps" ? accountHref : `${accountHref}/${place}`;
}
