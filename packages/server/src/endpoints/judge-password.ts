import { tooManyRequests } from "@valetkey/protocol/errors";
import type { Parameters } from "@valetkey/protocol/parameters";
import type { HttpRequest } from "../http/message.ts";
import { beginSession } from "../interaction/session.ts";
import type { Story } from "../ports/story.ts";
import type { Account } from "../records/account.ts";
import type { Instant } from "../records/instant.ts";
import type { Context } from "./context.ts";

/** Who signed in, with the session's cookie; or the e-mail that was typed, for the page to be shown again. */
export type PasswordVerdict =
  | { readonly cookie: string }
  | { readonly cookie?: never; readonly email: string };

/**
 * A password, judged; the answer and its time are the same for a wrong one and for no account. A right one begins a
 * session, whatever session the browser came with.
 * @throws "request.rate" with Retry-After
 */
export async function judgePassword(
  context: Context,
  request: HttpRequest,
  form: Parameters,
  story: Story,
  now: Instant,
): Promise<PasswordVerdict> {
  const { store, cookies, settings, passwords, audit } = context;
  const email = form.optional("email")?.trim().toLowerCase() ?? "";
  requireRoom(context, request, email, now);
  const account = await store.accounts.findByEmail(email);
  const fits = await passwords.verify(form.optional("password") ?? "", account?.passwordHash ?? null);
  // Guesses that ran side by side all passed the first look; once they are too many, no answer tells which was right.
  requireRoom(context, request, email, now);
  if (!account || !fits || account.disabledAt !== null) {
    refuse(context, request, email, account, story, now);
    return { email };
  }
  const about = {
    amr: ["pwd"],
    userAgent: request.header("user-agent") ?? "",
    lifetime: settings.lifetimes.session,
  };
  const session = await beginSession(store, account, about, cookies.read(request, "session"), now);
  story.says("A person signed in.");
  audit.record({ at: now, what: "sign-in.done", accountId: account.id, address: request.address });
  return { cookie: cookies.set("session", session, settings.lifetimes.session) };
}

function requireRoom({ limiter }: Context, request: HttpRequest, email: string, now: Instant): void {
  const wait = Math.max(
    limiter.waitFor("sign_in", signInKey(email, request), now),
    limiter.waitFor("sign_in_address", request.address, now),
  );
  if (wait > 0) throw tooManyRequests(wait, "request.rate");
}

function refuse(
  { limiter, audit }: Context,
  request: HttpRequest,
  email: string,
  account: Account | undefined,
  story: Story,
  now: Instant,
): void {
  limiter.count("sign_in", signInKey(email, request), now);
  limiter.count("sign_in_address", request.address, now);
  const who = account ? { accountId: account.id } : {};
  const detail =
    account && account.disabledAt !== null ? "The account is switched off." : "Wrong e-mail or password.";
  audit.record({ at: now, what: "sign-in.refused", ...who, address: request.address, detail });
  story.says(`Nobody was signed in, and the page was shown again. ${detail}`);
}

/** One counter for an e-mail at an address: nobody can lock a person out from elsewhere. */
function signInKey(email: string, request: HttpRequest): string {
  return `${email.slice(0, 200)} ${request.address}`;
}
