import { lookup } from "node:dns/promises";
import { forbiddenAddress, isLoopback } from "./addresses.ts";
import { codeOf, Refused } from "./refused.ts";
import type { Target } from "./target.ts";

/** All addresses of a host, as the system finds them (hosts file included). Rejects when there are none. */
export type Resolver = (host: string) => Promise<readonly string[]>;

export const systemResolver: Resolver = async (host) => {
  const found = await lookup(host, { all: true, order: "verbatim" });
  return found.map(({ address }) => address);
};

/**
 * A lookup cannot be called off: one that outlives its fetch still counts here, or whoever names hosts with slow name
 * servers would leave a queue that grows behind the few threads in which the system looks names up.
 */
export function atMost(most: number, resolver: Resolver): Resolver {
  let underWay = 0;
  return async (host) => {
    if (underWay >= most) throw new Error(`${most} other names are being looked up`);
    underWay += 1;
    try {
      return await resolver(host);
    } finally {
      underWay -= 1;
    }
  };
}

/**
 * The addresses that may be connected to: resolved once, and one bad address refuses all, so that no choice
 * between good and bad is left to a later step. MCP security best practices, SSRF; CIMD §8.6.
 * @throws Refused "address" or "unreachable"
 */
export async function checkedAddresses(target: Target, resolver: Resolver): Promise<readonly string[]> {
  const { host } = target;
  const addresses = target.isAddress ? [host] : await resolve(host, resolver);
  if (addresses.length === 0) throw new Refused("unreachable", `The name ${host} has no address.`);
  const bad = addresses.find((ip) => (target.onLoopback ? !isLoopback(ip) : forbiddenAddress(ip)));
  if (bad !== undefined) {
    const wanted = target.onLoopback ? "a loopback" : "a public";
    throw new Refused("address", `The host ${host} has the address ${bad}, which is not ${wanted} address.`);
  }
  return addresses;
}

async function resolve(host: string, resolver: Resolver): Promise<readonly string[]> {
  try {
    return await resolver(host);
  } catch (cause) {
    throw new Refused("unreachable", `The name ${host} does not resolve (${codeOf(cause)}).`, { cause });
  }
}
