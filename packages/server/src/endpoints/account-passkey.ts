import { page } from "../http/answer.ts";
import type { Endpoint, HttpResponse } from "../http/message.ts";
import { addPasskey, passkeyCreation, removePasskey, renamePasskey } from "../operations/passkeys.ts";
import { waysLeft } from "../operations/ways-left.ts";
import { newPasskeyPage, passkeyPage } from "../pages/account-passkey.ts";
import type { Passkey } from "../records/passkey.ts";
import { beginInteraction } from "../sign-in/begin.ts";
import { challengeOf } from "../sign-in/challenge.ts";
import { credentialIn } from "../sign-in/ways/passkey.ts";
import { hashSecret } from "../tokens/secret.ts";
import {
  type AccountVisit,
  accountFrame,
  accountShows,
  accountTakes,
  backTo,
  offeredBy,
  record,
  writeTo,
} from "./account-visit.ts";
import type { Context } from "./context.ts";
import { destinationQuery } from "./own-destination.ts";
import { fresh } from "./own-page.ts";

const to = "account/security/passkey";
const back = "account/security";

/** Where a passkey is made; or, with the id of one, renamed and removed. */
export function passkeyForm(context: Context): Endpoint {
  return accountShows(context, { to, within: fresh }, async (_, visit) => {
    const id = visit.given.optional("id");
    if (id === undefined) return await shownNew(context, visit);
    const passkey = await ownPasskey(context, visit, id);
    return passkey ? await shownOne(context, visit, passkey) : backTo(context, back, { kept: "stale" });
  });
}

export function passkey(context: Context): Endpoint {
  return accountTakes(context, { to, within: fresh }, async (_, visit) => {
    const action = visit.given.optional("action");
    if (action === "rename") return await rename(context, visit);
    return action === "remove" ? await remove(context, visit) : await add(context, visit);
  });
}

/** The challenge is that of an interaction, which the answer spends: none is answered twice. WebAuthn Level 3 §13.4.3 */
async function shownNew(context: Context, visit: AccountVisit): Promise<HttpResponse> {
  const { settings, keys, passkeyScript } = context;
  if (!settings.signIn.passkeys) return backTo(context, back);
  const { account, browser, request, now, story } = visit;
  const query = destinationQuery({ to, userCode: undefined });
  const waiting = { query, clientId: "", browser, address: request.address, progress: {} };
  const interaction = await beginInteraction(context, waiting, now);
  const frame = accountFrame(context, visit, to);
  const html = newPasskeyPage({
    ...frame,
    hidden: { interaction },
    options: await passkeyCreation(context, account, challengeOf(keys, { id: interaction, version: 0 })),
    scriptHref: passkeyScript.href,
    ...(visit.given.optional("fault") !== undefined && { error: frame.words.faults["passkey.refused"] }),
  });
  story.says("The page that makes a passkey was shown.");
  return page(html, { script: passkeyScript.source });
}

async function add(context: Context, visit: AccountVisit): Promise<HttpResponse> {
  const { store, keys, settings } = context;
  const { account, browser, given, request, now, story } = visit;
  const interaction = await store.interactions.find(given.optional("interaction") ?? "");
  const isOurs =
    interaction?.clientId === "" &&
    interaction.browserHash === hashSecret(browser) &&
    interaction.query === destinationQuery({ to, userCode: undefined }) &&
    now < interaction.expiresAt;
  if (!isOurs || !settings.signIn.passkeys || !(await store.interactions.finish(interaction.id)))
    return backTo(context, to, { fault: "passkey" });
  const made = {
    answer: credentialIn(given),
    challenge: challengeOf(keys, { id: interaction.id, version: 0 }),
    name: given.optional("name") ?? "",
  };
  const passkey = await addPasskey(context, account, made, { address: request.address, now });
  if (!passkey) return backTo(context, to, { fault: "passkey" });
  story.says("A passkey was added.");
  writeTo(context, visit, "passkey-added", passkey.name);
  return backTo(context, back, { done: "passkeyAdded" });
}

async function shownOne(context: Context, visit: AccountVisit, passkey: Passkey): Promise<HttpResponse> {
  const frame = accountFrame(context, visit, to);
  const stays = await whyItStays(context, visit, passkey);
  const { security: texts } = frame.words;
  const reason = stays && (stays === "way" ? texts.onlyWay : texts.onlyFactor);
  const hidden = { id: passkey.id };
  return page(passkeyPage({ ...frame, hidden, name: passkey.name, ...(reason && { stays: reason }) }));
}

async function whyItStays(
  context: Context,
  { account }: AccountVisit,
  { id }: Passkey,
): Promise<"way" | "factor" | undefined> {
  const { store, settings } = context;
  const ways = await waysLeft(store, account, offeredBy(context));
  if (ways.length === 1 && ways[0]?.kind === "passkey" && ways[0].id === id) return "way";
  if (settings.signIn.secondFactor !== "required") return undefined;
  const passkeys = await store.passkeys.listOf(account.id);
  return passkeys.length === 1 && !(await store.oneTimePasswords.find(account.id)) ? "factor" : undefined;
}

async function rename(context: Context, visit: AccountVisit): Promise<HttpResponse> {
  const { account, given } = visit;
  const name = given.optional("name") ?? "";
  if (!(await renamePasskey(context, account.id, given.optional("id") ?? "", name)))
    return backTo(context, back, { kept: "stale" });
  record(context, visit, "passkey.renamed");
  return backTo(context, back, { done: "passkeyRenamed" });
}

async function remove(context: Context, visit: AccountVisit): Promise<HttpResponse> {
  const { account, given, request, now, story } = visit;
  const passkey = await ownPasskey(context, visit, given.optional("id") ?? "");
  if (!passkey) return backTo(context, back, { kept: "stale" });
  if ((await whyItStays(context, visit, passkey)) === "factor")
    return backTo(context, back, { kept: "factor" });
  const about = { address: request.address, now };
  const outcome = await removePasskey(context, account, passkey.id, offeredBy(context), about);
  if (outcome === "last") return backTo(context, back, { kept: "way" });
  if (outcome === "unknown") return backTo(context, back, { kept: "stale" });
  story.says("A passkey was removed.");
  writeTo(context, visit, "passkey-removed", passkey.name);
  return backTo(context, back, { done: "passkeyRemoved" });
}

async function ownPasskey(
  { store }: Context,
  { account }: AccountVisit,
  id: string,
): Promise<Passkey | undefined> {
  const passkey = await store.passkeys.find(id);
  return passkey?.accountId === account.id ? passkey : undefined;
}
