import { OAuthError } from "@valetkey/protocol/errors";
import { AuthorizationError } from "../interaction/answer.ts";
import type { Authorization, SignedIn } from "../interaction/authorization.ts";
import { finishAsRemembered, finishWithConsent } from "../interaction/finish.ts";
import { endOf, type Until } from "../interaction/until.ts";
import type { Story } from "../ports/story.ts";
import type { Permission } from "../records/grant.ts";
import type { Instant } from "../records/instant.ts";
import { scopesOf } from "../tokens/entitlement.ts";
import { boxName } from "./consent-facts.ts";
import type { Context } from "./context.ts";
import type { Pending } from "./pending.ts";

/** What a person answered on the consent page, ours or another's. */
export interface Decision {
  readonly isAllowed: boolean;
  /** The names of the boxes that were ticked. */
  readonly ticked: readonly string[];
  /** How long it counts. */
  readonly until: Until;
  readonly address: string;
}

/**
 * Records the decision and says where the browser goes with it. The request was judged again just now, so that no more can
 * be granted than the page could offer.
 * @throws AuthorizationError "consent.denied"; invalid_request "interaction.unknown" when it was sent before
 */
export async function decide(
  context: Context,
  judged: Authorization,
  { interaction }: Pick<Pending, "interaction">,
  person: SignedIn,
  decision: Decision,
  story: Story,
  now: Instant,
): Promise<string> {
  const { settings, audit } = context;
  await requireUnfinished(context, interaction.id);
  const chosen = chosenOf(judged, decision.ticked, settings.issuer);
  const isAllowed = decision.isAllowed && isSomething(chosen, judged);
  const endsAt = endOf(decision.until, now);
  audit.record({
    at: now,
    what: isAllowed ? "consent.given" : "consent.denied",
    clientId: judged.client.id,
    accountId: person.account.id,
    address: decision.address,
    detail: isAllowed ? allowedWords(chosen, endsAt) : "",
  });
  if (!isAllowed) {
    const refused = new OAuthError("access_denied", "The person refused.", "consent.denied");
    throw new AuthorizationError(refused, judged, settings.issuer, true);
  }
  story.says(`The person allowed: ${allowedWords(chosen, endsAt) || "access without a scope"}.`);
  return await finishWithConsent(context, judged, person, chosen, endsAt, now);
}

/** Consent was given before, to a client that is proven: the code goes out at once. */
export async function finishWithout(
  context: Context,
  judged: Authorization,
  { interaction }: Pick<Pending, "interaction">,
  person: SignedIn,
  story: Story,
  now: Instant,
): Promise<string> {
  await requireUnfinished(context, interaction.id);
  story.says("Consent was given before; the code went out at once.");
  return await finishAsRemembered(context, judged, person, now);
}

/** Who unticks everything refuses; where nothing was asked there is nothing to untick. */
export function isSomething(
  chosen: readonly Permission[],
  { permitted }: Pick<Authorization, "permitted">,
): boolean {
  return chosen.length > 0 || permitted.length === 0;
}

/** What was allowed, and until when, for the trace and the audit. */
export function allowedWords(chosen: readonly Permission[], endsAt: Instant | undefined): string {
  const end = endsAt === undefined ? "" : ` until ${new Date(endsAt * 1_000).toISOString()}`;
  return `${scopesOf(chosen).join(" ")}${end}`.trim();
}

/** A page that is sent twice earns one code. */
async function requireUnfinished({ store }: Context, id: string): Promise<void> {
  if (await store.interactions.finish(id)) return;
  throw new OAuthError("invalid_request", "This page was sent before.", "interaction.unknown");
}

/**
 * What stays of the permitted after unticking: `openid`, which is what makes it a sign-in, and what was allowed before,
 * which is shown and not asked.
 */
export function chosenOf(
  { permitted, granted }: Pick<Authorization, "permitted" | "granted">,
  ticked: readonly string[],
  issuer: string,
): readonly Permission[] {
  return permitted.flatMap(({ resource, scopes }) => {
    const held = granted.find((permission) => permission.resource === resource)?.scopes ?? [];
    const kept = scopes.filter(
      (scope) =>
        ticked.includes(boxName(scope, resource, permitted)) ||
        held.includes(scope) ||
        (resource === issuer && scope === "openid"),
    );
    return kept.length > 0 || scopes.length === 0 ? [{ resource, scopes: kept }] : [];
  });
}
