import { UsageScan } from "./usage-scan.ts";

export interface TokenUse {
  readonly tokens: number;
  /** The upstream did not say, so it was guessed. */
  readonly isEstimate: boolean;
}

/** Letters of a token, on the average of common models. */
const octetsPerToken = 4;

/**
 * Reads from an answer, as it passes, how many model tokens it used: the OpenAI-compatible `usage` of a JSON text or of
 * the events of a stream. A stream that ends without it (the client did not ask for it, or broke off) is charged by a
 * guess: one token an event, and the request by its length. Else breaking off would be a way around every budget.
 */
export class AnswerUsage {
  readonly #isStream: boolean;
  readonly #isReadable: boolean;
  readonly #scan = new UsageScan();
  #events = 0;
  #octets = 0;
  /** How much of `data:` the line has matched; beyond it, the line's text goes to the scan; -1 for another line. */
  #matched = 0;

  constructor(contentType: string, isEncoded: boolean) {
    this.#isStream = /^text\/event-stream\b/i.test(contentType);
    this.#isReadable = !isEncoded && (this.#isStream || /^application\/json\b/i.test(contentType));
  }

  push(octets: Uint8Array): void {
    this.#octets += octets.length;
    if (!this.#isReadable) return;
    if (this.#isStream) this.#pushLines(octets);
    else this.#scan.push(octets);
  }

  /** @param requestOctets length of the request's body; `isWhole` whether the answer came to its end */
  used(requestOctets: number, isWhole: boolean): TokenUse {
    const told = tokensOf(this.#scan.found);
    if (told !== undefined) return { tokens: told, isEstimate: false };
    // A whole JSON answer without usage is no model's answer: a list, a job, a file.
    if (!this.#isStream && (isWhole || requestOctets === 0)) return { tokens: 0, isEstimate: false };
    const answered = this.#isStream && this.#isReadable ? this.#events : this.#octets / octetsPerToken;
    return { tokens: Math.ceil(requestOctets / octetsPerToken + answered), isEstimate: true };
  }

  #pushLines(octets: Uint8Array): void {
    let from = 0;
    for (let at = 0; at < octets.length; at++) {
      const octet = octets[at] as number;
      if (octet === 0x0a || octet === 0x0d) {
        if (this.#matched === prefix.length) this.#scan.push(octets.subarray(from, at));
        this.#scan.next();
        this.#matched = 0;
      } else if (this.#matched >= 0 && this.#matched < prefix.length) {
        this.#matched = octet === prefix[this.#matched] ? this.#matched + 1 : -1;
        if (this.#matched === prefix.length) this.#events++;
        from = at + 1;
      }
    }
    if (this.#matched === prefix.length) this.#scan.push(octets.subarray(from));
  }
}

const prefix = Buffer.from("data:");

function tokensOf(usage: unknown): number | undefined {
  if (typeof usage !== "object" || usage === null) return undefined;
  const of = (name: string): number | undefined => {
    const value = (usage as Readonly<Record<string, unknown>>)[name];
    return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  };
  const total = of("total_tokens");
  if (total !== undefined) return total;
  const given = of("prompt_tokens") ?? of("input_tokens");
  const made = of("completion_tokens") ?? of("output_tokens");
  return given === undefined && made === undefined ? undefined : (given ?? 0) + (made ?? 0);
}
