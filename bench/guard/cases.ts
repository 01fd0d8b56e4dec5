/** What the bench measures in one process: a token that was never seen, and one that was. */
export const guardCases = ["guard-cold", "guard-warm"] as const;
export type GuardCase = (typeof guardCases)[number];

export function isGuardCase(name: string): name is GuardCase {
  return guardCases.some((one) => one === name);
}

/** Who checks tokens. */
export interface GuardRow {
  readonly name: string;
  readonly kind: "floor" | "valetkey" | "peer";
  readonly title: string;
  readonly needs?: string;
  readonly leftOut: Readonly<Partial<Record<GuardCase, string>>>;
}

export const guardRows: readonly GuardRow[] = [
  {
    name: "node-crypto",
    kind: "floor",
    title: "bare `node:crypto` verify",
    leftOut: {},
  },
  { name: "valetkey", kind: "valetkey", title: "**Valetkey's guard**", leftOut: {} },
  { name: "jose", kind: "peer", title: "jose `jwtVerify`, remote key set", needs: "jose", leftOut: {} },
  {
    name: "fast-jwt",
    kind: "peer",
    title: "fast-jwt with its cache",
    needs: "fast-jwt",
    leftOut: {},
  },
  {
    name: "jsonwebtoken",
    kind: "peer",
    title: "jsonwebtoken + jwks-rsa",
    needs: "jwks-rsa",
    leftOut: {},
  },
];
