import type { Keys } from "../../ports/keys.ts";
import type { Account } from "../../records/account.ts";
import { sealSecret, unsealSecret } from "../../tokens/one-time-secret.ts";
import type { Ceremony, Given } from "../ceremony.ts";
import type { SignInContext } from "../context.ts";
import { methods } from "../methods.ts";
import { personOf } from "../person.ts";
import { appCounters, attemptSecondFactor } from "../second-factor-attempt.ts";
import type { Outcome, Way } from "../way.ts";

/** The code of the person's authenticator app, after a first factor. RFC 6238 */
export const oneTimePassword: Way = {
  action: "one-time-password",
  places: ["second-factor"],
  // Who set them up is asked for them, whatever the operator offers today.
  isOpen: () => true,
  async act(context, ceremony, given): Promise<Outcome> {
    const account = await personOf(context, ceremony);
    if (!account) return { kind: "wrong", fault: "page.stale" };
    const counters = await appCounters(context, ceremony, account);
    const fits = await attemptSecondFactor(context, ceremony, account.id, counters, () =>
      judge(context, ceremony, account, given),
    );
    return fits
      ? { kind: "proved", account, methods: methods.oneTimePassword }
      : { kind: "wrong", fault: "one-time-password.wrong" };
  },
};

/** RFC 6238 §5.2: a code counts once, and none that is older than one that counted. */
async function judge(
  { store, keys, oneTimePasswords }: SignInContext,
  { now }: Ceremony,
  { id }: Account,
  given: Given,
): Promise<boolean> {
  const kept = await store.oneTimePasswords.find(id);
  if (!kept) return false;
  const sealed = { sealed: kept.sealedSecret, keyId: kept.keyId };
  const secret = unsealSecret(keys, "one-time-password", id, sealed);
  if (!secret) throw new Error("A secret for one-time passwords does not open: the store was changed.");
  const step = oneTimePasswords.stepOf(secret, given.optional("code") ?? "", now);
  if (step === undefined) return false;
  // A key of the ring may retire only when nothing is sealed by it: whoever signs in brings theirs to the new one.
  const isOld = kept.keyId !== keys.proofKeyId;
  return await store.oneTimePasswords.use(id, step, isOld ? resealed(keys, id, secret) : undefined);
}

function resealed(keys: Keys, accountId: string, secret: Uint8Array) {
  const { sealed: sealedSecret, keyId } = sealSecret(keys, "one-time-password", accountId, secret);
  return { sealedSecret, keyId };
}
