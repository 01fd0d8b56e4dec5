import { waysLeft } from "../operations/ways-left.ts";
import type { Arrival, Upstream, UpstreamKind } from "../ports/upstreams.ts";
import type { Instant } from "../records/instant.ts";
import type { Ceremony } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";

/** How far an upstream's clock may be from ours. */
const skew = 60;

/** Which know prompt=login: the others can be asked to let the account be chosen anew, and no more. */
const asksAgain: readonly UpstreamKind[] = ["oidc", "microsoft"];

/**
 * Whether somebody who comes from an upstream did not prove themselves there as lately as is asked here. OpenID Connect Core
 * §3.1.2.1: prompt=login and max_age are asked of who did the asking, and what comes back is checked. §2: `auth_time` must be
 * there where max_age was sent, so without it nobody knows, and nobody is believed.
 */
export async function isStale(
  context: Pick<SignInContext, "store" | "settings" | "post">,
  { wants, interaction, person, now }: Ceremony,
  { kind }: Upstream,
  { authenticatedAt }: Pick<Arrival, "authenticatedAt">,
): Promise<boolean> {
  const { again = false, maxAge } = wants;
  if (authenticatedAt !== null) return isOlder(authenticatedAt);
  if (maxAge !== undefined) return true;
  if (!again || asksAgain.includes(kind)) return false;
  if (interaction.clientId !== "" || !person) return true;
  // Before a page of ours: whoever has another way proves it by that. It is the only door of whoever has none.
  const { settings, post } = context;
  const here = { signIn: settings.signIn, canMail: post.isOpen, upstreams: [] };
  return (await waysLeft(context.store, person.account, here)).length > 0;

  function isOlder(at: Instant): boolean {
    return (again && at < interaction.createdAt - skew) || (maxAge !== undefined && at < now - maxAge - skew);
  }
}
