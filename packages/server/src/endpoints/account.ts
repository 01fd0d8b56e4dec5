import { page } from "../http/answer.ts";
import type { Endpoint } from "../http/message.ts";
import { accountPage } from "../pages/account.ts";
import type { Words } from "../pages/words/words.ts";
import type { Account } from "../records/account.ts";
import type { Instant } from "../records/instant.ts";
import { accountApps } from "./account-facts.ts";
import { accountFrame, accountShows, accountTakes, backTo } from "./account-visit.ts";
import type { Context } from "./context.ts";
import { endAllAccess } from "./end-all-access.ts";

const to = "account";

/** What a person let in. */
export function accountForm(context: Context): Endpoint {
  const { basePath } = context;
  return accountShows(context, { to }, async (_, visit) => {
    const { account, given, now, story } = visit;
    const frame = accountFrame(context, visit, to);
    const notice = noticeOf(given.optional("ended"), frame.words);
    story.says("The account page was shown.");
    const html = accountPage({
      ...frame,
      apps: await accountApps(context, account, frame, now),
      deviceHref: `${basePath}/device`,
      signOutHref: `${basePath}/end-session`,
      ...(notice !== undefined && { notice }),
    });
    return page(html);
  });
}

/**
 * Ends one device, one app, or everything, by the verbs that the operator's command line has, so that resources hear of it
 * alike. What is another person's, or gone, is left as it is and not told apart.
 */
export function account(context: Context): Endpoint {
  const { feed } = context;
  return accountTakes(context, { to }, async (_, visit) => {
    const { account, given, request, now, story } = visit;
    const [kind = "", id = ""] = (given.optional("end") ?? "").split(" ");
    const ended = await end(context, account, kind, Number(id), request.address, now);
    feed.nudge();
    story.says(ended ? `The person ended access: ${ended}.` : "There was nothing to end.");
    return backTo(context, to, ended && { ended });
  });
}

type Ended = "device" | "app" | "all";

async function end(
  context: Context,
  { id: accountId }: Account,
  kind: string,
  id: number,
  address: string,
  now: Instant,
): Promise<Ended | undefined> {
  const { store, audit } = context;
  if (kind === "all") {
    await endAllAccess(context, accountId, address, now);
    return "all";
  }
  if (!Number.isSafeInteger(id)) return undefined;
  if (kind === "app") {
    const grant = await store.grants.find(id);
    if (grant?.accountId !== accountId || !(await store.grants.end(id, now))) return undefined;
    const { clientId } = grant;
    audit.record({ at: now, what: "grant.ended", grantId: id, clientId, accountId, address });
    return "app";
  }
  const lineage = kind === "device" ? await store.lineages.find(id) : undefined;
  if (lineage?.accountId !== accountId || !(await store.lineages.end(id, "revoked", now))) return undefined;
  const { clientId, grantId } = lineage;
  audit.record({ at: now, what: "lineage.revoked", lineageId: id, grantId, clientId, accountId, address });
  return "device";
}

function noticeOf(ended: string | undefined, { account: texts }: Words): string | undefined {
  if (ended === "device") return texts.deviceEnded;
  if (ended === "app") return texts.appEnded;
  return ended === "all" ? texts.allEnded : undefined;
}
