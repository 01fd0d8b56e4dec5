import { readFileSync } from "node:fs";
import type { Page } from "./browser.ts";
import { foreign } from "./foreign.ts";

const axe = readFileSync(foreign.resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 AA. */
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** What depends on the size of the window or its colours. */
const ofLooks = ["color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable"];

// The pages load nothing from elsewhere, so there is nothing to preload; a target's size is not judged unless it is asked for.
const judging = {
  runOnly: { type: "tag", values: tags },
  rules: { "target-size": { enabled: true } },
  resultTypes: ["violations"],
  preload: false,
  iframes: false,
  elementRef: false,
};

/**
 * What axe finds on a page against WCAG 2.2 AA; the page must run script. Where the page was judged before and only the
 * window or its colours have changed since, `again` has only that judged which depends on them.
 */
export async function barriersOf(
  page: Page,
  { again = false }: { readonly again?: boolean } = {},
): Promise<readonly string[]> {
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe);
  const options = again ? { ...judging, runOnly: { type: "rule", values: ofLooks } } : judging;
  const run = (selectors: boolean) => `axe.run(document, ${JSON.stringify({ ...options, selectors })})
    .then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html, failureSummary }) => [id, "at", target, html, failureSummary].join(" "))))`;
  // Where a fault is takes longer to say than that there is one.
  const quick = (await page.evaluate(run(false))) as string[];
  return quick.length === 0 ? quick : ((await page.evaluate(run(true))) as string[]);
}
