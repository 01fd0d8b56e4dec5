import type { Parameters } from "@valetkey/protocol/parameters";
import type { HttpRequest } from "../http/message.ts";
import { beginSession } from "../interaction/session.ts";
import type { Story } from "../ports/story.ts";
import type { Account } from "../records/account.ts";
import type { Instant } from "../records/instant.ts";
import { attempt, type Counter, requireRoom } from "./attempt.ts";
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
  const { store, cookies, settings, audit, limiter } = context;
  const email = form.optional("email")?.trim().toLowerCase() ?? "";
  const ofAddress: readonly Counter[] = [["sign_in_address", request.address]];
  requireRoom(limiter, ofAddress, now);
  const judged = await attempt(
    limiter,
    [["sign_in", signInKey(email, request)]],
    now,
    () => judge(context, email, form),
    isWrong,
  );
  // A whole school may sign in at once behind one address, so that the guesses under way there are not counted ahead; once
  // the wrong ones are too many, no answer tells which was right.
  requireRoom(limiter, ofAddress, now);
  const { account } = judged;
  if (!account || isWrong(judged)) {
    for (const [limit, key] of ofAddress) limiter.count(limit, key, now);
    tellRefused(context, request, account, story, now);
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

interface Judged {
  readonly account: Account | undefined;
  readonly fits: boolean;
}

async function judge({ store, passwords }: Context, email: string, form: Parameters): Promise<Judged> {
  const account = await store.accounts.findByEmail(email);
  const fits = await passwords.verify(form.optional("password") ?? "", account?.passwordHash ?? null);
  return { account, fits };
}

function isWrong({ account, fits }: Judged): boolean {
  return !account || !fits || account.disabledAt !== null;
}

function tellRefused(
  { audit }: Context,
  request: HttpRequest,
  account: Account | undefined,
  story: Story,
  now: Instant,
): void {
  const who = account ? { accountId: account.id } : {};
  const detail =
    account && account.disabledAt !== null ? "The account is switched off." : "Wrong e-mail or password.";
  audit.record({ at: now, what: "sign-in.refused", ...who, address: request.address, detail });
  story.says(`Nobody was signed in, and the page was shown again. ${detail}`);
}

/** One counter for an e-mail at an address: nobody can lock a person out from elsewhere. */
function signInKey(email: string, { address }: HttpRequest): string {
  return `${email.slice(0, 200)} ${address}`;
}
