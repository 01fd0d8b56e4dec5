import { createHash } from "node:crypto";
import type { Breaches } from "../../ports/breaches.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Instant, Seconds } from "../../records/instant.ts";

export interface RangeOptions {
  /** Followed by the five digits: `https://api.pwnedpasswords.com/range/`. */
  readonly url: string;
  readonly clock: Clock;
  /** Told when nobody could be asked, once a minute at most. */
  readonly warn: (sentence: string) => void;
  /** Milliseconds from the first packet to the last; 1,500. */
  readonly timeout?: number;
}

/** What one range holds, by the 35 digits after the prefix. */
type Range = ReadonlyMap<string, number>;

/** An answer has some 2,000 lines of 40 octets. */
const mostOctets = 512 * 1024;
const mostRanges = 50;
const keptFor: Seconds = 600;
const quietFor: Seconds = 60;

/**
 * Asks the range API of Have I Been Pwned, or a mirror with the same form. Five of the forty digits of the password's SHA-1
 * leave this server, which some two thousand leaked passwords share; padding hides from who watches the line even how many.
 */
export function rangeBreaches({ url, clock, warn, timeout = 1_500 }: RangeOptions): Breaches {
  const kept = new Map<string, { readonly range: Range; readonly until: Instant }>();
  let quietUntil: Instant = 0;

  async function rangeOf(prefix: string): Promise<Range> {
    const now = clock.now();
    const known = kept.get(prefix);
    if (known && now < known.until) return known.range;
    const range = readRange(await fetchText(url + prefix, timeout));
    kept.delete(prefix);
    kept.set(prefix, { range, until: now + keptFor });
    for (const oldest of kept.keys()) {
      if (kept.size <= mostRanges) break;
      kept.delete(oldest);
    }
    return range;
  }

  return {
    async timesSeen(password) {
      // As it will be hashed for keeping: both spellings sign in.
      const digest = createHash("sha1").update(password.normalize("NFKC")).digest("hex").toUpperCase();
      try {
        return (await rangeOf(digest.slice(0, 5))).get(digest.slice(5)) ?? 0;
      } catch (thrown) {
        if (clock.now() >= quietUntil) {
          quietUntil = clock.now() + quietFor;
          const reason = thrown instanceof Error ? thrown.message : "unknown error";
          warn(`New passwords are not looked up among the leaked ones: ${new URL(url).host}: ${reason}`);
        }
        return "unknown";
      }
    },
  };
}

async function fetchText(url: string, timeout: number): Promise<string> {
  const answer = await fetch(url, {
    headers: { "add-padding": "true", accept: "text/plain", "user-agent": "valetkey" },
    // The digits are for this host and for nobody whom it names.
    redirect: "error",
    signal: AbortSignal.timeout(timeout),
  });
  if (answer.status !== 200) {
    await answer.body?.cancel();
    throw new Error(`the answer has the status ${answer.status}`);
  }
  const chunks: Uint8Array[] = [];
  let octets = 0;
  for await (const chunk of answer.body ?? []) {
    octets += chunk.length;
    if (octets > mostOctets) throw new Error(`the answer is longer than ${mostOctets} octets`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, octets).toString("latin1");
}

/** @throws Error for a text of another form: the page of a proxy is no proof that a password never leaked. */
function readRange(text: string): Range {
  const range = new Map<string, number>();
  for (const line of text.trim().split(/\r?\n/)) {
    const [, suffix = "", count] = /^([0-9A-Fa-f]{35}):([0-9]{1,12})$/.exec(line) ?? [];
    if (count === undefined) throw new Error("the answer is not a list of digests and counts");
    // The padding counts nothing.
    if (count !== "0") range.set(suffix.toUpperCase(), Number(count));
  }
  return range;
}
