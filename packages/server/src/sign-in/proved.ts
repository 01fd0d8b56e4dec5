import { contextOf } from "@valetkey/protocol/authentication-context";
import { beginSession } from "../interaction/session.ts";
import { isStrongEnough } from "../interaction/strength.ts";
import type { Account } from "../records/account.ts";
import type { SignInStep } from "../records/interaction.ts";
import { hashSecret } from "../tokens/secret.ts";
import { type Acted, again } from "./acted.ts";
import type { Ceremony } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";
import { isNewDevice } from "./new-device.ts";
import { isAsProven, isAsRead, passwordMarkOf } from "./person.ts";
import { secondFactorsOf } from "./second-factors.ts";

/**
 * A factor of the account fits. Goes on to the factor that is still missing, or begins a session: under a new cookie value,
 * whatever session the browser came with, with `auth_time` of the first factor and all methods that fitted.
 */
export async function proved(
  context: SignInContext,
  ceremony: Ceremony,
  account: Account,
  fresh: readonly string[],
): Promise<Acted> {
  const { store, settings, audit } = context;
  const { interaction, person, address, userAgent, now, story, replaces } = ceremony;
  const { progress } = interaction;
  // A second factor of somebody else proves nothing of the person whose first one fitted.
  if (progress.accountId !== undefined && progress.accountId !== account.id) return again("page.stale");
  if (!isAsProven(progress, account)) return again("page.stale");
  if (progress.sid !== undefined && progress.sid !== person?.session.sid) return again("page.stale");
  if (account.disabledAt !== null) return again("password.wrong");
  const methods = [...new Set([...(progress.methods ?? []), ...fresh])];
  const provenAt = progress.provenAt ?? now;
  if (isTooOld(ceremony, provenAt)) {
    story.says("The first factor grew too old while the second one was looked for.");
    const stands = await store.interactions.advance(interaction.id, interaction.version, {});
    return stands ? { kind: "next" } : again("page.stale");
  }
  const step = await missing(context, ceremony, account, methods);
  if (step !== undefined) {
    const { id: accountId, email } = account;
    const next = { step, accountId, methods, provenAt, passwordMark: passwordMarkOf(account), email };
    const stands = await store.interactions.advance(interaction.id, interaction.version, next);
    story.says(stands ? `The first factor fitted; on to ${step}.` : "Another page was faster.");
    return stands ? { kind: "next" } : again("page.stale");
  }
  const isNew = context.post.isOpen && (await isNewDevice(context, ceremony, account));
  const about = { amr: methods, userAgent, address, lifetime: settings.lifetimes.session };
  const cookie = await beginSession(store, account, { ...about, authenticatedAt: provenAt }, replaces, now);
  // Who set another password meanwhile, or switched the account off, ended the sessions that stood then: this one must not
  // outlive those.
  if (!isAsRead(account, await store.accounts.find(account.id))) {
    await store.sessions.end(hashSecret(cookie));
    return again("page.stale");
  }
  await store.interactions.signedIn(interaction.id, provenAt);
  story.says("A person signed in.");
  audit.record({
    at: now,
    what: "sign-in.done",
    accountId: account.id,
    address,
    userAgent: userAgent.slice(0, 200),
    detail: methods.join(" "),
  });
  if (isNew) {
    const recipient = { email: account.email, language: account.locale ?? ceremony.language };
    context.post.send("new-device", recipient, { about: userAgent });
  }
  return { kind: "signed-in", cookie, account, methods };
}

/** OpenID Connect Core §3.1.2.1: the factor of a session counts within max_age, also when the other one comes late. */
function isTooOld({ interaction, wants, now }: Ceremony, provenAt: number): boolean {
  return (
    interaction.progress.sid !== undefined && wants.maxAge !== undefined && now - provenAt > wants.maxAge
  );
}

/** The second factor is asked of who has one, of everybody where the operator says so, and where the client wants it. */
async function missing(
  context: SignInContext,
  { wants }: Ceremony,
  account: Account,
  methods: readonly string[],
): Promise<SignInStep | undefined> {
  if (contextOf(methods) === "aal2") return undefined;
  const { has, demands } = await secondFactorsOf(context, account.id);
  if (!demands && isStrongEnough(methods, wants.acrValues, context.settings.signIn)) return undefined;
  return has ? "second-factor" : "new-second-factor";
}
