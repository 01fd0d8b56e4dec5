import { emailFault, readName } from "../../operations/new-account.ts";
import {
  judgeNewPassword,
  type PasswordFaultWord,
  passwordFaultWord,
} from "../../operations/new-password.ts";
import { requireRoom } from "../attempt.ts";
import type { Ceremony, Given } from "../ceremony.ts";
import type { SignInContext } from "../context.ts";
import { codeLifetime, newMailedCode } from "../mailed-code.ts";
import { alreadyHere, detailsOf, readSigningUp, type SigningUp } from "../signing-up.ts";
import type { Outcome, Way } from "../way.ts";
import { linkOf, requireMailRoom } from "./email.ts";

/**
 * Asks for an account. It is made when the mailed code comes back, so that nobody makes one with somebody else's address. An
 * address that has an account gets the same page in the same time, and a mail that says so; no code fits then.
 */
export const signUp: Way = {
  action: "sign-up",
  places: ["begin", "sign-up-code"],
  isOpen: isSignUpOpen,
  async act(context, ceremony, given): Promise<Outcome> {
    const again = ceremony.interaction.progress.step === "sign-up-code";
    return again ? await sendAgain(context, ceremony) : await ask(context, ceremony, given);
  },
};

/** Where it is open by the settings it can be done: sign-in/possible.ts. */
export function isSignUpOpen({ settings }: Pick<SignInContext, "settings">): boolean {
  return settings.signIn.signUp === "open";
}

/** Whether a new account has a password: it may go without where a code by mail signs in. */
export function passwordAsked({
  settings: { signIn },
  post,
}: Pick<SignInContext, "settings" | "post">): "required" | "optional" | "none" {
  if (!signIn.password) return "none";
  return signIn.email && post.isOpen ? "optional" : "required";
}

async function ask(context: SignInContext, ceremony: Ceremony, given: Given): Promise<Outcome> {
  const { passwords, limiter } = context;
  const { address, now } = ceremony;
  const typed = given.optional("email") ?? "";
  const email = typed.trim().toLowerCase();
  if (emailFault(email) !== undefined) return { kind: "wrong", fault: "email.invalid", email: typed };
  const name = readName(given.optional("name"));
  if (name === "") return { kind: "wrong", fault: "name.missing", email };
  // Before the password is judged, which takes time and asks another server.
  requireRoom(limiter, [["sign_up", address]], now);
  limiter.count("sign_up", address, now);
  const password = passwordOf(context, given);
  const fault = await faultOf(context, password, { email, name });
  if (fault !== undefined) return { kind: "wrong", fault: `password.${fault}`, email };
  requireMailRoom(context, email, ceremony);
  // Hashed for an address that has an account too: the time is the same.
  const passwordHash = password === undefined ? null : await passwords.hash(password);
  return await mailSignUpCode(context, ceremony, email, { name, passwordHash });
}

function passwordOf({ settings }: SignInContext, given: Given): string | undefined {
  return settings.signIn.password ? given.optional("password") : undefined;
}

async function faultOf(
  context: SignInContext,
  password: string | undefined,
  owner: { readonly email: string; readonly name: string },
): Promise<PasswordFaultWord | undefined> {
  if (password === undefined) return passwordAsked(context) === "required" ? "short" : undefined;
  const { productName } = context.settings;
  const { fault } = await judgeNewPassword(context, password, { ...owner, productName });
  return fault ? passwordFaultWord(fault) : undefined;
}

/** The mail did not come, or its code is used up: another one, for what was typed before. */
async function sendAgain(context: SignInContext, ceremony: Ceremony): Promise<Outcome> {
  const { interaction } = ceremony;
  const proof = await context.store.mailedProofs.findFor(interaction.id, "sign-up");
  if (!proof) return { kind: "wrong", fault: "page.stale" };
  requireMailRoom(context, proof.email, ceremony);
  return await mailSignUpCode(context, ceremony, proof.email, readSigningUp(proof.details));
}

/** Mails the code that makes the account; to an address that has one, that it has one. */
export async function mailSignUpCode(
  context: SignInContext,
  ceremony: Ceremony,
  email: string,
  given: SigningUp,
): Promise<Extract<Outcome, { kind: "next" }>> {
  const { store, audit, post } = context;
  const { address, now, story, language } = ceremony;
  const isTaken = (await store.accounts.findByEmail(email)) !== undefined;
  const about = { purpose: "sign-up", email, accountId: null, details: detailsOf(given, isTaken) } as const;
  const code = await newMailedCode(context, ceremony, about);
  story.says(isTaken ? "The address has an account, which its mail says." : "A code was mailed.");
  audit.record({ at: now, what: "account.sign-up-asked", address });
  if (isTaken) alreadyHere(context, ceremony, email);
  else {
    const facts = { code, link: linkOf(context, ceremony, code), lifetime: codeLifetime };
    post.send("sign-up", { email, language }, facts);
  }
  return { kind: "next", progress: { step: "sign-up-code", email } };
}
