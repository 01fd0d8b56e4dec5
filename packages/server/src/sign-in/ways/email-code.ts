import type { Ceremony, Given } from "../ceremony.ts";
import type { SignInContext } from "../context.ts";
import { redeemMailedCode } from "../mailed-code.ts";
import { methods } from "../methods.ts";
import { recordRefused } from "../record-refused.ts";
import type { Outcome, Way } from "../way.ts";

/** The code that was mailed, typed in the browser that asked for it. */
export const emailCode: Way = {
  action: "email-code",
  places: ["email-code"],
  isOpen: ({ settings, post }) => settings.signIn.email && post.isOpen,
  act: judgeCode,
};

async function judgeCode(context: SignInContext, ceremony: Ceremony, given: Given): Promise<Outcome> {
  const { store } = context;
  const { story } = ceremony;
  const proof = await redeemMailedCode(context, ceremony, "sign-in", given.optional("code") ?? "");
  const account = proof?.accountId == null ? undefined : await store.accounts.find(proof.accountId);
  // The address may have become another's since the mail went out.
  if (!proof || account?.email !== proof.email || account.disabledAt !== null) {
    story.says("The mailed code was wrong, spent or too late.");
    recordRefused(context, ceremony, { detail: "Wrong mailed code." });
    return { kind: "wrong", fault: "code.wrong" };
  }
  await store.accounts.verifyEmail(account.id, account.email);
  return { kind: "proved", account, methods: methods.mail };
}
