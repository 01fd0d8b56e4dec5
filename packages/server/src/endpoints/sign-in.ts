import { Parameters } from "@valetkey/protocol/parameters";
import { seeOther } from "../http/answer.ts";
import { requireFormToken } from "../http/form-token.ts";
import type { Endpoint } from "../http/message.ts";
import { act } from "../sign-in/act.ts";
import { Turns } from "../sign-in/turns.ts";
import { type Purpose, requireVisit } from "./ceremony.ts";
import type { Context } from "./context.ts";
import { directSignIn } from "./direct-sign-in.ts";
import { requireForm } from "./form.ts";
import { destinationPath } from "./own-destination.ts";
import { pageHref } from "./page-href.ts";
import { shownStep } from "./sign-in-page.ts";
import { signedInCookies } from "./signed-in-cookies.ts";

/** The page on which a person signs in, for a client that waits or for a page of ours: wherever they are with it. */
export function signInForm(context: Context): Endpoint {
  return async (request, story) => {
    const query = Parameters.parse(request.query);
    const visit = await requireVisit(context, request, query, story, context.clock.now());
    const direct = await directSignIn(context, visit);
    if (direct !== undefined) return seeOther(direct);
    story.says("The sign-in page was shown.");
    return await shownStep(context, request, visit, undefined, query.optional("way"));
  };
}

/** One step of it, as a form. Without an `action` it is the password. */
export function signIn(context: Context): Endpoint {
  const { clock, keys, settings, basePath, ways, passwords } = context;
  const turns = new Turns();
  return async (request, story) => {
    requireForm(request);
    const form = Parameters.parse(request.body);
    const action = form.optional("action") ?? "password";
    if (ways.get(action)?.isHashed) {
      await turns.next();
      passwords.requireRoom();
    }
    const visit = await requireVisit(context, request, form, story, clock.now());
    const { interaction, browser, purpose } = visit;
    requireFormToken(keys, request, form, browser, interaction.id, settings.issuer);
    const acted = await act(context, ways, visit, action, form);
    switch (acted.kind) {
      case "signed-in":
        return seeOther(
          onwards(context, visit.interaction.id, purpose),
          signedInCookies(context, visit, acted),
        );
      case "next":
        return seeOther(`${basePath}/sign-in?interaction=${interaction.id}`);
      case "elsewhere":
        return seeOther(acted.location);
      case "again":
        return await shownStep(
          context,
          request,
          await requireVisit(context, request, form, story, clock.now()),
          { ...acted, name: form.optional("name") },
          action,
        );
    }
  };
}

/** Where a person goes who is signed in now. */
export function onwards(
  context: Pick<Context, "settings" | "basePath">,
  interaction: string,
  purpose: Purpose,
): string {
  return purpose.kind === "own"
    ? destinationPath(context.basePath, purpose.destination)
    : pageHref(context, "consent", interaction);
}
