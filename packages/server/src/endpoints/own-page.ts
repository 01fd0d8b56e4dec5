import { Parameters } from "@valetkey/protocol/parameters";
import { seeOther } from "../http/answer.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "../http/message.ts";
import type { SignedIn } from "../interaction/authorization.ts";
import { currentPerson } from "../interaction/session.ts";
import type { Story } from "../ports/story.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import { beginInteraction } from "../sign-in/begin.ts";
import { newName } from "../tokens/secret.ts";
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
  const { store, cookies } = context;
  const person = await currentPerson(store, cookies.read(request, "session"), now);
  const browser = cookies.read(request, "browser");
  if (person && browser !== undefined && now - person.session.authenticatedAt <= within)
    return { person, browser };
  story.says("The person must sign in first.");
  return await toSignIn(context, request, { to, userCode }, now);
}

/** The link "use another account", and whatever sends a person to sign in for a page of ours. */
export function ownSignIn(context: Context): Endpoint {
  return async (request, story) => {
    story.says("On to the sign-in page.");
    return await toSignIn(
      context,
      request,
      readDestination(Parameters.parse(request.query)),
      context.clock.now(),
    );
  };
}

async function toSignIn(
  context: Context,
  request: HttpRequest,
  destination: OwnDestination,
  now: Instant,
): Promise<HttpResponse> {
  const { cookies } = context;
  const known = cookies.read(request, "browser");
  const browser = known ?? newName(32);
  const waiting = { query: destinationQuery(destination), clientId: "", browser, address: request.address };
  const id = await beginInteraction(context, { ...waiting, progress: {} }, now);
  return seeOther(pageHref(context, "sign-in", id), known ? [] : [cookies.set("browser", browser)]);
}
