import { type Departure, type Upstream, UpstreamRefused, type Upstreams } from "../../ports/upstreams.ts";
import type { UpstreamSignIn } from "../../records/interaction.ts";
import { hashSecret, newName } from "../../tokens/secret.ts";
import type { Ceremony, Given } from "../ceremony.ts";
import type { SignInContext } from "../context.ts";
import { tellRefused } from "../upstream-refused.ts";
import type { Outcome, Way } from "../way.ts";

/** Sign in elsewhere: this is the way out. The way back is `sign-in/arrive.ts`. */
export const upstream: Way = {
  action: "upstream",
  places: ["begin"],
  isOpen: ({ upstreams }) => openUpstreams(upstreams).length > 0,
  act: leave,
};

export function openUpstreams({ list }: Pick<Upstreams, "list">): readonly Upstream[] {
  return list.filter(({ isEnabled }) => isEnabled);
}

/** Each has its own, compared when somebody comes back: the defence against mix-up of RFC 9700 §4.4.2.2. */
export function upstreamRedirectUri(issuer: string, id: string): string {
  return `${issuer}/upstream/${id}/callback`;
}

/** Where the browser goes, and what is kept until it comes back. */
export interface Left {
  readonly location: string;
  readonly kept: UpstreamSignIn;
}

/**
 * RFC 9700 §4.7: a state, a nonce and a verifier for this one attempt of this one browser.
 * @throws UpstreamRefused
 */
export async function leaveFor(
  { upstreams, settings }: Pick<SignInContext, "upstreams" | "settings">,
  { interaction, wants }: Pick<Ceremony, "wants"> & { readonly interaction: { readonly id: string } },
  id: string,
): Promise<Left> {
  const departure: Departure = {
    redirectUri: upstreamRedirectUri(settings.issuer, id),
    // Names the interaction, so that many may be under way in one browser; what is behind the dot is the secret.
    state: `${interaction.id}.${newName(32)}`,
    nonce: newName(32),
    codeVerifier: newName(32),
  };
  const location = await upstreams.depart(id, departure, wants);
  const { state, nonce, codeVerifier } = departure;
  return { location, kept: { id, stateHash: hashSecret(state), nonce, codeVerifier } };
}

async function leave(context: SignInContext, ceremony: Ceremony, given: Given): Promise<Outcome> {
  const id = given.optional("upstream") ?? "";
  try {
    const { location, kept } = await leaveFor(context, ceremony, id);
    ceremony.story.says(`On to the upstream ${id}.`);
    return { kind: "elsewhere", progress: { upstream: kept }, location };
  } catch (thrown) {
    if (!(thrown instanceof UpstreamRefused)) throw thrown;
    const known = context.upstreams.list.find((one) => one.id === id);
    const fault = tellRefused(context, ceremony, known?.id ?? "that was asked for", thrown);
    return { kind: "next", progress: { fault, ...(known && { faultOf: known.id }) } };
  }
}
