import { Parameters } from "@valetkey/protocol/parameters";
import { page, seeOther } from "../http/answer.ts";
import { formToken, requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "../http/message.ts";
import type { SignedIn } from "../interaction/authorization.ts";
import { readUntil } from "../interaction/until.ts";
import { consentPage } from "../pages/consent.ts";
import type { Story } from "../ports/story.ts";
import type { Instant } from "../records/instant.ts";
import { isAsShown, tokenOfShown } from "./as-shown.ts";
import { requireInteraction } from "./ceremony.ts";
import { consentFacts } from "./consent-facts.ts";
import type { Context } from "./context.ts";
import { decide, finishWithout } from "./decide.ts";
import { requireForm } from "./form.ts";
import { frameOf } from "./frame.ts";
import { pageHref } from "./page-href.ts";
import { judgePending, type Pending, requirePending } from "./pending.ts";

/** The page on which a person decides; skipped where an earlier consent of a proven client covers what is asked. */
export function consentForm(context: Context): Endpoint {
  const { clock, keys, settings, store, basePath } = context;
  return async (request, story) => {
    const now = clock.now();
    const pending = await pendingOf(context, request, Parameters.parse(request.query), story, now);
    const judged = await judgePending(context, pending, story, now);
    if (judged.step === "sign-in" || !judged.person) return toSignIn(context, pending, story);
    if (judged.step === "finish")
      return seeOther(await finishWithout(context, judged, pending, judged.person, story, now));
    const html = consentPage({
      ...consentFacts(judged, judged.person, {
        resources: await store.resources.list(),
        settings,
        frame: frameOf(context, request, {
          uiLocales: pending.parameters.optional("ui_locales"),
          account: judged.person.account,
          clientId: judged.client.id,
        }),
        now,
      }),
      action: `${basePath}/consent`,
      formToken: tokenOfShown(formToken(keys, pending.browser, purposeOf(pending, judged.person)), judged),
      hidden: { interaction: pending.interaction.id },
      switchAccountHref: pageHref(context, "sign-in", pending.interaction.id),
    });
    story.says("The consent page was shown.");
    return page(html, { leaves: true });
  };
}

/** The decision. The request is judged again, so that no more can be granted than the page could offer. */
export function consent(context: Context): Endpoint {
  const { clock, keys, settings } = context;
  return async (request, story) => {
    requireForm(request);
    const now = clock.now();
    const form = Parameters.parse(request.body, { repeatable: ["scope"] });
    const pending = await pendingOf(context, request, form, story, now);
    if (!pending.person) return toSignIn(context, pending, story);
    const purpose = purposeOf(pending, pending.person);
    requireFormToken(keys, request, form, pending.browser, purpose, settings.issuer);
    const judged = await judgePending(context, pending, story, now);
    if (judged.step === "sign-in" || !judged.person) return toSignIn(context, pending, story);
    if (form.optional("decision") === "allow" && !isAsShown(form, judged)) {
      story.says("What may be allowed is no longer what the page offered; it was shown anew.");
      return seeOther(pageHref(context, "consent", pending.interaction.id));
    }
    const decision = {
      isAllowed: form.optional("decision") === "allow",
      ticked: form.all("scope"),
      until: readUntil(form.optional("until")),
      address: request.address,
    };
    return seeOther(await decide(context, judged, pending, judged.person, decision, story, now));
  };
}

async function pendingOf(
  context: Context,
  request: HttpRequest,
  given: Parameters,
  story: Story,
  now: Instant,
): Promise<Pending> {
  const interaction = await requireInteraction(context, request, given.optional("interaction"), now);
  return await requirePending(context, request, interaction, story, now);
}

/** The page names who would grant: it counts for that person alone, whoever is signed in when it comes back. */
export function purposeOf({ interaction }: Pick<Pending, "interaction">, { account }: SignedIn): string {
  return `consent ${interaction.id} ${account.id}`;
}

function toSignIn(context: Context, { interaction }: Pending, story: Story): HttpResponse {
  story.says("The person must sign in first.");
  return seeOther(pageHref(context, "sign-in", interaction.id));
}
