import {
  confirmOneTimePassword,
  newOneTimePassword,
  removeOneTimePassword,
} from "../../operations/one-time-passwords.ts";
import { addPasskey } from "../../operations/passkeys.ts";
import { newRecoveryCodes } from "../../operations/recovery-codes.ts";
import type { Account } from "../../records/account.ts";
import type { SignInProgress } from "../../records/interaction.ts";
import { sealSecret, wordOf } from "../../tokens/one-time-secret.ts";
import type { Ceremony } from "../ceremony.ts";
import { challengeOf } from "../challenge.ts";
import type { SignInContext } from "../context.ts";
import { methods } from "../methods.ts";
import { personOf } from "../person.ts";
import type { Letter } from "../post.ts";
import { secondFactorsOf } from "../second-factors.ts";
import type { Outcome, Way } from "../way.ts";
import { credentialIn } from "./passkey.ts";

const stale: Outcome = { kind: "wrong", fault: "page.stale" };

/** A passkey is made by a person who has no second factor yet: as that, or in the place of a password. */
export const newPasskey: Way = {
  action: "new-passkey",
  places: ["new-second-factor", "offered-passkey"],
  isOpen: ({ settings }) => settings.signIn.passkeys,
  isChallenged: true,
  async act(context, ceremony, given): Promise<Outcome> {
    const account = await personWithout(context, ceremony);
    if (!account) return stale;
    const passkey = await addPasskey(
      context,
      account,
      {
        answer: credentialIn(given),
        challenge: challengeOf(context.keys, ceremony.interaction),
        name: given.optional("name") ?? "",
      },
      ceremony,
    );
    if (!passkey) return { kind: "wrong", fault: "passkey.refused" };
    // A new password that was set at this moment must not leave a second factor to whoever had the old one.
    if (!(await personOf(context, ceremony))) {
      await context.store.passkeys.remove(passkey.id, account.id);
      const { now: at, address } = ceremony;
      const detail = passkey.name;
      context.audit.record({ at, what: "passkey.removed", accountId: account.id, address, detail });
      return stale;
    }
    write(context, ceremony, account, "passkey-added", passkey.name);
    return { kind: "proved", account, methods: methods.passkey(passkey) };
  },
};

/** The person wants to use an authenticator app: the page that shows it a secret comes next. */
export const newOneTimePasswords: Way = {
  action: "new-one-time-password",
  places: ["new-second-factor"],
  isOpen: ({ settings }) => settings.signIn.oneTimePasswords,
  async act(context, ceremony): Promise<Outcome> {
    const account = await personWithout(context, ceremony);
    if (!account) return stale;
    const newSecret = newOneTimePassword(context, account.id);
    const { progress } = ceremony.interaction;
    return { kind: "next", progress: { ...progress, step: "new-one-time-password", newSecret } };
  },
};

/** The first code of the app that took the secret over: it counts for this sign-in, and recovery codes come next. */
export const confirmOneTimePasswords: Way = {
  action: "confirm-one-time-password",
  places: ["new-one-time-password"],
  isOpen: ({ settings }) => settings.signIn.oneTimePasswords,
  async act(context, ceremony, given): Promise<Outcome> {
    const account = await personWithout(context, ceremony);
    const { newSecret, ...progress } = ceremony.interaction.progress;
    if (!account || newSecret === undefined) return stale;
    const code = given.optional("code") ?? "";
    const outcome = await confirmOneTimePassword(context, account.id, { newSecret, code }, ceremony);
    if (outcome === "taken") return stale;
    if (outcome === "wrong") return { kind: "wrong", fault: "one-time-password.wrong" };
    // As with a passkey.
    if (!(await personOf(context, ceremony))) {
      await removeOneTimePassword(context, account.id, ceremony);
      return stale;
    }
    write(context, ceremony, account, "second-factor-added", "");
    return { kind: "next", progress: await withCodes(context, ceremony, account, progress) };
  },
};

/** The person would rather have another second factor than an app. */
export const otherSecondFactor: Way = {
  action: "other-second-factor",
  places: ["new-one-time-password"],
  isOpen: () => true,
  async act(_context, { interaction }): Promise<Outcome> {
    const { newSecret: _, ...progress } = interaction.progress;
    return { kind: "next", progress: { ...progress, step: "new-second-factor" } };
  },
};

/** The person has put the recovery codes away: whoever they are was proven before. */
export const keptRecoveryCodes: Way = {
  action: "kept-recovery-codes",
  places: ["recovery-codes"],
  isOpen: () => true,
  async act(context, ceremony): Promise<Outcome> {
    const account = await personOf(context, ceremony);
    return account ? { kind: "proved", account, methods: [] } : stale;
  },
};

/**
 * Whose first factor fitted, if they still have no second one. A page that was opened before they set one up must not let
 * whoever has their password set up another.
 */
async function personWithout(context: SignInContext, ceremony: Ceremony): Promise<Account | undefined> {
  const account = await personOf(context, ceremony);
  if (!account || (await secondFactorsOf(context, account.id)).has) return undefined;
  return account;
}

async function withCodes(
  context: SignInContext,
  ceremony: Ceremony,
  { id }: Account,
  progress: SignInProgress,
): Promise<SignInProgress> {
  const codes = await newRecoveryCodes(context, id, ceremony);
  return {
    ...progress,
    step: "recovery-codes",
    methods: [...new Set([...(progress.methods ?? []), ...methods.oneTimePassword])],
    newCodes: wordOf(sealSecret(context.keys, "shown-recovery-codes", id, Buffer.from(codes.join(" ")))),
  };
}

/** Whoever has only the password and was faster with a second factor is seen by the person whose it is. */
function write(
  { post }: SignInContext,
  { language }: Ceremony,
  { email, locale }: Account,
  letter: Letter,
  about: string,
): void {
  post.send(letter, { email, language: locale ?? language }, { about });
}
