import { page } from "../http/answer.ts";
import type { Endpoint } from "../http/message.ts";
import { removeAccountPage, removedAccountPage } from "../pages/account-data.ts";
import { accountFrame, accountShows, accountTakes, backTo, record, writeTo } from "./account-visit.ts";
import type { Context } from "./context.ts";
import { frameOf } from "./frame.ts";
import { fresh } from "./own-page.ts";

const to = "account/delete";

/** Where a person types the address of the account that is to end. */
export function removeForm(context: Context): Endpoint {
  return accountShows(context, { to, within: fresh }, (_, visit) => {
    return page(removeAccountPage(accountFrame(context, visit, to)));
  });
}

/** The end of an account, of its sessions, and of everything that it let in: resources hear of it at once. */
export function remove(context: Context): Endpoint {
  const { store, feed, cookies } = context;
  return accountTakes(context, { to, within: fresh }, async (_, visit) => {
    const { account, given, request, now, story } = visit;
    const frame = accountFrame(context, visit, to);
    const typed = given.optional("email")?.trim().toLowerCase();
    if (typed !== account.email) {
      const error = frame.words.profile.removeWrong;
      return page(removeAccountPage({ ...frame, error }), { status: 400 });
    }
    if (!(await store.accounts.remove(account.id, now))) return backTo(context, "account");
    feed.nudge();
    record(context, visit, "account.removed");
    story.says("The person deleted their account.");
    writeTo(context, visit, "account-removed");
    const html = removedAccountPage(frameOf(context, request, { account }));
    return page(html, { cookies: [cookies.clear("session")] });
  });
}
