import { hash } from "node:crypto";
import type { JWK } from "jose";
import type { Client } from "../client/identity.ts";
import { AgentError } from "../errors.ts";
import type { Instant } from "../instant.ts";
import type { LoginStore } from "../store/store.ts";
import type { HeldToken } from "./held-token.ts";

/** What one person allowed this machine at one resource, as it is kept. */
export interface Login {
  readonly version: 1;
  readonly resource: string;
  /** Tells several logins at one resource apart; usually empty. */
  readonly profile: string;
  readonly issuer: string;
  /** Without the secret or key that a caller brings along each time. */
  readonly client: Client;
  readonly account?: string | undefined;
  /** What was granted; undefined: the issuer did not say. */
  readonly scopes?: readonly string[] | undefined;
  readonly signedInAt: Instant;
  readonly refreshToken?: string | undefined;
  readonly tokens: readonly HeldToken[];
  /** The key that everything is bound to. */
  readonly dpopKey?: JWK | undefined;
}

const prefix = "login-";

/** The name of a login's entry; it tells nothing of the resource. A bare origin is one with its slash and without. */
export function loginName(resource: string, profile: string): string {
  const named = resource.replace(/^(https?:\/\/[^/?#]+)\/$/, "$1");
  return `${prefix}${hash("sha256", JSON.stringify([named, profile]), "hex").slice(0, 32)}`;
}

/** @throws AgentError store-broken */
export function readLogin(value: unknown, name = ""): Login | undefined {
  if (value === undefined) return undefined;
  const login = value as Partial<Login>;
  if (
    login?.version === 1 &&
    typeof login.resource === "string" &&
    typeof login.issuer === "string" &&
    typeof login.client?.id === "string" &&
    Array.isArray(login.tokens) &&
    login.tokens.every((one: Partial<HeldToken> | null) => typeof one?.accessToken === "string")
  ) {
    return login as Login;
  }
  throw new AgentError("store-broken", `What was kept is no login${name && `: the entry ${name}`}.`);
}

/** The names of all logins of the store. */
export async function loginNames(store: LoginStore): Promise<readonly string[]> {
  return (await store.names()).filter((name) => name.startsWith(prefix));
}
