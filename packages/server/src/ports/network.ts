import { isIP } from "node:net";

/**
 * The network that an IPv6 address stands for: its first 64 bits, since whoever has one address has the 2^64 beside it.
 * Everything else is itself.
 */
export function networkOf(address: string): string {
  if (!address.includes(":")) return address;
  const [plain = ""] = address.split("%");
  // A dot: an IPv4 address, written as it is or inside of an IPv6 one.
  if (isIP(plain) !== 6 || plain.includes(".")) return address;
  const [head = "", tail] = plain.split("::");
  const before = groupsOf(head);
  const after = groupsOf(tail ?? "");
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...Array.from({ length: zeros }, () => 0), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(":")}::/64`;
}

function groupsOf(text: string): readonly number[] {
  return text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
}
