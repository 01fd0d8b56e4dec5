import { isIP } from "node:net";
import type { Settings } from "../ports/settings.ts";

/** The settings without what cannot be. @param hasMail whether this server can write to people */
export function possible(settings: Settings, hasMail: boolean): Settings {
  const { signIn } = settings;
  const passkeys = signIn.passkeys && hasName(settings.issuer);
  // Who signs up proves an address by mail, and must be able to come back: with a password, or with a code by mail.
  const isOpen = hasMail && (signIn.password || signIn.email);
  const signUp = signIn.signUp === "open" && !isOpen ? "invitation" : signIn.signUp;
  return { ...settings, signIn: { ...signIn, passkeys, signUp } };
}

/** Browsers make passkeys for a host by its name only, never for an IP address: WebAuthn Level 3 §5.1.3. */
function hasName(issuer: string): boolean {
  const { hostname } = new URL(issuer);
  // An IPv6 address stands in brackets.
  return !hostname.startsWith("[") && isIP(hostname) === 0;
}
