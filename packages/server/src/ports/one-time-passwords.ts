import type { Instant } from "../records/instant.ts";

/** The secret of a person's authenticator app as it is shown once, for the app to take it over. */
export interface SetUp {
  /** `otpauth://totp/...`: what the picture says, and a link on a phone. */
  readonly uri: string;
  /** The secret in base32, for who types it. */
  readonly secret: string;
  /** The URI as a QR code: an SVG document in black on white. */
  readonly qr: string;
}

/** Codes of six digits that change every thirty seconds. RFC 6238; keeps nothing. */
export interface OneTimePasswords {
  /** 160 random bits: RFC 4226 §4 R6. */
  newSecret(): Uint8Array;
  /**
   * @param site what the app calls this server
   * @param account what the app calls the person
   */
  setUp(secret: Uint8Array, site: string, account: string): SetUp;
  /** The time step whose code this is: now's, the one before or the one after (RFC 6238 §5.2). undefined for any other. */
  stepOf(secret: Uint8Array, code: string, now: Instant): number | undefined;
}
