/** Longest `usage` that is kept, in octets; they have a few hundred. */
const longest = 8_192;
const quote = 0x22;
const backslash = 0x5c;

/**
 * Finds `usage` in a JSON text that passes in pieces: at the outermost object, or in its `response`. Holds nothing but
 * that one value, however long the text is. What a model writes stands inside of strings and is never taken for it.
 */
export class UsageScan {
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** The name that is being read, or the one whose value follows. */
  #name = "";
  #awaitsName = false;
  #isName = false;
  #inResponse = false;
  #kept: number[] | undefined;
  #keptDepth = 0;
  /** The last value that was whole. */
  found: unknown;

  push(octets: Uint8Array): void {
    for (let at = 0; at < octets.length; at++) {
      const octet = octets[at] as number;
      if (this.#kept !== undefined) this.#keep(octet);
      if (this.#isInString) {
        this.#stringOctet(octet);
        continue;
      }
      this.#octet(octet);
    }
  }

  /** Forgets the text, not what was found: another text follows. */
  next(): void {
    this.#depth = 0;
    this.#isInString = false;
    this.#isEscaped = false;
    this.#awaitsName = false;
    this.#isName = false;
    this.#inResponse = false;
    this.#kept = undefined;
    this.#name = "";
  }

  #octet(octet: number): void {
    switch (octet) {
      case quote:
        this.#isInString = true;
        this.#isName = this.#awaitsName;
        if (this.#isName) this.#name = "";
        this.#awaitsName = false;
        return;
      case 0x7b: // {
        if (this.#depth === 1) this.#inResponse = this.#name === "response";
        this.#depth++;
        this.#awaitsName = this.#isWatched();
        return;
      case 0x5b: // [
        if (this.#depth === 1) this.#inResponse = false;
        this.#depth++;
        this.#awaitsName = false;
        return;
      case 0x7d: // }
      case 0x5d: // ]
        this.#depth--;
        this.#awaitsName = false;
        if (this.#kept !== undefined && this.#depth === this.#keptDepth) this.#finish();
        return;
      case 0x2c: // ,
        this.#awaitsName = this.#isWatched();
        return;
      case 0x3a: // :
        if (this.#name === "usage" && this.#isWatched() && this.#kept === undefined) {
          this.#kept = [];
          this.#keptDepth = this.#depth;
        }
        return;
    }
  }

  #stringOctet(octet: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (octet === backslash) this.#isEscaped = true;
    else if (octet === quote) {
      this.#isInString = false;
      return;
    }
    if (this.#isName && this.#name.length < 16) this.#name += String.fromCharCode(octet);
  }

  #isWatched(): boolean {
    return this.#kept === undefined && (this.#depth === 1 || (this.#depth === 2 && this.#inResponse));
  }

  #keep(octet: number): void {
    this.#kept?.push(octet);
    if ((this.#kept?.length ?? 0) > longest) this.#kept = undefined;
    // `null` and other plain values are no usage.
    else if (octet === 0x2c && !this.#isInString && this.#depth === this.#keptDepth) this.#kept = undefined;
  }

  #finish(): void {
    const text = Buffer.from(this.#kept ?? []).toString();
    this.#kept = undefined;
    this.#name = "";
    try {
      this.found = JSON.parse(text);
    } catch {
      // No JSON: the upstream's fault, and no usage.
    }
  }
}
