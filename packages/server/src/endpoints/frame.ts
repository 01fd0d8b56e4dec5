import type { Settings } from "../ports/settings.ts";

/** What every page is given. */
export function frameOf(settings: Settings, basePath: string) {
  return { productName: settings.productName, stylesheetHref: `${basePath}/style.css` };
}
