import { isIP } from "node:net";
import { isLoopback } from "./addresses.ts";
import { Refused } from "./refused.ts";

/** Where a fetch is to go, before anything is resolved. */
export interface Target {
  readonly url: URL;
  /** The host without brackets and final dot: a name, or an address in its one canonical spelling. */
  readonly host: string;
  readonly isAddress: boolean;
  /** True when only loopback addresses will do: a development server that fetches from its own machine. */
  readonly onLoopback: boolean;
}

/**
 * Reads a URL that a stranger wrote. The WHATWG parser turns every spelling of an IP address (decimal, hex,
 * octal, short, Unicode digits) into one. Every port is allowed, as in CIMD §3: the address decides.
 * @throws Refused "url"
 */
export function targetOf(given: string, { allowLoopback }: { allowLoopback: boolean }): Target {
  const url = URL.parse(given);
  if (!url) throw new Refused("url", "The text is not a URL.");
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const isAddress = isIP(host) !== 0;
  const onLoopback = allowLoopback && (host === "localhost" || isLoopback(host));
  // CIMD §3, §8.6: https; plain http stays on the machine of a development server.
  if (url.protocol !== "https:" && !(url.protocol === "http:" && onLoopback)) {
    throw new Refused("url", `The scheme ${url.protocol.slice(0, 20)} is not fetched, only https.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new Refused("url", "The URL carries credentials (user information before the host).");
  }
  return { url, host, isAddress, onLoopback };
}
