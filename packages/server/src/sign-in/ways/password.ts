import type { Account } from "../../records/account.ts";
import { attempt, type Counter, requireRoom } from "../attempt.ts";
import type { Ceremony, Given } from "../ceremony.ts";
import type { SignInContext } from "../context.ts";
import { knownBrowser } from "../known-browser.ts";
import { methods } from "../methods.ts";
import type { Outcome, Way } from "../way.ts";

/** A password, judged; the answer and its time are the same for a wrong one, for an account without one and for no account. */
export const password: Way = {
  action: "password",
  places: ["begin"],
  isOpen: ({ settings }) => settings.signIn.password,
  isHashed: true,
  act: judgePassword,
};

async function judgePassword(context: SignInContext, ceremony: Ceremony, given: Given): Promise<Outcome> {
  const { limiter, store, keys } = context;
  const { address, now, known } = ceremony;
  const email = given.optional("email")?.trim().toLowerCase() ?? "";
  const account = await store.accounts.findByEmail(email);
  const browser = knownBrowser(keys, known, account, now);
  const counters = guessCounters(browser, email, address);
  // Nobody who guesses behind the same address keeps the browser out that the account knows.
  const ofAddress: readonly Counter[] = browser === undefined ? [["sign_in_address", address]] : [];
  requireRoom(limiter, ofAddress, now);
  const fits = await attempt(
    limiter,
    counters,
    now,
    () => judge(context, account, given, address),
    (fits) => !fits,
  );
  // A whole school may sign in at once behind one address, so that the guesses under way there are not counted ahead; once
  // the wrong ones are too many, no answer tells which was right.
  requireRoom(limiter, ofAddress, now);
  if (!account || !fits) {
    limiter.count("sign_in_address", address, now);
    tellRefused(context, ceremony, account);
    return { kind: "wrong", fault: "password.wrong", email };
  }
  // Only what one browser or address mistyped: what is guessed elsewhere goes on being counted for the account.
  for (const [limit, key] of counters) if (limit === "sign_in") limiter.forget(limit, key);
  return { kind: "proved", account, methods: methods.password };
}

async function judge(
  { passwords }: Pick<SignInContext, "passwords">,
  account: Account | undefined,
  given: Given,
  address: string,
): Promise<boolean> {
  const typed = given.optional("password") ?? "";
  const fits = await passwords.verify(typed, account?.passwordHash ?? null, address);
  return fits && account?.disabledAt === null;
}

function tellRefused(
  { audit }: SignInContext,
  { address, now, story }: Ceremony,
  account: Account | undefined,
): void {
  const who = account ? { accountId: account.id } : {};
  const detail =
    account && account.disabledAt !== null ? "The account is switched off." : "Wrong email or password.";
  audit.record({ at: now, what: "sign-in.refused", ...who, address, detail });
  story.says(`Nobody was signed in, and the page was shown again. ${detail}`);
}

/**
 * What a wrong password counts for. A browser that the account knows counts by itself, so that nobody makes a person wait there
 * by guessing elsewhere. All others count for the address that was typed, at the network address and altogether, whether
 * there is an account or not.
 * @param browser the name that `knownBrowser` gave
 */
export function guessCounters(
  browser: string | undefined,
  email: string,
  address: string,
): readonly Counter[] {
  if (browser !== undefined) return [["sign_in", `known ${browser}`]];
  const typed = email.slice(0, 200);
  return [
    ["sign_in", `${typed} ${address}`],
    ["sign_in_account", typed],
  ];
}
