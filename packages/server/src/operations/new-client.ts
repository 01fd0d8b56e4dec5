import { deviceCodeGrant } from "@valetkey/protocol/device-code";
import { isScopeToken } from "@valetkey/protocol/scope";
import { tokenExchangeGrant } from "@valetkey/protocol/token-exchange";
import type { Client, ClientAuthMethod } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import { hashSecret, newName, newSecret } from "../tokens/secret.ts";
import { type Fault, fault } from "./fault.ts";
import { redirectUriFaults } from "./redirect-uri-faults.ts";

export const grantTypes = [
  "authorization_code",
  "refresh_token",
  "client_credentials",
  deviceCodeGrant,
  tokenExchangeGrant,
] as const;
export const secretMethods = ["client_secret_basic", "client_secret_post"] as const;

/** A client as an operator describes it; what is left out gets a sensible value. */
export interface AskedClient {
  readonly id: string | undefined;
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** None: public. Any one of them proves the client. */
  readonly authMethods: readonly ClientAuthMethod[];
  /** Empty: as `usualGrants` says. */
  readonly grantTypes: readonly string[];
  /** The ceiling; null: none. */
  readonly scope: readonly string[] | null;
  readonly introspects: readonly string[];
  readonly jwks: Client["jwks"];
  readonly jwksUri: string | null;
  /** Seconds; absent: the server's. */
  readonly refreshGrace?: number | undefined;
  /** Where it may act for others; absent or empty for nowhere. */
  readonly actsAt?: readonly string[] | undefined;
  /** RFC 9449 §5.2: it wants no tokens but such as are bound to a key. */
  readonly boundTokens?: boolean;
}

const longestGrace = 86_400;

/** What is wrong with the description by itself; whether its scopes and resources exist is the store's to say. */
export function clientFaults(asked: AskedClient): readonly Fault[] {
  return [
    ...idFaults(asked.id),
    ...(asked.name.trim() === "" || asked.name.length > 200
      ? [fault("name", "is what people read on the consent page: 1 to 200 characters")]
      : []),
    ...redirectUriFaults("redirect-uri", asked.redirectUris),
    ...redirectUriFaults("post-logout-redirect-uri", asked.postLogoutRedirectUris),
    ...scopeFaults(asked.scope ?? []),
    ...grantFaults(asked),
    ...keyFaults(asked),
    ...(asked.refreshGrace !== undefined && asked.refreshGrace > longestGrace
      ? [fault("refresh-grace", "is at most a day (24h): so long would a stolen token be answered")]
      : []),
  ];
}

/**
 * The grants of a client that states none: people's where there is a redirect, a machine's where there is a ceiling, and
 * that of acting for others where a place for it is given.
 */
export function usualGrants(asked: AskedClient): readonly string[] {
  const acting = (asked.actsAt ?? []).length > 0 ? [tokenExchangeGrant] : [];
  if (asked.redirectUris.length > 0) return ["authorization_code", "refresh_token", ...acting];
  if (asked.authMethods.length > 0 && asked.scope !== null) return ["client_credentials", ...acting];
  return asked.introspects.length > 0 || acting.length > 0 ? acting : ["authorization_code", "refresh_token"];
}

/** The record, and for a client with a shared secret the secret, which is shown once and kept as a hash. */
export function newClient(asked: AskedClient, now: Instant): { client: Client; secret: string | undefined } {
  const isShared = asked.authMethods.some((method) => method.startsWith("client_secret_"));
  const secret = isShared ? newSecret("vks") : undefined;
  const client: Client = {
    id: asked.id ?? `client_${newName()}`,
    kind: "registered",
    name: asked.name.trim(),
    redirectUris: asked.redirectUris,
    postLogoutRedirectUris: asked.postLogoutRedirectUris,
    grantTypes: asked.grantTypes.length > 0 ? asked.grantTypes : usualGrants(asked),
    authMethods: asked.authMethods.length > 0 ? asked.authMethods : ["none"],
    applicationType: null,
    scope: asked.scope,
    introspects: asked.introspects,
    secrets: secret === undefined ? [] : [{ hash: hashSecret(secret), createdAt: now, expiresAt: null }],
    jwks: asked.jwks,
    jwksUri: asked.jwksUri,
    logoUri: null,
    clientUri: null,
    ...(asked.refreshGrace !== undefined && { refreshGrace: asked.refreshGrace }),
    ...(asked.actsAt && asked.actsAt.length > 0 && { actsAt: asked.actsAt }),
    ...(asked.boundTokens && { boundTokens: true }),
    createdAt: now,
    lastAuthorizedAt: null,
    disabledAt: null,
  };
  return { client, secret };
}

