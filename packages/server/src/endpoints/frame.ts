import type { HttpRequest } from "../http/message.ts";
import type { Frame, LanguageChoice } from "../pages/layout.ts";
import { en } from "../pages/words/en.ts";
import type { Language } from "../pages/words/languages.ts";
import type { Context } from "./context.ts";
import { acceptedLanguages, chosenLanguage, uiLocales } from "./language.ts";

/** What an endpoint knows of whom a page is for. */
export interface ShownTo {
  /** Of the request that waits. Where it is absent, that of the page's own address counts. */
  readonly uiLocales?: string | undefined;
  readonly account?: { readonly locale?: string } | undefined;
  /** The client whose sign-in or consent it is: it may have a look of its own. */
  readonly clientId?: string | undefined;
}

type Needed = Pick<Context, "look" | "cookies" | "basePath">;

/** What every page is given: its language, its texts, its look. */
export function frameOf(context: Needed, request: HttpRequest, to: ShownTo = {}): Frame {
  const { look, basePath } = context;
  const language = languageOf(context, request, to);
  const { tag: lang, dir, words } = language;
  const choice = choiceOf(request, look.languages, basePath);
  return {
    ...look.brandOf(to.clientId),
    words,
    lang,
    dir,
    links: look.links,
    ...(choice && { languageChoice: choice }),
  };
}

/** What a page for developers is given: it speaks English, whatever its reader's browser asks for. */
export function englishFrame({ look }: Pick<Context, "look">): Frame {
  return { ...look.brandOf(undefined), words: en, lang: "en", dir: "ltr", links: look.links };
}

/**
 * The language of a page or a mail: what the person chose on a page of ours, then what the client asked for, what the
 * account says, what the browser says, and the operator's first.
 */
export function languageOf({ look, cookies }: Needed, request: HttpRequest, to: ShownTo = {}): Language {
  const asked = to.uiLocales ?? new URLSearchParams(request.query).get("ui_locales") ?? undefined;
  const wishes = [
    cookies.read(request, "language"),
    ...uiLocales(asked),
    to.account?.locale,
    ...acceptedLanguages(request.header("accept-language")),
  ];
  const known = wishes.filter((wish) => wish !== undefined);
  // `lookOf` offers one language at least.
  return chosenLanguage(known, look.languages) as Language;
}

/** Only on a page that can be opened again as it is. */
function choiceOf(
  { method, path, query }: HttpRequest,
  offered: readonly Language[],
  basePath: string,
): LanguageChoice | undefined {
  if (offered.length < 2 || method !== "GET") return undefined;
  return {
    action: `${basePath}/language`,
    back: query === "" ? path : `${path}?${query}`,
    languages: offered.map(({ tag, name }) => ({ tag, name })),
  };
}
