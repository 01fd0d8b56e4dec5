import { isIP } from "node:net";
import type { Settings } from "../ports/settings.ts";

/**
 * The settings without what cannot be: browsers make passkeys for a host by its name only, never for an IP address
 * (WebAuthn Level 3 §5.1.3), so none are offered there.
 */
export function possible(settings: Settings): Settings {
  const { hostname } = new URL(settings.issuer);
  // An IPv6 address stands in brackets.
  if (!hostname.startsWith("[") && isIP(hostname) === 0) return settings;
  return { ...settings, signIn: { ...settings.signIn, passkeys: false } };
}
