import { OAuthError } from "@valetkey/protocol/errors";

/** A proof that was judged, as far as its single use needs it. */
export interface SpentProof {
  /** The thumbprint of the key that signed it. */
  readonly jkt: string;
  readonly jti: string;
  /** From this second since 1970 on its age alone refuses it: it may be forgotten. */
  readonly expiresAt: number;
}

/** Where several processes remember together which proofs were used. RFC 9449 §11.1. */
export interface ProofStore {
  /** True for the first use; of any number of concurrent calls for one `jkt` and `jti` one is told so. */
  spend(proof: SpentProof): boolean | Promise<boolean>;
}

/** What is remembered of one key. Proofs that end at or before the floor were forgotten early, and count as used. */
interface KeyMemory {
  readonly proofs: Map<string, number>;
  floor: number;
}

/**
 * The proofs that this process has seen, at most `capacity` of them. When it is full, the key with the most proofs gives
 * up the older half of its own and has all of that age refused: who floods the memory shortens the time for itself and
 * makes nobody's proof good twice.
 */
export class ProofMemory implements ProofStore {
  readonly #capacity: number;
  readonly #clock: () => number;
  readonly #keys = new Map<string, KeyMemory>();
  #count = 0;
  #fullAt = -1;

  /** @param clock seconds since 1970 */
  constructor(capacity: number, clock: () => number) {
    this.#capacity = capacity;
    this.#clock = clock;
  }

  /** How many proofs and keys are remembered. */
  get count(): number {
    return this.#count;
  }

  /** @throws temporarily_unavailable when it is full of proofs of which no key has two */
  spend({ jkt, jti, expiresAt }: SpentProof): boolean {
    if (this.#keys.get(jkt)?.proofs.has(jti)) return false;
    if (this.#count + 2 > this.#capacity) this.#makeRoom();
    // Making room may have raised this key's own floor, or dropped its record.
    const memory = this.#keys.get(jkt) ?? this.#begin(jkt);
    if (expiresAt <= memory.floor) return false;
    memory.proofs.set(jti, expiresAt);
    this.#count += 1;
    return true;
  }

  #begin(jkt: string): KeyMemory {
    const memory: KeyMemory = { proofs: new Map(), floor: 0 };
    this.#keys.set(jkt, memory);
    this.#count += 1;
    return memory;
  }

  /** Frees a sixteenth at least, so that the walk through everything is paid for by many proofs. */
  #makeRoom(): void {
    const now = this.#clock();
    if (this.#fullAt === now) throw tooMany();
    this.#dropExpired(now);
    while (this.#count > this.#capacity - Math.max(2, this.#capacity / 16)) {
      const heaviest = [...this.#keys.values()].reduce((most, one) =>
        one.proofs.size > most.proofs.size ? one : most,
      );
      if (heaviest.proofs.size < 2) break;
      this.#halve(heaviest);
    }
    if (this.#count + 2 <= this.#capacity) return;
    this.#fullAt = now;
    throw tooMany();
  }

  #dropExpired(now: number): void {
    for (const [jkt, { proofs, floor }] of this.#keys) {
      for (const [jti, expiresAt] of proofs) {
        if (expiresAt <= now && proofs.delete(jti)) this.#count -= 1;
      }
      if (proofs.size === 0 && floor <= now && this.#keys.delete(jkt)) this.#count -= 1;
    }
  }

  #halve(memory: KeyMemory): void {
    const ends = [...memory.proofs.values()].sort((a, b) => a - b);
    memory.floor = ends[Math.floor((ends.length - 1) / 2)] ?? memory.floor;
    for (const [jti, expiresAt] of memory.proofs) {
      if (expiresAt <= memory.floor && memory.proofs.delete(jti)) this.#count -= 1;
    }
  }
}

/** Fails closed: a proof that cannot be remembered cannot be told from its replay. */
function tooMany(): OAuthError {
  return new OAuthError("temporarily_unavailable", "Too many requests. Try again later.", "dpop.too-many", {
    retryAfter: 1,
  });
}
