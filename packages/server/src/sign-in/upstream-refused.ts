import type { UpstreamFault, UpstreamRefused } from "../ports/upstreams.ts";
import type { Ceremony } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";
import { recordRefused } from "./record-refused.ts";
import type { SignInFault } from "./way.ts";

/** What a person is told; that somebody tried to mix answers up is for the operator alone. */
const faults: Readonly<Record<UpstreamFault, SignInFault>> = {
  disabled: "upstream.disabled",
  unreachable: "upstream.unreachable",
  denied: "upstream.denied",
  stranger: "upstream.stranger",
  answer: "upstream.answer",
  "mix-up": "upstream.answer",
};

/** Tells the operator why nobody came in from elsewhere. @returns what to tell the person */
export function tellRefused(
  context: Pick<SignInContext, "audit" | "limiter">,
  ceremony: Pick<Ceremony, "address" | "now" | "story">,
  upstream: string,
  { fault, fact }: Pick<UpstreamRefused, "fault" | "fact">,
): SignInFault {
  const detail = `The upstream ${upstream}: ${fault}. ${fact}`;
  recordRefused(context, ceremony, { detail });
  ceremony.story.says(`Nobody was signed in. ${detail}`);
  return faults[fault];
}
