import type { Context } from "./context.ts";

/** Where a person goes on with an interaction: a page of ours, or the team's own pages, which ask the interaction API what is next. */
export function pageHref(
  { settings, basePath }: Pick<Context, "settings" | "basePath">,
  page: "sign-in" | "consent",
  interaction: string,
): string {
  const { pagesUrl } = settings.signIn;
  if (pagesUrl === null) return `${basePath}/${page}?interaction=${interaction}`;
  const url = new URL(pagesUrl);
  url.searchParams.set("interaction", interaction);
  return url.href;
}
