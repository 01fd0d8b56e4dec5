import type { Account } from "../../records/account.ts";
import { attempt, type Counter, requireRoom } from "../attempt.ts";
import type { Ceremony, Given } from "../ceremony.ts";
import type { SignInContext } from "../context.ts";
import { methods } from "../methods.ts";
import type { Outcome, Way } from "../way.ts";

/** A password, judged; the answer and its time are the same for a wrong one, for an account without one and for no account. */
export const password: Way = {
  action: "password",
  places: ["begin"],
  isOpen: ({ settings }) => settings.signIn.password,
  act: judgePassword,
};

async function judgePassword(context: SignInContext, ceremony: Ceremony, given: Given): Promise<Outcome> {
  const { limiter } = context;
  const { address, now } = ceremony;
  const email = given.optional("email")?.trim().toLowerCase() ?? "";
  const ofAddress: readonly Counter[] = [["sign_in_address", address]];
  requireRoom(limiter, ofAddress, now);
  const judged = await attempt(
    limiter,
    [["sign_in", signInKey(email, address)]],
    now,
    () => judge(context, email, given),
    isWrong,
  );
  // A whole school may sign in at once behind one address, so that the guesses under way there are not counted ahead; once
  // the wrong ones are too many, no answer tells which was right.
  requireRoom(limiter, ofAddress, now);
  const { account } = judged;
  if (!account || isWrong(judged)) {
    for (const [limit, key] of ofAddress) limiter.count(limit, key, now);
    tellRefused(context, ceremony, account);
    return { kind: "wrong", fault: "password.wrong", email };
  }
  return { kind: "proved", account, methods: methods.password };
}

interface Judged {
  readonly account: Account | undefined;
  readonly fits: boolean;
}

async function judge({ store, passwords }: SignInContext, email: string, given: Given): Promise<Judged> {
  const account = await store.accounts.findByEmail(email);
  const fits = await passwords.verify(given.optional("password") ?? "", account?.passwordHash ?? null);
  return { account, fits };
}

function isWrong({ account, fits }: Judged): boolean {
  return !account || !fits || account.disabledAt !== null;
}

function tellRefused(
  { audit }: SignInContext,
  { address, now, story }: Ceremony,
  account: Account | undefined,
): void {
  const who = account ? { accountId: account.id } : {};
  const detail =
    account && account.disabledAt !== null ? "The account is switched off." : "Wrong e-mail or password.";
  audit.record({ at: now, what: "sign-in.refused", ...who, address, detail });
  story.says(`Nobody was signed in, and the page was shown again. ${detail}`);
}

/** One counter for an e-mail at an address: nobody can lock a person out from elsewhere. */
export function signInKey(email: string, address: string): string {
  return `${email.slice(0, 200)} ${address}`;
}
