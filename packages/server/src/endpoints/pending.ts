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
import type { Context } from "./context.ts";

/** An interaction that this browser began, with its request read anew. */
export interface Pending extends Parties {
  readonly interaction: Interaction;
  readonly parameters: Parameters;
  readonly browser: string;
  readonly person: SignedIn | undefined;
}

/**
 * The client's request that waits in an interaction, read anew.
 * @throws invalid_request "interaction.unknown" where a page of ours waits and no client
 */
export async function requirePending(
  { store, cookies, resolveClient }: Context,
  request: HttpRequest,
  interaction: Interaction,
  story: Story,
  now: Instant,
): Promise<Pending> {
  if (interaction.clientId === "") throw invalidRequest("No app is waiting here.", "interaction.unknown");
  story.client(interaction.clientId);
  const parameters = Parameters.parse(interaction.query, { repeatable: ["resource"] });
  const parties = await requireParties(parameters, resolveClient, now, request.address);
  const person = await currentPerson(store, cookies.read(request, "session"), now);
  const browser = cookies.read(request, "browser") ?? "";
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
