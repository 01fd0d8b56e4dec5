import { act } from "../sign-in/act.ts";
import { openUpstreams } from "../sign-in/ways/upstream.ts";
import type { Visit } from "./ceremony.ts";
import type { Context } from "./context.ts";

/**
 * The parameter `direct_sign_in=upstream:<name>` of an authorization request sends the person straight on to that upstream,
 * past our page, once: who comes back without being signed in, or goes back in their browser, finds the page. The other ways
 * are what the page begins with (sign-in-page.ts); any other value is a wish that nobody here can grant, and ignored.
 * @returns where the browser goes
 */
export async function directSignIn(context: Context, visit: Visit): Promise<string | undefined> {
  const { interaction, wants } = visit;
  const id = /^upstream:(.+)$/.exec(wants.directSignIn ?? "")?.[1];
  const isOpen = openUpstreams(context.upstreams).some((upstream) => upstream.id === id);
  if (!isOpen || interaction.version !== 0 || interaction.progress.step !== undefined) return undefined;
  const given = { optional: (name: string) => (name === "upstream" ? id : undefined) };
  const acted = await act(context, context.ways, visit, "upstream", given);
  // What went wrong stands in the interaction now, which the same page shows.
  return acted.kind === "elsewhere"
    ? acted.location
    : `${context.basePath}/sign-in?interaction=${interaction.id}`;
}
