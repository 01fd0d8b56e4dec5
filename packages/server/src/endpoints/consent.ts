import { OAuthError } from "@valetkey/protocol/errors";
import { Parameters } from "@valetkey/protocol/parameters";
import { page, seeOther } from "../http/answer.ts";
import { formToken, requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpResponse } from "../http/message.ts";
import { AuthorizationError } from "../interaction/answer.ts";
import type { Authorization, SignedIn } from "../interaction/authorization.ts";
import { finishWithCode } from "../interaction/finish.ts";
import { consentPage } from "../pages/consent.ts";
import type { Story } from "../ports/story.ts";
import type { Permission } from "../records/grant.ts";
import { scopesOf } from "../tokens/entitlement.ts";
import { requireInteraction } from "./ceremony.ts";
import { boxName, consentFacts } from "./consent-facts.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { judgePending, type Pending, requirePending } from "./pending.ts";

/** The page on which a person decides; skipped where an earlier consent of a proven client covers what is asked. */
export function consentForm(context: Context): Endpoint {
  const { clock, keys, settings, store, basePath } = context;
  return async (request, story) => {
    const now = clock.now();
    const id = Parameters.parse(request.query).optional("interaction");
    const interaction = await requireInteraction(context, request, id, now);
    const pending = await requirePending(context, request, interaction, story, now);
    const judged = await judgePending(context, pending, story, now);
    if (judged.step === "sign-in" || !judged.person) return toSignIn(basePath, pending, story);
    if (judged.step === "finish") {
      await requireUnfinished(context, pending);
      story.says("Consent was given before; the code went out at once.");
      return seeOther(await finishWithCode(context, judged, judged.person, judged.permitted, now));
    }
    const html = consentPage({
      ...consentFacts(judged, judged.person, {
        resources: await store.resources.list(),
        settings,
        basePath,
        now,
      }),
      action: `${basePath}/consent`,
      formToken: formToken(keys, pending.browser, purposeOf(pending, judged.person)),
      hidden: { interaction: pending.interaction.id },
      switchAccountHref: `${basePath}/sign-in?interaction=${pending.interaction.id}`,
    });
    story.says("The consent page was shown.");
    return page(html, { leaves: true });
  };
}

/** The decision. The request is judged again, so that no more can be granted than the page could offer. */
export function consent(context: Context): Endpoint {
  const { clock, keys, settings, audit, basePath } = context;
  return async (request, story) => {
    requireForm(request);
    const now = clock.now();
    const form = Parameters.parse(request.body, { repeatable: ["scope"] });
    const interaction = await requireInteraction(context, request, form.optional("interaction"), now);
    const pending = await requirePending(context, request, interaction, story, now);
    if (!pending.person) return toSignIn(basePath, pending, story);
    const purpose = purposeOf(pending, pending.person);
    requireFormToken(keys, request, form, pending.browser, purpose, settings.issuer);
    const judged = await judgePending(context, pending, story, now);
    if (judged.step === "sign-in" || !judged.person) return toSignIn(basePath, pending, story);
    await requireUnfinished(context, pending);
    const chosen = chosenOf(judged, form.all("scope"), settings.issuer);
    // Who unticks everything refuses; where nothing was asked there is nothing to untick.
    const isAllowed =
      form.optional("decision") === "allow" && (chosen.length > 0 || judged.permitted.length === 0);
    const { person } = judged;
    audit.record({
      at: now,
      what: isAllowed ? "consent.given" : "consent.denied",
      clientId: judged.client.id,
      accountId: person.account.id,
      address: request.address,
      detail: isAllowed ? scopesOf(chosen).join(" ") : "",
    });
    if (!isAllowed) throw denied(judged, settings.issuer);
    story.says(`The person allowed: ${scopesOf(chosen).join(" ") || "access without a scope"}.`);
    return seeOther(await finishWithCode(context, judged, person, chosen, now));
  };
}

/** The page names who would grant: it counts for that person alone, whoever is signed in when it comes back. */
function purposeOf({ interaction }: Pending, { account }: SignedIn): string {
  return `consent ${interaction.id} ${account.id}`;
}

function toSignIn(basePath: string, { interaction }: Pending, story: Story): HttpResponse {
  story.says("The person must sign in first.");
  return seeOther(`${basePath}/sign-in?interaction=${interaction.id}`);
}

/** A page that is sent twice earns one code. */
async function requireUnfinished({ store }: Context, { interaction }: Pending): Promise<void> {
  if (await store.interactions.finish(interaction.id)) return;
  throw new OAuthError("invalid_request", "This page was sent before.", "interaction.unknown");
}

/** What stays of the permitted after unticking; `openid` is what makes it a sign-in and stays with it. */
export function chosenOf(
  { permitted }: Pick<Authorization, "permitted">,
  ticked: readonly string[],
  issuer: string,
): readonly Permission[] {
  return permitted.flatMap(({ resource, scopes }) => {
    const kept = scopes.filter(
      (scope) =>
        ticked.includes(boxName(scope, resource, permitted)) || (resource === issuer && scope === "openid"),
    );
    return kept.length > 0 || scopes.length === 0 ? [{ resource, scopes: kept }] : [];
  });
}

function denied(
  judged: Authorization & { person: SignedIn | undefined },
  issuer: string,
): AuthorizationError {
  const refused = new OAuthError("access_denied", "The person refused.", "consent.denied");
  return new AuthorizationError(refused, judged, issuer, true);
}
