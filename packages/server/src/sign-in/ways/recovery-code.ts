import { hashRecoveryCode, readRecoveryCode } from "../../tokens/recovery-code.ts";
import { methods } from "../methods.ts";
import { personOf } from "../person.ts";
import { attemptSecondFactor, recoveryCounters } from "../second-factor-attempt.ts";
import type { Outcome, Way } from "../way.ts";

/** A code from the person's paper in the place of a second factor that is lost. Each is good once. */
export const recoveryCode: Way = {
  action: "recovery-code",
  places: ["second-factor"],
  isOpen: () => true,
  async act(context, ceremony, given): Promise<Outcome> {
    const { store, audit } = context;
    const { now, address } = ceremony;
    const account = await personOf(context, ceremony);
    if (!account) return { kind: "wrong", fault: "page.stale" };
    const { id } = account;
    const counters = recoveryCounters(context, ceremony, account);
    const fits = await attemptSecondFactor(context, ceremony, id, counters, async () => {
      const code = readRecoveryCode(given.optional("code") ?? "");
      return code !== undefined && (await store.recoveryCodes.spend(id, hashRecoveryCode(id, code)));
    });
    if (!fits) return { kind: "wrong", fault: "recovery-code.wrong" };
    const left = await store.recoveryCodes.left(id);
    audit.record({
      at: now,
      what: "recovery-code.used",
      accountId: id,
      address,
      detail: `${left} left.`,
    });
    return { kind: "proved", account, methods: methods.recoveryCode };
  },
};
