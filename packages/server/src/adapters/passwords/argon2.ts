import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { availableParallelism } from "node:os";
import { serverBusy } from "@valetkey/protocol/errors";
import { networkOf } from "../../ports/network.ts";
import type { Passwords } from "../../ports/passwords.ts";
import { formatPhc, type PhcHash, parsePhc } from "./phc.ts";
import { standBack } from "./stand-back.ts";
import { Turnstile } from "./turnstile.ts";

export interface PasswordCost {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

export interface PasswordsOptions {
  readonly cost?: PasswordCost;
  /** How many hashes run at once; each takes a core and `cost.memory`. */
  readonly atOnce?: number;
  /** How many more may wait; whoever comes then is asked to come later. */
  readonly waiting?: number;
  /** Milliseconds that one may wait; 10,000. */
  readonly patience?: number;
}

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
const usualCost: PasswordCost = { memory: 19_456, passes: 2, parallelism: 1 };
const saltLength = 16;
const hashLength = 32;
/** In UTF-8. A longer one is refused before it costs anything: nobody types it. */
const longestPassword = 1024;
/** Seconds. */
const retryAfter = 5;

/**
 * Argon2id in Node's thread pool, behind the main thread. `hash` throws a RangeError for a password that is too long; both throw
 * an OAuthError "server.busy" when too many wait already, or one waited too long.
 */
export function argon2Passwords(options: PasswordsOptions = {}): Passwords {
  const cost = options.cost ?? usualCost;
  const waiting = options.waiting ?? 200;
  const turnstile = new Turnstile({
    width: options.atOnce ?? usuallyAtOnce(),
    waiting,
    share: Math.ceil(waiting / 2),
    patience: options.patience ?? 10_000,
    turnedAway: () => serverBusy(retryAfter),
  });

  let standsBack = false;

  async function digest(
    password: string,
    like: PasswordCost,
    salt: Uint8Array,
    length: number,
    network?: string,
  ): Promise<Buffer> {
    const hash = await turnstile.pass(() => argon2id(normalised(password), like, salt, length), network);
    if (!standsBack) standBack();
    standsBack = true;
    return hash;
  }

  return {
    requireRoom() {
      turnstile.requireRoom();
    },

    async hash(password) {
      if (isTooLong(password)) {
        throw new RangeError(`A password may have at most ${longestPassword} bytes in UTF-8.`);
      }
      const salt = randomBytes(saltLength);
      return formatPhc({ ...cost, salt, hash: await digest(password, cost, salt, hashLength) });
    },

    async verify(password, hash, address) {
      const stored = hash === null ? undefined : parsePhc(hash);
      if (stored === undefined && hash !== null) throw new Error("A stored password hash is not argon2id.");
      // Whoever measures must not learn whether there is such an account: without one the same work is done for nothing.
      const reference: PhcHash = stored ?? { ...cost, salt: nobodysSalt, hash: nobodysHash };
      // No account has so long a password, so this answer tells nothing.
      if (isTooLong(password)) return false;
      const network = address === undefined ? undefined : networkOf(address);
      const computed = await digest(password, reference, reference.salt, reference.hash.length, network);
      return timingSafeEqual(computed, reference.hash);
    },
  };
}

/** One thread of the pool is left for what else waits there: names looked up, files. */
function usuallyAtOnce(): number {
  const threads = Number(process.env.UV_THREADPOOL_SIZE) || 4;
  return Math.max(1, Math.min(availableParallelism(), threads - 1));
}

const nobodysSalt = randomBytes(saltLength);
/** Random, so that no password yields it. */
const nobodysHash = randomBytes(hashLength);

function argon2id(
  message: string,
  { memory, passes, parallelism }: PasswordCost,
  nonce: Uint8Array,
  tagLength: number,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2("argon2id", { message, nonce, memory, passes, parallelism, tagLength }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

/** NIST SP 800-63B §3.1.1.2: one form for what keyboards write differently. */
function normalised(password: string): string {
  return password.normalize("NFKC");
}

function isTooLong(password: string): boolean {
  return (
    Buffer.byteLength(password) > longestPassword || Buffer.byteLength(normalised(password)) > longestPassword
  );
}
