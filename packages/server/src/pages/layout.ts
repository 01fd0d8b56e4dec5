import { type Markup, markup } from "./markup.ts";
import { tell } from "./words/say.ts";
import type { Words } from "./words/words.ts";

/** What every page is given besides its own data; `endpoints/frame.ts` makes it. */
export interface Frame {
  /** The name above the page, "Valetkey" unless the operator set another. */
  productName: string;
  /** Where the stylesheet is served, on this origin. */
  stylesheetHref: string;
  /** The texts in the person's language, and what that is: BCP 47. */
  words: Words;
  lang: string;
  dir: "ltr" | "rtl";
  /** In place of our sign and the name. */
  logo?: { href: string; darkHref?: string };
  /** Of the operator, at the foot of each page. */
  links?: { privacy?: string; terms?: string; support?: string };
  /** Where a person takes another language; absent where there is nothing to choose. */
  languageChoice?: LanguageChoice;
}

export interface LanguageChoice {
  /** The form posts `language` and `back` there. */
  action: string;
  /** The page that is shown now. */
  back: string;
  languages: readonly { tag: string; name: string }[];
}

export interface LayoutData extends Frame {
  title: string;
  body: Markup;
  /** Pages with more to read than a form are wider. */
  width?: "narrow" | "wide";
}

const keyPath =
  "M15.5 2a6.5 6.5 0 0 0-6.2 8.46L2 17.76V22h4.24v-2.5h2.5V17h2.5l2.3-2.3A6.5 6.5 0 1 0 15.5 2Zm1.75 6.5a1.75 1.75 0 1 1 0-3.5 1.75 1.75 0 0 1 0 3.5Z";

// A data address, so that no browser asks for /favicon.ico; the policy of the pages allows images from `data:`.
const icon = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#3157d5" d="${keyPath}"/></svg>`,
)}`;

/**
 * The one frame around every page. It holds no script, no inline style and nothing from elsewhere, so that it stands
 * under `default-src 'none'; style-src 'self'; img-src 'self' data:`.
 */
export function layout(data: LayoutData): string {
  const { title, productName, stylesheetHref, body, lang, dir, width = "narrow" } = data;
  return markup`<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<title>${title} · ${productName}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${icon}">
<link rel="stylesheet" href="${stylesheetHref}">
</head>
<body>
<header class="brand">
${brand(data)}
</header>
<main class="card ${width}">
${body}
</main>
${foot(data)}</body>
</html>
`.toString();
}

function brand({ productName, logo }: Frame): Markup {
  if (logo)
    return markup`<picture>${logo.darkHref && markup`<source media="(prefers-color-scheme: dark)" srcset="${logo.darkHref}">`}<img class="logo" src="${logo.href}" alt="${productName}"></picture>`;
  return markup`<svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><path fill="currentColor" d="${keyPath}"/></svg>
<span class="product">${productName}</span>`;
}

function foot({ words, lang, links = {}, languageChoice }: Frame): Markup | undefined {
  const named = [
    { href: links.privacy, label: words.frame.privacy },
    { href: links.terms, label: words.frame.terms },
    { href: links.support, label: words.frame.support },
  ].filter(({ href }) => href !== undefined);
  if (named.length === 0 && !languageChoice) return undefined;
  return markup`<footer class="foot">
${
  named.length > 0 &&
  markup`<ul>
${named.map(({ href, label }) => markup`<li><a href="${href}" rel="noopener noreferrer">${label}</a></li>\n`)}</ul>
`
}${languageChoice && languageForm(languageChoice, words, lang)}</footer>
`;
}

// Behind a summary that a screen reader and a keyboard open alike; each button stands in its own language.
function languageForm({ action, back, languages }: LanguageChoice, words: Words, lang: string): Markup {
  const own = languages.find(({ tag }) => tag === lang)?.name ?? lang;
  return markup`<details class="languages">
<summary>${tell(words.frame.language, { name: own })}</summary>
<form method="post" action="${action}">
<input type="hidden" name="back" value="${back}">
<ul>
${languages.map(({ tag, name }) => markup`<li><button class="plain" type="submit" name="language" value="${tag}" lang="${tag}"${tag === lang && markup` aria-current="true"`}>${name}</button></li>\n`)}</ul>
</form>
</details>
`;
}
