import { Parameters } from "@valetkey/protocol/parameters";
import { page, seeOther } from "../http/answer.ts";
import { formToken, requireFormToken } from "../http/form-token.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "../http/message.ts";
import type { SignedIn } from "../interaction/authorization.ts";
import { currentPerson } from "../interaction/session.ts";
import { signInPage } from "../pages/sign-in.ts";
import type { Story } from "../ports/story.ts";
import type { Instant } from "../records/instant.ts";
import { newName } from "../tokens/secret.ts";
import { readUserCode, shownUserCode } from "../tokens/user-code.ts";
import type { Context } from "./context.ts";
import { requireForm } from "./form.ts";
import { frameOf } from "./frame.ts";
import { judgePassword } from "./judge-password.ts";
import { demoAccounts } from "./sign-in.ts";

/** The pages of ours that a person opens by themselves, and may have to sign in for. A closed set: no open redirect. */
export const ownPages = ["account", "device"] as const;
type OwnPage = (typeof ownPages)[number];

/** A person on a page of ours, and the browser that its forms are bound to. */
export interface Visitor {
  readonly person: SignedIn;
  readonly browser: string;
}

/** Who is signed in; or the redirect to the page where they do that and come back from. */
export async function requireVisitor(
  context: Pick<Context, "store" | "cookies" | "basePath">,
  request: HttpRequest,
  to: OwnPage,
  userCode: string | undefined,
  story: Story,
  now: Instant,
): Promise<Visitor | HttpResponse> {
  const { store, cookies, basePath } = context;
  const person = await currentPerson(store, cookies.read(request, "session"), now);
  const browser = cookies.read(request, "browser");
  if (person && browser !== undefined) return { person, browser };
  story.says("The person must sign in first.");
  return seeOther(`${basePath}/account/sign-in?${destinationOf(to, userCode)}`);
}

/** The page on which a person signs in for a page of ours. */
export function ownSignInForm(context: Context): Endpoint {
  const { cookies } = context;
  return (request, story) => {
    const known = cookies.read(request, "browser");
    const browser = known ?? newName(32);
    story.says("The sign-in page was shown.");
    const set = known ? [] : [cookies.set("browser", browser)];
    return shown(context, Parameters.parse(request.query), browser, set, {});
  };
}

export function ownSignIn(context: Context): Endpoint {
  const { clock, keys, cookies, settings, basePath } = context;
  return async (request, story) => {
    requireForm(request);
    const now = clock.now();
    const form = Parameters.parse(request.body);
    const browser = cookies.read(request, "browser");
    requireFormToken(keys, request, form, browser, purpose, settings.issuer);
    const verdict = await judgePassword(context, request, form, story, now);
    if (verdict.cookie !== undefined) {
      const { to, userCode } = destinationIn(form);
      const query = userCode === undefined ? "" : `?user_code=${shownUserCode(userCode)}`;
      return seeOther(`${basePath}/${to}${query}`, [verdict.cookie]);
    }
    const { email } = verdict;
    return shown(context, form, browser ?? "", [], { email, error: "E-mail or password is wrong." });
  };
}

const purpose = "own sign-in";

function destinationIn(parameters: Parameters) {
  const to = ownPages.find((one) => one === parameters.optional("to")) ?? "account";
  const userCode = to === "device" ? readUserCode(parameters.optional("user_code") ?? "") : undefined;
  return { to, userCode };
}

function destinationOf(to: OwnPage, userCode: string | undefined): URLSearchParams {
  return new URLSearchParams({
    to,
    ...(userCode === undefined ? {} : { user_code: shownUserCode(userCode) }),
  });
}

function shown(
  { keys, settings, basePath }: Context,
  parameters: Parameters,
  browser: string,
  cookies: readonly string[],
  given: { readonly email?: string; readonly error?: string },
): HttpResponse {
  const { to, userCode } = destinationIn(parameters);
  const html = signInPage({
    ...frameOf(settings, basePath),
    action: `${basePath}/account/sign-in`,
    formToken: formToken(keys, browser, purpose),
    hidden: Object.fromEntries(destinationOf(to, userCode)),
    purpose: to === "device" ? "to connect a device" : "to see what you let in",
    ...given,
    ...(settings.demo ? { demoAccounts: demoAccounts(settings.demo.accounts) } : {}),
  });
  return page(html, { status: given.error === undefined ? 200 : 400, cookies });
}
