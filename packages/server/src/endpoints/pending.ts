import { invalidRequest, OAuthError } from "@valetkey/protocol/errors";
import { Parameters } from "@valetkey/protocol/parameters";
import type { HttpRequest } from "../http/message.ts";
import { AuthorizationError, isTrusted } from "../interaction/answer.ts";
import { type Authorization, judgeAuthorization, type SignedIn } from "../interaction/authorization.ts";
import { type Parties, requireParties } from "../interaction/parties.ts";
import { currentPerson } from "../interaction/session.ts";
import type { Story } from "../ports/story.ts";
import type { Instant } from "../records/instant.ts";
import type { Interaction } from "../records/interaction.ts";
import { hashSecret } from "../tokens/secret.ts";
import type { Context } from "./context.ts";

/** An interaction that this browser began, with its request read anew. */
export interface Pending extends Parties {
  readonly interaction: Interaction;
  readonly parameters: Parameters;
  readonly browser: string;
  readonly person: SignedIn | undefined;
}

/**
 * The interaction that a page belongs to.
 * @throws invalid_request "interaction.unknown" for another browser's too, "interaction.expired"
 */
export async function requirePending(
  { store, cookies, resolveClient }: Context,
  request: HttpRequest,
  form: Parameters,
  story: Story,
  now: Instant,
): Promise<Pending> {
  const browser = cookies.read(request, "browser");
  const id = form.optional("interaction");
  const interaction = id === undefined ? undefined : await store.interactions.find(id);
  if (!interaction || browser === undefined || hashSecret(browser) !== interaction.browserHash) {
    throw invalidRequest("Nothing is waiting for you in this browser.", "interaction.unknown");
  }
  story.client(interaction.clientId);
  if (now >= interaction.expiresAt) throw invalidRequest("This page waited too long.", "interaction.expired");
  const parameters = Parameters.parse(interaction.query, { repeatable: ["resource"] });
  const parties = await requireParties(parameters, resolveClient, now, request.address);
  const person = await currentPerson(store, cookies.read(request, "session"), now);
  return { ...parties, interaction, parameters, browser, person };
}

/** Judges the pending request for the person as they stand now. What the client is to be told, it is told. */
export async function judgePending(
  context: Context,
  pending: Pending,
  story: Story,
  now: Instant,
): Promise<Authorization> {
  const { interaction, parameters, person } = pending;
  try {
    return await judgeAuthorization(context, pending, parameters, person, interaction.signedInAt, story, now);
  } catch (thrown) {
    if (!(thrown instanceof OAuthError)) throw thrown;
    const automatic = await isTrusted(context.store, pending, person);
    throw new AuthorizationError(thrown, pending, context.settings.issuer, automatic);
  }
}
