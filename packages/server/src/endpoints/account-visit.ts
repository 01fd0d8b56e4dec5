import { Parameters } from "@valetkey/protocol/parameters";
import { seeOther } from "../http/answer.ts";
import { formToken, requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "../http/message.ts";
import type { Offered } from "../operations/ways-left.ts";
import type { AccountFrame } from "../pages/account-layout.ts";
import type { Story } from "../ports/story.ts";
import type { Account } from "../records/account.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import type { Session } from "../records/session.ts";
import type { Letter } from "../sign-in/post.ts";
import { openUpstreams } from "../sign-in/ways/upstream.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { frameOf, languageOf } from "./frame.ts";
import type { OwnPage } from "./own-destination.ts";
import { fresh, requireVisitor } from "./own-page.ts";

/** A person on a page of their own account. */
export interface AccountVisit {
  readonly request: HttpRequest;
  readonly account: Account;
  readonly session: Session;
  readonly browser: string;
  readonly now: Instant;
  readonly story: Story;
  /** The page's query, or what its form sent. */
  readonly given: Parameters;
}

/** @param within seconds since they proved who they are; however long ago where it is not given */
export interface AccountDoor {
  readonly to: OwnPage;
  readonly within?: Seconds;
}

type Shows = (context: Context, visit: AccountVisit) => Promise<HttpResponse> | HttpResponse;

/** A page of an account, for whoever is signed in; others sign in first and come back. */
export function accountShows(context: Context, { to, within }: AccountDoor, shows: Shows): Endpoint {
  return async (request, story) => {
    const now = context.clock.now();
    const given = Parameters.parse(request.query);
    const visitor = await requireVisitor(context, request, to, undefined, story, now, within);
    if ("status" in visitor) return visitor;
    return await shows(context, { ...visitor.person, browser: visitor.browser, request, now, story, given });
  };
}

/** What a form of such a page sends: of this browser, and of a page that was shown to this account. */
export function accountTakes(context: Context, { to, within }: AccountDoor, takes: Shows): Endpoint {
  const { keys, settings, clock } = context;
  return async (request, story) => {
    requireForm(request);
    const now = clock.now();
    const given = Parameters.parse(request.body);
    const visitor = await requireVisitor(context, request, to, undefined, story, now, within);
    if ("status" in visitor) return visitor;
    const { person, browser } = visitor;
    requireFormToken(keys, request, given, browser, purposeOf(person.account), settings.issuer);
    return await takes(context, { ...person, browser, request, now, story, given });
  };
}

/** Of every form on the pages of an account. */
export function purposeOf({ id }: Pick<Account, "id">): string {
  return `account ${id}`;
}

/** What each page of an account is given; its forms go to `to`. */
export function accountFrame(context: Context, visit: AccountVisit, to: OwnPage): AccountFrame {
  const { keys, basePath } = context;
  const { account, browser, request } = visit;
  return {
    ...frameOf(context, request, { account }),
    action: `${basePath}/${to}`,
    formToken: formToken(keys, browser, purposeOf(account)),
    hidden: {},
    account: { email: account.email },
    accountHref: `${basePath}/account`,
    switchAccountHref: `${basePath}/account/sign-in?to=${to}`,
  };
}

/** Back to a page, with words of a closed set for what was done. */
export function backTo(
  { basePath }: Pick<Context, "basePath">,
  to: OwnPage,
  told: Readonly<Record<string, string>> = {},
): HttpResponse {
  const query = new URLSearchParams(told).toString();
  return seeOther(`${basePath}/${to}${query === "" ? "" : `?${query}`}`);
}

/** Whether they proved lately enough who they are to change how they do it. */
export function isFresh({ session, now }: Pick<AccountVisit, "session" | "now">): boolean {
  return now - session.authenticatedAt <= fresh;
}

/** Tells the person of a change, at the address that their account has now. */
export function writeTo(context: Context, visit: AccountVisit, letter: Letter, about = ""): void {
  const { email, locale } = visit.account;
  const language = locale ?? languageOf(context, visit.request).tag;
  context.post.send(letter, { email, language }, { about });
}

/** An event of the person's own doing. */
export function record({ audit }: Context, visit: AccountVisit, what: string, detail?: string): void {
  const { account, request, now } = visit;
  const userAgent = (request.header("user-agent") ?? "").slice(0, 200);
  const about = { userAgent, ...(detail !== undefined && { detail }) };
  audit.record({ at: now, what, accountId: account.id, address: request.address, ...about });
}

/** What the server offers to sign in with today. */
export function offeredBy({ settings, post, upstreams }: Context): Offered {
  return {
    signIn: settings.signIn,
    canMail: post.isOpen,
    upstreams: openUpstreams(upstreams).map(({ id }) => id),
  };
}
