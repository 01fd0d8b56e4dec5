import type { Page } from "./browser.ts";

/** Notes of Chromium's that are no fault of the page. */
const notes: readonly RegExp[] = [
  // A person (or a test) who is quicker than the page keeps the focus where they put it.
  /^Autofocus processing was blocked/,
];

/**
 * Everything that the browser says about a page on its console, of any level, and every error that the page lets go;
 * it grows while the page lives. What a test brings about itself it names in `expected`, which is held against the whole
 * line: the text, then " at " and the URL where Chromium knows it.
 */
export function complaintsOf(
  page: Page,
  { expected }: { readonly expected?: RegExp } = {},
): readonly string[] {
  const complaints: string[] = [];
  const hear = (text: string, url: string) => {
    if (notes.some((note) => note.test(text))) return;
    const line = url ? `${text} at ${url}` : text;
    if (!expected?.test(line)) complaints.push(line);
  };
  page.on("console", (message) => hear(message.text(), message.location().url));
  page.on("pageerror", (error) => hear(String(error), ""));
  return complaints;
}
