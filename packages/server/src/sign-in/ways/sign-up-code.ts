import { newAccount } from "../../operations/new-account.ts";
import type { Account } from "../../records/account.ts";
import type { Instant } from "../../records/instant.ts";
import type { UpstreamIdentity } from "../../records/upstream-identity.ts";
import type { Ceremony, Given } from "../ceremony.ts";
import type { SignInContext } from "../context.ts";
import { redeemMailedCode } from "../mailed-code.ts";
import { methods } from "../methods.ts";
import { recordRefused } from "../record-refused.ts";
import { alreadyHere, type Elsewhere, readSigningUp } from "../signing-up.ts";
import type { Outcome, Way } from "../way.ts";
import { offersPasskey, passkeyOffer } from "./offered-passkey.ts";
import { isSignUpOpen } from "./sign-up.ts";

/** The code that was mailed to the address of a new account: whoever brings it back reads its mail, and is signed in. */
export const signUpCode: Way = {
  action: "sign-up-code",
  places: ["sign-up-code"],
  // Whoever was mailed one may type it; who may be mailed one, is judged where it is sent.
  isOpen: ({ post }) => post.isOpen,
  act: makeAccount,
};

async function makeAccount(context: SignInContext, ceremony: Ceremony, given: Given): Promise<Outcome> {
  const { store, settings, audit } = context;
  const { now, address, story } = ceremony;
  const proof = await redeemMailedCode(context, ceremony, "sign-up", given.optional("code") ?? "");
  const typed = proof && readSigningUp(proof.details);
  if (!proof || !typed || typed.isTaken) return refused(ceremony, context);
  if (!typed.elsewhere && !isSignUpOpen(context)) return refused(ceremony, context);
  const { email } = proof;
  const { name, passwordHash, elsewhere } = typed;
  const account = newAccount({ email, name, passwordHash, roles: settings.signIn.signUpRoles }, now);
  // Of all who sign up with one address at once, the database lets one in.
  const connected = elsewhere && connectionOf(account, elsewhere, now);
  if (!(await store.accounts.add(account, connected))) {
    alreadyHere(context, ceremony, email);
    return refused(ceremony, context);
  }
  story.says("An account was made.");
  audit.record({ at: now, what: "account.signed-up", accountId: account.id, address });
  if (connected) {
    const { upstream: detail } = connected;
    audit.record({ at: now, what: "identity.linked", accountId: account.id, address, detail });
  }
  const fits = [
    ...(elsewhere?.methods ?? []),
    ...methods.mail,
    ...(passwordHash === null ? [] : methods.password),
  ];
  if (!elsewhere && offersPasskey(context, account))
    return { kind: "next", progress: passkeyOffer(ceremony, account, fits) };
  return { kind: "proved", account, methods: fits };
}

function refused(ceremony: Ceremony, context: SignInContext): Outcome {
  ceremony.story.says("The mailed code was wrong, spent or too late.");
  recordRefused(context, ceremony, { detail: "Wrong mailed code of a sign-up." });
  return { kind: "wrong", fault: "code.wrong" };
}

/** The account is found by it from then on. Of all who come with one subject at once, the database lets one in. */
function connectionOf(
  { id: accountId, email }: Account,
  { upstream, subject }: Elsewhere,
  now: Instant,
): UpstreamIdentity {
  return { upstream, subject, accountId, email, createdAt: now, lastUsedAt: now };
}
