import { timingSafeEqual } from "node:crypto";
import type { Keys } from "../ports/keys.ts";
import type { Account } from "../records/account.ts";
import type { Instant, Seconds } from "../records/instant.ts";
import { newName } from "../tokens/secret.ts";
import { passwordMarkOf } from "./person.ts";

/** How long a browser stays known. */
export const knownLifetime: Seconds = 365 * 86_400;
/** Accounts that one browser is known to; the one that signed in longest ago is forgotten. */
const mostAccounts = 8;

/**
 * Browsers that signed in to an account before (OWASP, device cookies). Guesses made elsewhere never make such a browser wait:
 * it has a counter of its own. The cookie proves nothing else, and names no account: whose it is, is found by trying. A new
 * password makes all browsers strangers, so that nobody who knew the old one goes on guessing from many cookies.
 *
 * The cookie's value is one entry for each account, `key id.random.time.MAC`, joined by `~`; where two factors were shown the
 * MAC stands behind `key id.random.time.2`.
 * @returns the name of the counter; undefined for a browser that the account does not know
 */
export function knownBrowser(
  keys: Keys,
  cookie: string | undefined,
  account: Account | undefined,
  now: Instant,
): string | undefined {
  return entryOf(keys, cookie, account, now)?.split(".")[1];
}

/**
 * The same, of a browser in which the person showed two factors. One that was let in with a password alone, before there was a
 * second factor, may be that of whoever is to be kept out by it.
 */
export function provenBrowser(
  keys: Keys,
  cookie: string | undefined,
  account: Account,
  now: Instant,
): string | undefined {
  const [, name, , strength] = entryOf(keys, cookie, account, now)?.split(".").slice(0, -1) ?? [];
  return strength === "2" ? name : undefined;
}

/**
 * The cookie's value once this account has signed in in the browser.
 * @param isProven whether two factors were shown there, now or before
 */
export function withKnown(
  keys: Keys,
  cookie: string | undefined,
  account: Account,
  isProven: boolean,
  now: Instant,
): string {
  const mark = markOf(account);
  const others = entriesOf(cookie).filter((entry) => !isOf(keys, entry, mark, now));
  const about = `${keys.proofKeyId}.${newName(12)}.${now.toString(36)}${isProven ? ".2" : ""}`;
  return [`${about}.${macOf(keys, keys.proofKeyId, about, mark)}`, ...others]
    .slice(0, mostAccounts)
    .join("~");
}

function entryOf(
  keys: Keys,
  cookie: string | undefined,
  account: Account | undefined,
  now: Instant,
): string | undefined {
  // For no account the same is computed: the time tells nothing.
  const mark = account ? markOf(account) : "";
  const entry = entriesOf(cookie).find((entry) => isOf(keys, entry, mark, now));
  return account && entry;
}

function entriesOf(cookie: string | undefined): readonly string[] {
  return cookie?.split("~").slice(0, mostAccounts) ?? [];
}

function isOf(keys: Keys, entry: string, mark: string, now: Instant): boolean {
  const at = entry.lastIndexOf(".");
  const about = entry.slice(0, at);
  const [keyId = "", , time = ""] = about.split(".");
  const expected = macOf(keys, keyId, about, mark);
  const since = Number.parseInt(time, 36);
  return expected !== undefined && same(entry.slice(at + 1), expected) && now - since < knownLifetime;
}

function markOf(account: Account): string {
  return `${account.id}\n${passwordMarkOf(account)}`;
}

function macOf(keys: Keys, keyId: string, about: string, mark: string): string | undefined {
  const mac = keys.mac(keyId, "known-browser", new TextEncoder().encode(`${about}\n${mark}`));
  return mac && Buffer.from(mac).toString("base64url");
}

function same(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}
