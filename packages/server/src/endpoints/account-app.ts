import { page } from "../http/answer.ts";
import type { Endpoint, HttpResponse } from "../http/message.ts";
import {
  confirmOneTimePassword,
  newOneTimePassword,
  shownOneTimePassword,
} from "../operations/one-time-passwords.ts";
import { newRecoveryCodes } from "../operations/recovery-codes.ts";
import { newAppPage } from "../pages/new-second-factor.ts";
import { shownCodes } from "./account-security.ts";
import {
  type AccountVisit,
  accountFrame,
  accountShows,
  accountTakes,
  backTo,
  writeTo,
} from "./account-visit.ts";
import type { Context } from "./context.ts";
import { fresh } from "./own-page.ts";

const to = "account/security/app";
const back = "account/security";

/** An authenticator app takes a secret over: a new one each time, of which nothing is kept before its first code. */
export function appForm(context: Context): Endpoint {
  return accountShows(context, { to, within: fresh }, async (_, visit) => {
    if (!(await canHave(context, visit))) return backTo(context, back);
    visit.story.says("The page that sets an authenticator app up was shown.");
    return shown(context, visit, newOneTimePassword(context, visit.account.id));
  });
}

/** Its first code turns it on; recovery codes are shown in the answer, this once. */
export function app(context: Context): Endpoint {
  return accountTakes(context, { to, within: fresh }, async (_, visit) => {
    const { account, given, request, now, story } = visit;
    if (!(await canHave(context, visit))) return backTo(context, back, { kept: "stale" });
    const newSecret = given.optional("new_secret") ?? "";
    const about = { address: request.address, now };
    const code = given.optional("code") ?? "";
    const outcome = await confirmOneTimePassword(context, account.id, { newSecret, code }, about);
    if (outcome === "taken") return backTo(context, back, { kept: "stale" });
    if (outcome === "wrong") return shown(context, visit, newSecret, true);
    story.says("An authenticator app was set up, and recovery codes were shown.");
    writeTo(context, visit, "second-factor-added");
    return shownCodes(context, visit, await newRecoveryCodes(context, account.id, about));
  });
}

async function canHave({ store, settings }: Context, { account }: AccountVisit): Promise<boolean> {
  return settings.signIn.oneTimePasswords && (await store.oneTimePasswords.find(account.id)) === undefined;
}

function shown(context: Context, visit: AccountVisit, newSecret: string, isWrong = false): HttpResponse {
  const setUp = shownOneTimePassword(context, visit.account, newSecret, context.settings.productName);
  if (!setUp) return backTo(context, back, { kept: "stale" });
  const frame = accountFrame(context, visit, to);
  const error = isWrong ? { error: frame.words.faults["one-time-password.wrong"] } : {};
  const hidden = { new_secret: newSecret };
  return page(newAppPage({ ...frame, ...setUp, hidden, confirms: "confirm", ...error }), {
    status: isWrong ? 400 : 200,
  });
}
