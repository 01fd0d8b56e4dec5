import type { Requirements } from "./requirement.ts";

/** Passkeys, one-time passwords, and what tokens say of them. */
export const secondFactors = {
  "WA-01": {
    at: "WebAuthn Level 3 §7.1, §7.2, §13.4.9",
    level: "MUST",
    role: "AS",
    asks: "An answer counts only for this origin, this relying party, its own ceremony and the challenge that was given out, signed by the passkey's key, with the person present and verified.",
  },
  "WA-02": {
    at: "WebAuthn Level 3 §13.4.3",
    level: "MUST",
    role: "AS",
    asks: "A challenge of 32 bytes belongs to one sign-in, and any answer spends it, right or wrong.",
  },
  "WA-03": {
    at: "WebAuthn Level 3 §7.2",
    level: "MUST",
    role: "AS",
    asks: "The user handle that comes back names the person whose passkey it is.",
  },
  "WA-04": {
    at: "WebAuthn Level 3 §6.1.1",
    level: "SHOULD",
    role: "AS",
    asks: "A counter that goes back under a good signature is refused and told to the operator as the sign of a copy.",
  },
  "WA-05": {
    at: "WebAuthn Level 3 §14.6.2",
    level: "SHOULD",
    role: "AS",
    asks: "No sign-in names a passkey, so that nobody learns who has one; the user handle says nothing of the person.",
  },
  "WA-06": {
    at: "WebAuthn Level 3 §7.1",
    level: "DECISION",
    role: "AS",
    asks: "No attestation is asked for, and no certificate that comes unasked is read.",
  },
  "WA-07": {
    at: "Passkeys in the pages",
    level: "DECISION",
    role: "AS",
    asks: "In a real browser passkeys are made, used by a button and by autofill, and refused in words; without script or WebAuthn the page is whole; one script runs there and nothing that is injected.",
  },
  "OTP-01": {
    at: "RFC 6238 §4, §5.2; RFC 4226 §4 R6",
    level: "MUST",
    role: "AS",
    asks: "Codes are those of the RFC, by a secret of 160 bits, one step on either side; each counts once, and none after a later one.",
  },
  "OTP-02": {
    at: "RFC 6238 §5.1; RFC 4226 §7.5",
    level: "SHOULD",
    role: "AS",
    asks: "Secrets are sealed by a key outside the store, for one account alone, and no such key may leave the ring while it seals one.",
  },
  "OTP-03": {
    at: "RFC 4226 §7.3",
    level: "MUST",
    role: "AS",
    asks: "Codes of an app are guessed at a few times, whatever sign-in and address the guesses come from; nobody without the first factor can use that up, and who has it no guesses of the person's own browsers and networks.",
  },
  "OTP-04": {
    at: "Recovery codes",
    level: "DECISION",
    role: "AS",
    asks: "Ten codes of 80 bits are shown once and kept as hashes; each counts once, in the place of a second factor.",
  },
  "I6-NEW-FACTOR": {
    at: "Second factors that are required",
    level: "DECISION",
    role: "AS",
    asks: "Who needs a second factor and has none sets one up on the way; whoever has their password and an old page cannot, once they have one.",
  },
  "I6-LAST-WAY": {
    at: "The account page",
    level: "DECISION",
    role: "AS",
    asks: "A person looks after their own passkeys and no others, and cannot take away the last way in that they have.",
  },
} as const satisfies Requirements;
