import { Parameters } from "@valetkey/protocol/parameters";
import { seeOther } from "../http/answer.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "../http/message.ts";
import type { SignedIn } from "../interaction/authorization.ts";
import { currentPerson } from "../interaction/session.ts";
import { isStrongEnough } from "../interaction/strength.ts";
import type { Story } from "../ports/story.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import type { SignInProgress } from "../records/interaction.ts";
import { beginInteraction, firstProgress } from "../sign-in/begin.ts";
import { browserOf } from "./browser-form.ts";
import type { Context } from "./context.ts";
import { destinationQuery, type OwnDestination, type OwnPage, readDestination } from "./own-destination.ts";
import { pageHref } from "./page-href.ts";

/** A person on a page of ours, and the browser that its forms are bound to. */
export interface Visitor {
  readonly person: SignedIn;
  readonly browser: string;
}

/** How long ago a person may have proved who they are where they change how they do it. */
export const fresh: Seconds = 600;

/**
 * Who is signed in; or the redirect to the page where they do that and come back from.
 * @param within seconds since they proved who they are; however long ago where it is not given
 */
export async function requireVisitor(
  context: Context,
  request: HttpRequest,
  to: OwnPage,
  userCode: string | undefined,
  story: Story,
  now: Instant,
  within: Seconds = Number.POSITIVE_INFINITY,
): Promise<Visitor | HttpResponse> {
  const { store, cookies, settings } = context;
  const person = await currentPerson(store, cookies.read(request, "session"), now);
  const browser = cookies.read(request, "browser");
  const isFresh = person !== undefined && now - person.session.authenticatedAt <= within;
  const isStrong = person !== undefined && isStrongEnough(person.session.amr, [], settings.signIn);
  if (browser !== undefined && isFresh && isStrong) return { person, browser };
  story.says("The person must sign in first.");
  const progress = await firstProgress(context, { person, isStepUp: isFresh });
  return await toSignIn(context, request, { to, userCode }, progress, now);
}

/** The link "use another account", and whatever sends a person to sign in for a page of ours. */
export function ownSignIn(context: Context): Endpoint {
  return async (request, story) => {
    story.says("On to the sign-in page.");
    return await toSignIn(
      context,
      request,
      readDestination(Parameters.parse(request.query)),
      {},
      context.clock.now(),
    );
  };
}

async function toSignIn(
  context: Context,
  request: HttpRequest,
  destination: OwnDestination,
  progress: SignInProgress,
  now: Instant,
): Promise<HttpResponse> {
  const { browser, cookies } = browserOf(context, request);
  const waiting = { query: destinationQuery(destination), clientId: "", browser, address: request.address };
  const id = await beginInteraction(context, { ...waiting, progress }, now);
  return seeOther(pageHref(context, "sign-in", id), cookies);
}
