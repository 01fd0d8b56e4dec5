import { newAccount } from "../../operations/new-account.ts";
import type { Account } from "../../records/account.ts";
import type { Ceremony, Given } from "../ceremony.ts";
import type { SignInContext } from "../context.ts";
import { redeemMailedCode } from "../mailed-code.ts";
import { methods } from "../methods.ts";
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
  if (!(await store.accounts.add(account))) {
    alreadyHere(context, ceremony, email);
    return refused(ceremony, context);
  }
  story.says("An account was made.");
  audit.record({ at: now, what: "account.signed-up", accountId: account.id, address });
  if (elsewhere) await connectNew(context, ceremony, account, elsewhere);
  const fits = [
    ...(elsewhere?.methods ?? []),
    ...methods.mail,
    ...(passwordHash === null ? [] : methods.password),
  ];
  if (!elsewhere && offersPasskey(context, account))
    return { kind: "next", progress: passkeyOffer(ceremony, account, fits) };
  return { kind: "proved", account, methods: fits };
}

/** Should the same person of that upstream have been connected meanwhile, it stays with that account. */
async function connectNew(
  { store, audit }: SignInContext,
  { now, address }: Ceremony,
  { id: accountId, email }: Account,
  { upstream, subject }: Elsewhere,
): Promise<void> {
  const identity = { upstream, subject, accountId, email, createdAt: now, lastUsedAt: now };
  if (!(await store.identities.add(identity))) return;
  audit.record({ at: now, what: "identity.linked", accountId, address, detail: upstream });
}

function refused({ now, address, story }: Ceremony, { audit }: SignInContext): Outcome {
  story.says("The mailed code was wrong, spent or too late.");
  audit.record({ at: now, what: "sign-in.refused", address, detail: "Wrong mailed code of a sign-up." });
  return { kind: "wrong", fault: "code.wrong" };
}
