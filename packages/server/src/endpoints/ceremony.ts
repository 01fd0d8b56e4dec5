import { invalidRequest } from "@valetkey/protocol/errors";
import { Parameters } from "@valetkey/protocol/parameters";
import type { HttpRequest } from "../http/message.ts";
import { currentPerson } from "../interaction/session.ts";
import type { Story } from "../ports/story.ts";
import type { Instant } from "../records/instant.ts";
import type { Interaction } from "../records/interaction.ts";
import type { Ceremony, Wants } from "../sign-in/ceremony.ts";
import { hashSecret } from "../tokens/secret.ts";
import type { Context } from "./context.ts";
import { languageOf } from "./frame.ts";
import { type OwnDestination, readDestination } from "./own-destination.ts";
import { type Pending, requirePending } from "./pending.ts";

/** A person who signs in, in the browser that began, and what they do it for. */
export interface Visit extends Ceremony {
  readonly browser: string;
  readonly purpose: Purpose;
}

export type Purpose =
  | { readonly kind: "client"; readonly pending: Pending }
  | { readonly kind: "own"; readonly destination: OwnDestination };

/**
 * The sign-in that a page or a call belongs to.
 * @throws invalid_request "interaction.unknown" for another browser's too, "interaction.expired"
 */
export async function requireVisit(
  context: Context,
  request: HttpRequest,
  given: { optional(name: string): string | undefined },
  story: Story,
  now: Instant,
): Promise<Visit> {
  const interaction = await requireInteraction(context, request, given.optional("interaction"), now);
  const { store, cookies } = context;
  const uiLocales = new URLSearchParams(interaction.query).get("ui_locales")?.slice(0, 200);
  const about = {
    interaction,
    language: languageOf(context, request, { uiLocales }).tag,
    browser: cookies.read(request, "browser") ?? "",
    replaces: cookies.read(request, "session"),
    known: cookies.read(request, "known"),
    address: request.address,
    userAgent: request.header("user-agent") ?? "",
    now,
    story,
  };
  if (interaction.clientId === "") {
    const person = await currentPerson(store, about.replaces, now);
    const destination = readDestination(Parameters.parse(interaction.query));
    // Who is signed in and still sent here is to prove anew who they are.
    const wants = { acrValues: [], again: person !== undefined };
    return { ...about, person, wants, purpose: { kind: "own", destination } };
  }
  const pending = await requirePending(context, request, interaction, story, now);
  return { ...about, person: pending.person, wants: wantsOf(pending), purpose: { kind: "client", pending } };
}

/** @throws invalid_request "interaction.unknown" for another browser's too, "interaction.expired" */
export async function requireInteraction(
  { store, cookies }: Pick<Context, "store" | "cookies">,
  request: HttpRequest,
  id: string | undefined,
  now: Instant,
): Promise<Interaction> {
  const browser = cookies.read(request, "browser");
  const interaction = id === undefined ? undefined : await store.interactions.find(id);
  if (!interaction || browser === undefined || hashSecret(browser) !== interaction.browserHash) {
    throw invalidRequest("Nothing is waiting for you in this browser.", "interaction.unknown");
  }
  if (now >= interaction.expiresAt) throw invalidRequest("This page waited too long.", "interaction.expired");
  return interaction;
}

/** What the client asks of the sign-in: a wish each, and what is not understood is no wish. */
function wantsOf({ parameters }: Pending): Wants {
  const [loginHint, directSignIn, uiLocales] = ["login_hint", "direct_sign_in", "ui_locales"].map((name) =>
    parameters.optional(name)?.slice(0, 200),
  );
  const age = parameters.optional("max_age");
  const prompt = parameters.optional("prompt")?.split(" ") ?? [];
  return {
    again: prompt.includes("login"),
    signUp: prompt.includes("create"),
    ...(age !== undefined && /^[0-9]{1,9}$/.test(age) && { maxAge: Number(age) }),
    acrValues: parameters.optional("acr_values")?.split(" ").filter(Boolean) ?? [],
    ...(loginHint !== undefined && { loginHint }),
    ...(directSignIn !== undefined && { directSignIn }),
    ...(uiLocales !== undefined && { uiLocales }),
  };
}
