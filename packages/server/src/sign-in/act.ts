import type { SignInProgress } from "../records/interaction.ts";
import { type Acted, again } from "./acted.ts";
import type { Ceremony, Given } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";
import { proved } from "./proved.ts";
import type { Way } from "./way.ts";

/**
 * One step of a person's sign-in. The interaction's progress moves by one compare-and-set, so that of the same page sent
 * twice one is taken. Our pages and the interaction API both come here.
 * @param ways by the name of their action
 * @throws OAuthError "request.rate" with Retry-After
 */
export async function act(
  context: SignInContext,
  ways: ReadonlyMap<string, Way>,
  ceremony: Ceremony,
  action: string,
  given: Given,
): Promise<Acted> {
  const { interaction, story } = ceremony;
  const { progress } = interaction;
  if (action === "restart") return await moveOn(context, ceremony, {});
  const way = ways.get(action);
  if (!way?.places.includes(progress.step ?? "begin") || !way.isOpen(context)) {
    story.says("This cannot be done here, or no longer.");
    return again("page.stale");
  }
  if (way.isChallenged && (await moveOn(context, ceremony, progress)).kind !== "next")
    return again("page.stale");
  const outcome = await way.act(context, ceremony, given);
  const version = interaction.version + (way.isChallenged ? 1 : 0);
  const now: Ceremony = { ...ceremony, interaction: { ...interaction, version } };
  switch (outcome.kind) {
    case "proved":
      return await proved(context, now, outcome.account, outcome.methods);
    case "wrong":
      return again(outcome.fault, outcome.email);
    case "next":
      return await moveOn(context, now, outcome.progress);
    case "elsewhere": {
      const moved = await moveOn(context, now, outcome.progress);
      return moved.kind === "next" ? { kind: "elsewhere", location: outcome.location } : moved;
    }
  }
}

async function moveOn(
  { store }: Pick<SignInContext, "store">,
  { interaction, story }: Ceremony,
  progress: SignInProgress,
): Promise<Acted> {
  const stands = await store.interactions.advance(interaction.id, interaction.version, progress);
  if (stands) return { kind: "next" };
  story.says("Another page of this sign-in was faster.");
  return again("page.stale");
}
