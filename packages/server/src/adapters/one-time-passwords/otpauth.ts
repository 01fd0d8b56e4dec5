import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { renderSVG } from "uqr";
import type { OneTimePasswords } from "../../ports/one-time-passwords.ts";

/** RFC 6238 §4.1. Apps know these values, and many know no others. */
const usual = { algorithm: "SHA1", digits: 6, period: 30 };
/** RFC 6238 §5.2: one step on either side, for clocks that differ and people who type. */
const window = 1;

/** One-time passwords by the library otpauth, pictures by uqr. */
export const otpauthPasswords: OneTimePasswords = {
  newSecret: () => new Uint8Array(randomBytes(20)),

  setUp(bytes, site, account) {
    const secret = secretOf(bytes);
    // The key URI format has a colon between the two names, so neither may have one.
    const issuer = site.replaceAll(":", " ");
    const uri = new TOTP({ ...usual, secret, issuer, label: account.replaceAll(":", " ") }).toString();
    // "M" is read from a screen at an angle; four modules of white around it are what readers ask for (ISO/IEC 18004).
    return { uri, secret: secret.base32, qr: renderSVG(uri, { ecc: "M", border: 4, pixelSize: 4 }) };
  },

  stepOf(bytes, code, now) {
    const digits = digitsOf(code);
    if (digits === undefined) return undefined;
    const timestamp = now * 1000;
    // The library compares in constant time.
    const off = TOTP.validate({ ...usual, token: digits, secret: secretOf(bytes), timestamp, window });
    return off === null ? undefined : TOTP.counter({ period: usual.period, timestamp }) + off;
  },
};

function secretOf(bytes: Uint8Array): Secret {
  return new Secret({ buffer: new Uint8Array(bytes).buffer });
}

/** As apps show it in groups, and as keyboards of other scripts type it. */
function digitsOf(code: string): string | undefined {
  if (code.length > 32) return undefined;
  const digits = code
    .normalize("NFKC")
    .replace(/\p{Nd}/gu, (digit) => String(numeralOf(digit)))
    .replace(/[\s\p{Pd}\p{Cf}]/gu, "");
  return /^\d{6}$/.test(digits) ? digits : undefined;
}

/** Each script's ten digits stand in a row, from the nought. */
function numeralOf(digit: string): number {
  let zero = digit.codePointAt(0) ?? 0;
  for (let value = 0; value < 10; value++, zero--) {
    if (!/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) return value;
  }
  return 0;
}
