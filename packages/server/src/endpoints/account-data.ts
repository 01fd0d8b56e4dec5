import { page } from "../http/answer.ts";
import type { Endpoint, HttpResponse } from "../http/message.ts";
import { readName } from "../operations/new-account.ts";
import { ownDataPage } from "../pages/account-data.ts";
import {
  type AccountVisit,
  accountFrame,
  accountShows,
  accountTakes,
  backTo,
  record,
} from "./account-visit.ts";
import type { Context } from "./context.ts";

const to = "account/data";

/** What an account says of its person, and the ways to a copy of it and to its end. */
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
