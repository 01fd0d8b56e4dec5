import { html } from "hono/html";

/** HTML that is already escaped; only `markup` makes it. */
export type Markup = Exclude<ReturnType<typeof html>, Promise<unknown>>;

/**
 * The escaping tagged template of every page: what is interpolated is text, unless it is `Markup` itself.
 * Pages are given finished data, so nothing in them is awaited.
 *
 * @throws TypeError when a promise is interpolated.
 */
export function markup(strings: TemplateStringsArray, ...values: unknown[]): Markup {
  const made = html(strings, ...values);
  if (made instanceof Promise) throw new TypeError("A page is made of finished data, not of promises.");
  return made;
}

/**
 * Text that a stranger chose, kept from rearranging the words around it: a line of its own direction, without control
 * characters. `<bdi>` alone is not enough, since a U+2069 in the text would end the isolation that the element begins.
 */
export function isolated(text: string): Markup {
  return markup`<bdi>${plain(text)}</bdi>`;
}

/** The same, for the name of a thing: cut by the stylesheet after a few lines. A host is never cut. */
export function named(text: string): Markup {
  return markup`<bdi class="name">${plain(text)}</bdi>`;
}

/** A stranger's address as a link, with the host to show for it: `https`, without user information. Else undefined. */
export function webLink(address: string): { href: string; host: string } | undefined {
  const url = URL.parse(address);
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "") return undefined;
  return { href: url.href, host: url.host };
}

/** Without control characters and without those that turn the direction of what follows. */
export function plain(text: string): string {
  const shown = text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, " ")
    .replace(/\p{Bidi_Control}/gu, "");
  const isBlank = shown.replace(/[\s\u2800\p{Default_Ignorable_Code_Point}]/gu, "") === "";
  return isBlank ? "(?)" : shown;
}
