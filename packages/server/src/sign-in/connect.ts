import type { SignedIn } from "../interaction/authorization.ts";
import type { Story } from "../ports/story.ts";
import { type Arrival, type Upstream, UpstreamRefused } from "../ports/upstreams.ts";
import type { Instant } from "../records/instant.ts";
import { beginInteraction } from "./begin.ts";
import type { Ceremony } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";
import { identityOf } from "./upstream-account.ts";
import { tellRefused } from "./upstream-refused.ts";
import type { SignInFault } from "./way.ts";
import { leaveFor } from "./ways/upstream.ts";

/** What became of connecting an account here with one elsewhere. */
export type Connected =
  | { readonly kind: "connected"; readonly upstream: string }
  | { readonly kind: "not-connected"; readonly upstream: string; readonly fault: SignInFault };

/** A person on a page of their own account, in which they proved lately who they are. */
export interface Connecting {
  readonly person: SignedIn;
  readonly browser: string;
  /** Of the page that they come back to, as the query of an interaction. */
  readonly query: string;
  readonly address: string;
  readonly now: Instant;
  readonly story: Story;
}

/**
 * Sends a signed-in person to an upstream, so that their account here is connected with the one there: by their own act,
 * and by nothing that the upstream says of an address.
 * @returns where the browser goes. @throws OAuthError "request.rate" with Retry-After
 */
export async function connect(
  context: SignInContext,
  { person, browser, query, address, now, story }: Connecting,
  id: string,
): Promise<{ readonly location: string } | Connected> {
  const waiting = { query, clientId: "", browser, address, progress: {} };
  const interaction = { id: await beginInteraction(context, waiting, now) };
  try {
    const { location, kept } = await leaveFor(context, { interaction, wants: { acrValues: [] } }, id);
    const connects = { sid: person.session.sid };
    await context.store.interactions.advance(interaction.id, 0, { upstream: { ...kept, connects } });
    story.says(`On to the upstream ${id}, to connect an account there.`);
    return { location };
  } catch (thrown) {
    if (!(thrown instanceof UpstreamRefused)) throw thrown;
    const fault = tellRefused(context, { address, now, story }, id, thrown);
    return { kind: "not-connected", upstream: id, fault };
  }
}

/** They come back: the account of the session that left, and no other, is connected with who they are there. */
export async function connected(
  { store, audit, post }: SignInContext,
  { person, interaction, now, address, story, language }: Ceremony,
  upstream: Upstream,
  arrival: Arrival,
  connects: { readonly sid: string },
): Promise<Connected> {
  const no = (fault: SignInFault): Connected => {
    story.says(`No account was connected: ${fault}.`);
    return { kind: "not-connected", upstream: upstream.id, fault };
  };
  await store.interactions.finish(interaction.id);
  if (person?.session.sid !== connects.sid) return no("page.stale");
  const identity = identityOf(upstream, arrival, person.account, now);
  if (!(await store.identities.add(identity))) {
    const known = await store.identities.find(upstream.id, arrival.subject);
    return known?.accountId === person.account.id
      ? { kind: "connected", upstream: upstream.id }
      : no("upstream.taken");
  }
  // Whoever ended this session meanwhile, or its account, must not be left with the connection of who had it.
  if (!(await store.sessions.find(person.session.idHash))) {
    await store.identities.remove(upstream.id, arrival.subject, person.account.id);
    return no("page.stale");
  }
  const detail = upstream.id;
  audit.record({ at: now, what: "identity.linked", accountId: person.account.id, address, detail });
  const { email, locale } = person.account;
  post.send("identity-added", { email, language: locale ?? language }, { about: upstream.name });
  story.says(`The account was connected with one at ${upstream.id}.`);
  return { kind: "connected", upstream: upstream.id };
}
