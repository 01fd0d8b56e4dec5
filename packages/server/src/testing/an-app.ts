import { Secret, TOTP } from "otpauth";
import type { Instant } from "../records/instant.ts";

/** A person's authenticator app, which has read the QR code. */
export class AnApp {
  readonly #secret: Secret;

  /** @param base32 the secret as it was shown */
  constructor(base32: string) {
    this.#secret = Secret.fromBase32(base32);
  }

  get secret(): Uint8Array {
    return this.#secret.bytes;
  }

  codeAt(now: Instant): string {
    return TOTP.generate({ secret: this.#secret, timestamp: now * 1000 });
  }
}
