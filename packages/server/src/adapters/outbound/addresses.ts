import { BlockList, isIP, isIPv4 } from "node:net";

/**
 * IPv4 ranges of the IANA special-purpose registry (RFC 6890 §2.2.2 and its successors), the multicast range
 * and the reserved rest. A few of them are globally reachable (AS112, AMT); none of them hosts documents.
 */
const specialIPv4 = subnets("ipv4", [
  ["0.0.0.0", 8], // this network, RFC 791
  ["10.0.0.0", 8], // private use, RFC 1918
  ["100.64.0.0", 10], // shared address space, RFC 6598
  ["127.0.0.0", 8], // loopback, RFC 1122
  ["169.254.0.0", 16], // link local, RFC 3927; cloud metadata services
  ["172.16.0.0", 12], // private use, RFC 1918
  ["192.0.0.0", 24], // IETF protocol assignments, RFC 6890
  ["192.0.2.0", 24], // documentation, RFC 5737
  ["192.31.196.0", 24], // AS112, RFC 7535
  ["192.52.193.0", 24], // AMT, RFC 7450
  ["192.88.99.0", 24], // 6to4 relays, RFC 7526
  ["192.168.0.0", 16], // private use, RFC 1918
  ["192.175.48.0", 24], // AS112, RFC 7534
  ["198.18.0.0", 15], // benchmarking, RFC 2544
  ["198.51.100.0", 24], // documentation, RFC 5737
  ["203.0.113.0", 24], // documentation, RFC 5737
  ["224.0.0.0", 4], // multicast, RFC 5771
  ["240.0.0.0", 4], // reserved and limited broadcast, RFC 1112, RFC 919
]);

/**
 * RFC 4291 §2.4: global unicast. What lies outside is loopback, unspecified, discard-only, segment routing,
 * local NAT64, unique local, link local, site local, multicast, or not assigned at all.
 */
const globalUnicast = subnets("ipv6", [["2000::", 3]]);

/** What the IANA registry takes out of global unicast again. */
const specialIPv6 = subnets("ipv6", [
  ["2001::", 23], // IETF protocol assignments: Teredo, benchmarking, AMT, ORCHID; RFC 2928
  ["2001:db8::", 32], // documentation, RFC 3849
  ["2620:4f:8000::", 48], // AS112, RFC 7534
  ["3fff::", 20], // documentation, RFC 9637
]);

const loopback = subnets("ipv4", [["127.0.0.0", 8]]);

/**
 * Whether the server must never connect to `ip` on a stranger's word. An address that carries an IPv4 address
 * (mapped, NAT64, 6to4) is judged by that one; what is not an IP address, or names a zone, is forbidden.
 * CIMD §8.6; RFC 6890.
 */
export function forbiddenAddress(ip: string): boolean {
  if (isIPv4(ip)) return specialIPv4.check(ip, "ipv4");
  if (isIP(ip) !== 6 || ip.includes("%")) return true;
  const embedded = embeddedIPv4(groups(ip));
  if (embedded) return specialIPv4.check(embedded, "ipv4");
  return !globalUnicast.check(ip, "ipv6") || specialIPv6.check(ip, "ipv6");
}

/** 127.0.0.0/8 and ::1, in their plain forms only. */
export function isLoopback(ip: string): boolean {
  if (isIPv4(ip)) return loopback.check(ip, "ipv4");
  return isIP(ip) === 6 && !ip.includes("%") && groups(ip).every((group, at) => group === (at === 7 ? 1 : 0));
}

function embeddedIPv4(address: readonly number[]): string | undefined {
  const starts = (...prefix: number[]) => prefix.every((group, at) => address[at] === group);
  if (starts(0, 0, 0, 0, 0, 0xffff)) return dotted(address[6], address[7]); // mapped, RFC 4291 §2.5.5.2
  if (starts(0x64, 0xff9b, 0, 0, 0, 0)) return dotted(address[6], address[7]); // NAT64, RFC 6052 §2.1
  if (starts(0x2002)) return dotted(address[1], address[2]); // 6to4, RFC 3056 §2
  return undefined;
}

/** The eight 16-bit groups of an IPv6 address without a zone. */
function groups(ip: string): number[] {
  // The URL parser turns a dotted tail into two groups and leaves at most one "::".
  const [head = "", tail] = new URL(`http://[${ip}]/`).hostname.slice(1, -1).split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = new Array<string>(8 - left.length - right.length).fill("0");
  return [...left, ...gap, ...right].map((group) => Number.parseInt(group, 16));
}

function dotted(high = 0, low = 0): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

function subnets(family: "ipv4" | "ipv6", ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of ranges) list.addSubnet(network, prefix, family);
  return list;
}
