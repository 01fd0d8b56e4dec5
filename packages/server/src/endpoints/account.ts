import { Parameters } from "@valetkey/protocol/parameters";
import { page, seeOther } from "../http/answer.ts";
import { formToken, requireFormToken } from "../http/form-token.ts";
import type { Endpoint } from "../http/message.ts";
import { accountPage } from "../pages/account.ts";
import type { Words } from "../pages/words/words.ts";
import type { Account } from "../records/account.ts";
import type { Instant } from "../records/instant.ts";
import { accountApps } from "./account-facts.ts";
import type { Context } from "./context.ts";
import { endAllAccess } from "./end-all-access.ts";
import { requireForm } from "./form.ts";
import { frameOf } from "./frame.ts";
import { requireVisitor } from "./own-page.ts";

/** What a person let in. */
export function accountForm(context: Context): Endpoint {
  const { clock, keys, basePath } = context;
  return async (request, story) => {
    const now = clock.now();
    const visitor = await requireVisitor(context, request, "account", undefined, story, now);
    if ("status" in visitor) return visitor;
    const { account } = visitor.person;
    const frame = frameOf(context, request, { account });
    const notice = noticeOf(Parameters.parse(request.query).optional("ended"), frame.words);
    story.says("The account page was shown.");
    const html = accountPage({
      ...frame,
      action: `${basePath}/account`,
      formToken: formToken(keys, visitor.browser, purposeOf(account)),
      hidden: {},
      account: { email: account.email, name: account.name },
      apps: await accountApps(context, account, frame, now),
      deviceHref: `${basePath}/device`,
      signOutHref: `${basePath}/end-session`,
      switchAccountHref: `${basePath}/account/sign-in?to=account`,
      ...(notice !== undefined && { notice }),
    });
    return page(html);
  };
}

/**
 * Ends one device, one app, or everything, by the verbs that the operator's command line has, so that resources hear of it
 * alike. What is another person's, or gone, is left as it is and not told apart.
 */
export function account(context: Context): Endpoint {
  const { clock, keys, settings, feed, basePath } = context;
  return async (request, story) => {
    requireForm(request);
    const now = clock.now();
    const form = Parameters.parse(request.body);
    const visitor = await requireVisitor(context, request, "account", undefined, story, now);
    if ("status" in visitor) return visitor;
    const { account } = visitor.person;
    requireFormToken(keys, request, form, visitor.browser, purposeOf(account), settings.issuer);
    const [kind = "", id = ""] = (form.optional("end") ?? "").split(" ");
    const ended = await end(context, account, kind, Number(id), request.address, now);
    feed.nudge();
    story.says(ended ? `The person ended access: ${ended}.` : "There was nothing to end.");
    return seeOther(`${basePath}/account${ended ? `?ended=${ended}` : ""}`);
  };
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

/** Of every form on the pages of an account. */
export function purposeOf({ id }: Pick<Account, "id">): string {
  return `account ${id}`;
}

function noticeOf(ended: string | undefined, { account: texts }: Words): string | undefined {
  if (ended === "device") return texts.deviceEnded;
  if (ended === "app") return texts.appEnded;
  return ended === "all" ? texts.allEnded : undefined;
}
