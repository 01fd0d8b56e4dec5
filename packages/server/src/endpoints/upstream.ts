import { Parameters } from "@valetkey/protocol/parameters";
import { seeOther } from "../http/answer.ts";
import { requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpResponse } from "../http/message.ts";
import type { Acted } from "../sign-in/acted.ts";
import { arrive, interactionOf } from "../sign-in/arrive.ts";
import { type Connected, connect } from "../sign-in/connect.ts";
import { purposeOf } from "./account-visit.ts";
import { requireVisit, type Visit } from "./ceremony.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { destinationQuery } from "./own-destination.ts";
import { fresh, requireVisitor } from "./own-page.ts";
import { pageHref } from "./page-href.ts";
import { onwards } from "./sign-in.ts";
import { signedInCookies } from "./signed-in-cookies.ts";

/** What of an answer is read; whatever else an upstream sends is left behind. */
const members = ["code", "state", "iss", "error"] as const;

/** The redirect URI of one upstream: the browser that left comes back. OpenID Connect Core §3.1.2.5 */
export function upstreamCallback(context: Context, id: string): Endpoint {
  return async (request, story) => {
    const interaction = interactionOf(Parameters.parse(request.query).optional("state"));
    const given = { optional: () => interaction };
    const visit = await requireVisit(context, request, given, story, context.clock.now());
    return answered(context, visit, await arrive(context, visit, id, new URLSearchParams(request.query)));
  };
}

/**
 * Apple answers by a form of its own site, and browsers send no SameSite=Lax cookie with that. Nothing is judged here: what
 * came goes on as a GET, which carries the cookie and is judged like any other upstream's.
 * Form Post Response Mode §2
 */
export function upstreamFormPost({ basePath }: Context, id: string): Endpoint {
  return (request, story) => {
    requireForm(request);
    const form = new URLSearchParams(request.body);
    const onwards = new URLSearchParams();
    for (const member of members) for (const text of form.getAll(member)) onwards.append(member, text);
    const name = nameIn(form.get("user"));
    if (name !== undefined) onwards.set("name", name);
    story.says("The answer came by a form and goes on as a GET, which brings the browser's cookie.");
    return seeOther(`${basePath}/upstream/${id}/callback?${onwards}`);
  };
}

function answered(context: Context, visit: Visit, acted: Acted | Connected): HttpResponse {
  const { basePath } = context;
  const { interaction, purpose } = visit;
  if (acted.kind === "signed-in")
    return seeOther(onwards(context, interaction.id, purpose), signedInCookies(context, visit, acted));
  if (acted.kind === "connected" || acted.kind === "not-connected") return toldThere(basePath, acted);
  // The page itself says what comes next, or what went wrong; the address with the code does not stay in the browser.
  return seeOther(pageHref(context, "sign-in", interaction.id));
}

/**
 * A form of the account page: the signed-in person goes to an upstream to connect their account there. Its token is that of
 * the account pages.
 */
export function connectUpstream(context: Context, id: string): Endpoint {
  const { clock, keys, settings, basePath } = context;
  return async (request, story) => {
    requireForm(request);
    const now = clock.now();
    const form = Parameters.parse(request.body);
    const visitor = await requireVisitor(context, request, "account/security", undefined, story, now, fresh);
    if ("status" in visitor) return visitor;
    requireFormToken(
      keys,
      request,
      form,
      visitor.browser,
      purposeOf(visitor.person.account),
      settings.issuer,
    );
    const query = destinationQuery({ to: "account/security", userCode: undefined });
    const about = { ...visitor, query, address: request.address, now, story };
    const left = await connect(context, about, id);
    return "location" in left ? seeOther(left.location) : toldThere(basePath, left);
  };
}

/** `connected` and `fault` are words of a closed set, for which the account page has its sentences. */
function toldThere(basePath: string, told: Connected): HttpResponse {
  const words = {
    upstream: told.upstream,
    ...(told.kind === "connected" ? { connected: "yes" } : { fault: told.fault }),
  };
  return seeOther(`${basePath}/account/security?${new URLSearchParams(words)}`);
}

/** `{"name":{"firstName":"…","lastName":"…"}}`, which Apple sends at the first sign-in only. */
function nameIn(user: string | null): string | undefined {
  try {
    const { name } = JSON.parse(user ?? "{}");
    const parts = [name?.firstName, name?.lastName].filter((part) => typeof part === "string");
    return parts.length === 0 ? undefined : parts.join(" ").slice(0, 100);
  } catch {
    return undefined;
  }
}
