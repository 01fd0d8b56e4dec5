import type { Passkey } from "../records/passkey.ts";

/**
 * What a session says of how its person signed in: RFC 8176 where it has a word. "mfa" stands only where two factors
 * fitted; `acr` follows from it (protocol/authentication-context.ts).
 */
export const methods = {
  password: ["pwd"],
  /** A code or link by mail. RFC 8176 has no word for mail. */
  mail: ["email"],
  /** The device is one factor, and the person's PIN, finger or face that it checked is the other. */
  passkey: ({ isSynced }: Passkey) => [isSynced ? "swk" : "hwk", "user", "mfa"],
  oneTimePassword: ["otp", "mfa"],
  recoveryCode: ["recovery", "mfa"],
  /** Elsewhere; what the upstream says of itself stands beside it. */
  upstream: ["fed"],
} as const;