/** A URL names a metadata document; `acc_` begins the name of a person, which no client may take (OAuth 2.1 §7.4). */
function idFaults(id: string | undefined): readonly Fault[] {
  if (id === undefined) return [];
  if (/^https?:/i.test(id))
    return [fault("id", "is a URL: such a client describes itself by its metadata document", id)];
  if (!/^[A-Za-z0-9][A-Za-z0-9._~-]{0,99}$/.test(id))
    return [fault("id", "is made of up to 100 letters, digits, dots, dashes and underscores", id)];
  return /^acc_/.test(id) ? [fault("id", "begins like the id of an account", id)] : [];
}

function scopeFaults(scopes: readonly string[]): readonly Fault[] {
  return scopes
    .filter((scope) => !isScopeToken(scope))
    .map((scope) => fault("scope", "has characters that no scope has; give one scope at a time", scope));
}

function grantFaults(asked: AskedClient): readonly Fault[] {
  const unknown = asked.grantTypes.filter((type) => !grantTypes.some((known) => known === type));
  const found = unknown.map((type) => fault("grant", `is not among ${grantTypes.join(", ")}`, type));
  if (unknown.length > 0) return found;
  const grants = asked.grantTypes.length > 0 ? asked.grantTypes : usualGrants(asked);
  const has = (type: string) => grants.includes(type);
  if (has("authorization_code") && asked.redirectUris.length === 0)
    found.push(fault("redirect-uri", "is needed by a client that people sign in to"));
  if (!has("authorization_code") && asked.redirectUris.length > 0)
    found.push(fault("grant", "must have authorization_code for a client with a redirect URI"));
  if (has("refresh_token") && !has("authorization_code") && !has(deviceCodeGrant))
    found.push(fault("grant", "refresh_token goes with authorization_code or device_code only"));
  if (has("client_credentials") && asked.authMethods.length === 0)
    found.push(
      fault("confidential", "is needed by a machine: OAuth 2.1 §4.2 lets no public client act for itself"),
    );
  if (has("client_credentials") && asked.scope === null)
    found.push(fault("scope", "is needed by a machine: without a ceiling it is granted nothing"));
  if (has(tokenExchangeGrant) && asked.authMethods.length === 0)
    found.push(fault("confidential", "is needed by a client that acts for others (RFC 8693)"));
  if (has(tokenExchangeGrant) !== (asked.actsAt ?? []).length > 0)
    found.push(
      fault("acts-at", `and --grant ${tokenExchangeGrant} go together: where it may act for others`),
    );
  if (asked.introspects.length > 0 && asked.authMethods.length === 0)
    found.push(fault("confidential", "is needed by a client that introspects (RFC 7662 §2.1)"));
  return found;
}

function keyFaults({ authMethods, jwks, jwksUri }: AskedClient): readonly Fault[] {
  const byKey = authMethods.includes("private_key_jwt");
  if (byKey && jwks === null && jwksUri === null)
    return [fault("jwks", "or --jwks-uri is needed with private_key_jwt: the client's public keys")];
  if (jwks !== null && jwksUri !== null)
    return [fault("jwks-uri", "and --jwks exclude each other (RFC 7591 §2)")];
  if (!byKey && (jwks !== null || jwksUri !== null))
    return [fault("auth-method", "must be private_key_jwt where keys are given")];
  return [];
}
