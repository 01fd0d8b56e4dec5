import { BlockList, isIP } from "node:net";

/** What a request says of itself on the wire, and what a listed proxy says of it. */
export interface Peer {
  /** The socket's other end. */
  readonly peer: string;
  header(name: string): string | undefined;
}

/** Reads `X-Forwarded-For` and `X-Forwarded-Host` from listed proxies, and from nobody else. RFC 9700 §4.13 */
export interface Proxies {
  addressOf(request: Peer): string;
  hostOf(request: Peer): string | undefined;
}

/** @param trusted addresses and CIDR ranges; @throws RangeError for an entry that is neither */
export function trustedProxies(trusted: readonly string[]): Proxies {
  const list = new BlockList();
  for (const entry of trusted) add(list, entry);
  const isTrusted = (address: string) =>
    trusted.length > 0 && isIP(address) !== 0 && list.check(address, familyOf(address));
  return {
    /** The nearest address that is no proxy of ours: everything left of it the caller may have invented. */
    addressOf({ peer, header }) {
      let address = plain(peer);
      if (!isTrusted(address)) return address;
      const hops = (header("x-forwarded-for") ?? "").split(",").map(addressOfHop);
      while (isTrusted(address) && hops.length > 0) {
        const hop = hops.pop() ?? "";
        if (isIP(hop) === 0) break;
        address = hop;
      }
      return address;
    },
    hostOf({ peer, header }) {
      const forwarded = header("x-forwarded-host");
      return forwarded !== undefined && isTrusted(plain(peer)) ? forwarded : header("host");
    },
  };
}

function add(list: BlockList, entry: string): void {
  const [, address = "", prefix] = /^([^/%]+)(?:\/([0-9]{1,3}))?$/.exec(entry) ?? [];
  const family = familyOf(address);
  const longest = family === "ipv4" ? 32 : 128;
  // `10.0.0.0/` must not come to mean `/0`, which would believe everybody.
  if (isIP(address) === 0 || Number(prefix ?? 0) > longest) {
    throw new RangeError(`${entry} is neither an address nor a range.`);
  }
  if (prefix === undefined) list.addAddress(address, family);
  else list.addSubnet(address, Number(prefix), family);
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4";
}

/** Some proxies write the port too, and brackets around IPv6, as RFC 7239 §6 does. */
function addressOfHop(hop: string): string {
  const text = hop.trim();
  const [, bracketed, dotted] = /^\[(.+)\](?::[0-9]+)?$|^([0-9.]+):[0-9]+$/.exec(text) ?? [];
  return plain(bracketed ?? dotted ?? text);
}

/** An IPv4 peer of a dual-stack socket arrives as `::ffff:127.0.0.1`. */
function plain(address: string): string {
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}
