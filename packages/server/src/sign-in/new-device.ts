import { looksAlike } from "../interaction/device-kind.ts";
import type { Account } from "../records/account.ts";
import type { Seconds } from "../records/instant.ts";
import type { Ceremony } from "./ceremony.ts";
import type { SignInContext } from "./context.ts";
import { knownBrowser } from "./known-browser.ts";

/** How long a device is remembered that does not come back. */
const remembered: Seconds = 180 * 86_400;
/** So many events of the account are looked through, the newest. */
const looked = 200;

/**
 * Whether a device of this kind was never seen for the account, though others were: whoever has a stolen password, or a
 * stolen cookie and signs in anew, is seen by the person whose account it is. Devices are told apart by their browser and
 * system, and by nothing that would follow a person about.
 */
export async function isNewDevice(
  { store, keys }: Pick<SignInContext, "store" | "keys">,
  { now, userAgent, known }: Pick<Ceremony, "now" | "userAgent" | "known">,
  account: Account,
): Promise<boolean> {
  // A browser that signed in to this account before may call itself otherwise now.
  if (knownBrowser(keys, known, account, now) !== undefined) return false;
  const { id } = account;
  const since = now - remembered;
  const [sessions, events] = await Promise.all([
    store.sessions.listOf(id),
    store.journal.eventsOfAccount(id, looked),
  ]);
  const seen = [
    ...sessions.filter(({ createdAt }) => createdAt >= since),
    ...events.filter(({ what, at }) => what === "sign-in.done" && at >= since),
  ].map((one) => one.userAgent ?? "");
  // Where so much else happened that no sign-in is among it, somebody may have seen to that.
  if (seen.length === 0) return events.length === looked;
  return !seen.some((one) => looksAlike(one, userAgent.slice(0, 200)));
}
