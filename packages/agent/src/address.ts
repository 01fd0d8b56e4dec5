import { hasAmbiguousPath, isLoopbackHost } from "@valetkey/protocol/web-uri";
import { AgentError } from "./errors.ts";

/** Whether plain http may be spoken: to this machine only. */
export interface AddressRules {
  readonly loopbackHttp: boolean;
}

/** More than browsers and servers agree on already. */
const longest = 2_000;

/**
 * An address that something may be sent to: https without user and fragment, or http on this machine where the one who
 * asked named this machine.
 * @throws AgentError address-unsafe
 */
export function requireSafeAddress(text: string, { loopbackHttp }: AddressRules, what: string): URL {
  if (!URL.canParse(text)) throw unsafe(text, what, "is no absolute URL");
  // It is shown to people and handed to a browser's program.
  if (text.length > longest) throw unsafe(text, what, `is longer than ${longest} characters`);
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") throw unsafe(url.origin, what, "carries a user name");
  if (url.hash !== "") throw unsafe(text, what, "has a fragment");
  if (url.protocol === "https:") return url;
  if (url.protocol === "http:" && loopbackHttp && isLoopbackHost(url.hostname)) return url;
  throw unsafe(text, what, "would be asked without TLS");
}

/** Whoever names this machine over http lets the rest of the conversation do so, too; nobody else does. */
export function rulesFor(named: string): AddressRules {
  return { loopbackHttp: isLoopbackAddress(named) };
}

function isLoopbackAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === "http:" && isLoopbackHost(hostname);
}

/**
 * Whether the address lies in the resource: the same origin, and the resource's path or one below it. What some reader
 * would decode into another path lies nowhere.
 */
export function isWithin(resource: string, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const [own, asked] = [new URL(resource), new URL(address)];
  if (own.origin !== asked.origin || asked.username !== "" || asked.password !== "") return false;
  if (hasAmbiguousPath(asked.pathname)) return false;
  const path = own.pathname.endsWith("/") ? own.pathname : `${own.pathname}/`;
  return asked.pathname === own.pathname || asked.pathname.startsWith(path);
}

function unsafe(text: string, what: string, why: string): AgentError {
  const address = text.slice(0, 200);
  return new AgentError("address-unsafe", `The address of ${what}, ${JSON.stringify(address)}, ${why}.`, {
    address,
  });
}
