import { page } from "../http/answer.ts";
import type { Endpoint, HttpResponse } from "../http/message.ts";
import { exportOf } from "../operations/export-account.ts";
import { readName } from "../operations/new-account.ts";
import { ownDataPage, removeAccountPage, removedAccountPage } from "../pages/account-data.ts";
import {
  type AccountVisit,
  accountFrame,
  accountShows,
  accountTakes,
  backTo,
  record,
  writeTo,
} from "./account-visit.ts";
import type { Context } from "./context.ts";
import { frameOf } from "./frame.ts";
import { fresh } from "./own-page.ts";

const to = "account/data";

/** What an account says of its person; a copy of it; its end. */
export function dataForm(context: Context): Endpoint {
  return accountShows(context, { to }, (_, visit) => shown(context, visit));
}

/** Sets name and language. */
export function data(context: Context): Endpoint {
  const { store, look, cookies } = context;
  return accountTakes(context, { to }, async (_, visit) => {
    const { account, given, story } = visit;
    const name = readName(given.optional("name"));
    if (name === "") return shown(context, visit, true);
    // Where one language is offered the page has nothing to choose, and what was chosen stays.
    const chosen = given.optional("locale") ?? account.locale;
    const locale = look.languages.find(({ tag }) => tag === chosen)?.tag;
    await store.accounts.setProfile(account.id, { name, ...(locale !== undefined && { locale }) });
    record(context, visit, "account.profile-changed");
    story.says("The person's name and language were set.");
    const answer = backTo(context, to, { done: "saved" });
    // What this browser chose before would hide it.
    return { ...answer, headers: { ...answer.headers, "set-cookie": [cookies.clear("language")] } };
  });
}

function shown(context: Context, visit: AccountVisit, isNameless = false): HttpResponse {
  const { look, basePath } = context;
  const { account, given } = visit;
  const frame = accountFrame(context, visit, to);
  const html = ownDataPage({
    ...frame,
    name: account.name,
    ...(account.locale !== undefined && { language: account.locale }),
    languages: look.languages.map(({ tag, name }) => ({ tag, name })),
    exportAction: `${basePath}/account/export`,
    removeHref: `${basePath}/account/delete`,
    ...(isNameless && { error: frame.words.faults["name.missing"] }),
    ...(given.optional("done") === "saved" && { notice: frame.words.profile.saved }),
  });
  return page(html, { status: isNameless ? 400 : 200 });
}

/** A copy of everything that is kept about a person, as a file. */
export function exportData(context: Context): Endpoint {
  return accountTakes(context, { to }, async ({ store }, visit) => {
    const { account, now, story } = visit;
    const all = await exportOf(store, account, now);
    record(context, visit, "account.exported");
    story.says("The person downloaded their data.");
    return {
      status: 200,
      headers: {
        "content-type": "application/json",
        "content-disposition": 'attachment; filename="account.json"',
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
      body: `${JSON.stringify(all, null, 2)}\n`,
    };
  });
}

export function removeForm(context: Context): Endpoint {
  return accountShows(context, { to: "account/delete", within: fresh }, (_, visit) => {
    return page(removeAccountPage(accountFrame(context, visit, "account/delete")));
  });
}

/** The end of an account, of its sessions, and of everything that it let in: resources hear of it at once. */
export function remove(context: Context): Endpoint {
  const { store, feed, cookies } = context;
  return accountTakes(context, { to: "account/delete", within: fresh }, async (_, visit) => {
    const { account, given, request, now, story } = visit;
    const frame = accountFrame(context, visit, "account/delete");
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
