/** What a look at a page measures. */
export interface Found {
  readonly lang: string;
  readonly dir: string;
  /** Pixels that the page is wider than the window. */
  readonly beyond: number;
  /** Targets below 24 by 24 CSS pixels. */
  readonly small: readonly string[];
  readonly headings: number;
}

/** The part of the DOM that is looked at; the tests are compiled without it. */
interface Element {
  readonly lang: string;
  readonly dir: string;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly outerHTML: string;
  readonly textContent: string;
  readonly parentElement: Element;
  querySelectorAll(selector: string): Iterable<Element>;
  closest(selector: string): Element | null;
  getBoundingClientRect(): { readonly width: number; readonly height: number };
  checkVisibility(): boolean;
}

/**
 * Runs in the page. A link within a sentence is as high as its line: WCAG 2.2 §2.5.8 excepts it, and nothing else here.
 */
export function measured(html: Element): Found {
  const small: string[] = [];
  for (const target of html.querySelectorAll("a[href], button, summary, select, input:not([type=hidden])")) {
    const { width, height } = target.getBoundingClientRect();
    if (!target.checkVisibility() || width === 0) continue;
    const line = target.closest("p, dd, li, span.hint");
    const isInSentence =
      target.closest("p, dd") !== null && line?.textContent.trim() !== target.textContent.trim();
    // A box and its label are one target.
    const box = target.closest(".scope, .choice");
    const size = box && !target.closest("a") ? box.getBoundingClientRect() : { width, height };
    if ((size.width < 24 || size.height < 24) && !isInSentence)
      small.push(
        `${Math.round(size.width)} by ${Math.round(size.height)}: ${target.outerHTML.slice(0, 160)}`,
      );
  }
  return {
    lang: html.lang,
    dir: html.dir,
    beyond: html.scrollWidth - html.clientWidth,
    small,
    headings: [...html.querySelectorAll("h1")].length,
  };
}
