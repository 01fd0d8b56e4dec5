/** What checks signatures: `node:crypto` on Node, WebCrypto through jose in every other runtime. */
export const engines = ["node:crypto", "WebCrypto"] as const;
export type Engine = (typeof engines)[number];

const navigatorOfNode = Object.getOwnPropertyDescriptor(globalThis, "navigator") ?? {};

/** Keys that are imported from now on are used by this engine: the guard looks at what the runtime says it is. */
export function runOn(engine: Engine): void {
  if (engine === "node:crypto") Object.defineProperty(globalThis, "navigator", navigatorOfNode);
  else
    Object.defineProperty(globalThis, "navigator", { value: { userAgent: "Another/1" }, configurable: true });
}

type Subtle = typeof crypto.subtle;

/** How many signatures WebCrypto verified since this was called. */
export function countWebVerifications(): { readonly count: number; stop(): void } {
  const prototype = Object.getPrototypeOf(crypto.subtle) as Subtle;
  const { verify } = prototype;
  const counted = {
    count: 0,
    stop() {
      prototype.verify = verify;
    },
  };
  prototype.verify = function (this: Subtle, ...given: Parameters<Subtle["verify"]>) {
    counted.count++;
    return verify.apply(this, given);
  };
  return counted;
}
