import type { HttpCase } from "./recipe.ts";

/** What takes part in the comparison, and how its process is started. */
export interface SubjectRow {
  readonly name: string;
  readonly kind: "floor" | "valetkey" | "peer";
  /** How the table calls it. */
  readonly title: string;
  /** The package that has to be installed for it, as the lock names it. */
  readonly needs?: string;
  readonly module: string;
  readonly variant?: string;
  /** Where its tokens live; what a crash takes. */
  readonly durability: string;
  /** Cases that it cannot do, each with the reason. */
  readonly leftOut: Readonly<Partial<Record<HttpCase, string>>>;
}

const memory = "in memory, gone with the process";
const noEndpoint = "the library has no such endpoint";
const full = "SQLite, synchronous=FULL";

export const subjects: readonly SubjectRow[] = [
  {
    name: "bare",
    kind: "floor",
    title: "bare floor",
    module: "floor",
    variant: "bare",
    durability: `${full}, group commit`,
    leftOut: {},
  },
  {
    name: "honest",
    kind: "floor",
    title: "honest floor",
    module: "floor",
    variant: "honest",
    durability: `${full}, group commit`,
    leftOut: {
      introspection: "its floor is an HTTP hello with the same body: the bare floor",
      discovery: "a constant document has no honest floor beside the bare one",
    },
  },
  {
    name: "valetkey",
    kind: "valetkey",
    title: "**Valetkey**, SQLite",
    module: "valetkey",
    durability: `${full}, group commit`,
    leftOut: {},
  },
  {
    name: "valetkey-postgres",
    kind: "valetkey",
    title: "**Valetkey**, PostgreSQL",
    module: "valetkey",
    durability: "PostgreSQL, synchronous_commit=on; the database's own CPU is not counted",
    leftOut: {},
  },
  {
    name: "oidc-provider-map",
    kind: "peer",
    title: "oidc-provider 9.13, Map",
    needs: "oidc-provider",
    module: "oidc-provider",
    variant: "map",
    durability: memory,
    leftOut: {},
  },
  {
    name: "oidc-provider-sqlite",
    kind: "peer",
    title: "oidc-provider 9.13, SQLite",
    needs: "oidc-provider",
    module: "oidc-provider",
    variant: "sqlite",
    durability: full,
    leftOut: {},
  },
  {
    name: "better-auth",
    kind: "peer",
    title: "better-auth 1.7.5, SQLite, tuned",
    needs: "@better-auth/oauth-provider",
    module: "better-auth",
    durability: full,
    leftOut: {},
  },
  {
    name: "node-oauth",
    kind: "peer",
    title: "@node-oauth/oauth2-server 5.3, Map",
    needs: "@node-oauth/oauth2-server",
    module: "node-oauth",
    durability: memory,
    leftOut: {
      introspection: noEndpoint,
      revocation: noEndpoint,
      userinfo: noEndpoint,
      discovery: noEndpoint,
    },
  },
  {
    name: "jmondi",
    kind: "peer",
    title: "@jmondi/oauth2-server 4.3, Map",
    needs: "@jmondi/oauth2-server",
    module: "jmondi",
    durability: memory,
    leftOut: { userinfo: noEndpoint, discovery: noEndpoint },
  },
  {
    name: "openauth",
    kind: "peer",
    title: "@openauthjs/openauth 0.4, Map",
    needs: "@openauthjs/openauth",
    module: "openauth",
    durability: memory,
    leftOut: { introspection: noEndpoint, revocation: noEndpoint, userinfo: noEndpoint },
  },
  {
    name: "workers-oauth-provider",
    kind: "peer",
    title: "@cloudflare/workers-oauth-provider 1.2, KV in memory",
    needs: "@cloudflare/workers-oauth-provider",
    module: "workers-oauth-provider",
    durability: memory,
    leftOut: {
      "client-credentials": "it has no such grant",
      introspection: noEndpoint,
      userinfo: noEndpoint,
    },
  },
];
