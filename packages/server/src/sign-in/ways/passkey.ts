import { PasskeyRefused, type WebAuthnJson } from "../../ports/passkeys.ts";
import type { Passkey } from "../../records/passkey.ts";
import type { Ceremony, Given } from "../ceremony.ts";
import { challengeOf } from "../challenge.ts";
import type { SignInContext } from "../context.ts";
import { methods } from "../methods.ts";
import { recordRefused } from "../record-refused.ts";
import type { Outcome, Way } from "../way.ts";

/**
 * A passkey: of whoever signs in, or as the second factor of the person whose first one fitted. It is not guessed at, so
 * nothing is counted; what was wrong with it only the operator is told.
 */
export const passkey: Way = {
  action: "passkey",
  places: ["begin", "second-factor"],
  isOpen: ({ settings }) => settings.signIn.passkeys,
  isChallenged: true,
  act: judgePasskey,
};

async function judgePasskey(context: SignInContext, ceremony: Ceremony, given: Given): Promise<Outcome> {
  const { store, passkeys, keys } = context;
  const { interaction, now } = ceremony;
  const answer = credentialIn(given);
  const kept = await store.passkeys.find(typeof answer.id === "string" ? answer.id.slice(0, 2_000) : "");
  try {
    const { counter } = await passkeys.signed(answer, challengeOf(keys, interaction), kept);
    if (!kept || !(await store.passkeys.used(kept.id, kept.counter, counter, now)))
      return refused(context, ceremony, kept, "It was used elsewhere at the same moment.");
    const account = await store.accounts.find(kept.accountId);
    if (!account || account.disabledAt !== null)
      return refused(context, ceremony, kept, "The account is switched off.");
    return { kind: "proved", account, methods: methods.passkey(kept) };
  } catch (thrown) {
    if (!(thrown instanceof PasskeyRefused)) throw thrown;
    return refused(context, ceremony, kept, thrown.fact, thrown.isCopy);
  }
}

/** The answer of the browser: JSON in a field of its own, so that forms and the interaction API bring it alike. */
export function credentialIn(given: Given): WebAuthnJson {
  const text = given.optional("credential") ?? "";
  // More than twice what the largest honest one takes.
  if (text.length > 65_536) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as WebAuthnJson) : {};
  } catch {
    return {};
  }
}

function refused(
  context: SignInContext,
  ceremony: Ceremony,
  kept: Passkey | undefined,
  detail: string,
  isCopy = false,
): Outcome {
  const who = kept ? { accountId: kept.accountId } : {};
  const { address, now } = ceremony;
  if (isCopy) context.audit.record({ at: now, what: "passkey.copied", ...who, address, detail });
  else recordRefused(context, ceremony, { ...who, detail });
  ceremony.story.says(`The passkey was refused. ${detail}`);
  return { kind: "wrong", fault: "passkey.refused" };
}
