import { invalidClient, invalidRequest, OAuthError } from "@valetkey/protocol/errors";
import type { Parameters } from "@valetkey/protocol/parameters";
import type { Client, ClientAuthMethod } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import { requireClientSecret } from "./methods/client-secret.ts";
import { readBasic } from "./methods/client-secret-basic.ts";
import { type AssertionCheck, assertionClientId } from "./methods/private-key-jwt.ts";
import type { ResolveClient } from "./resolve.ts";

export interface Caller {
  /** The Authorization header, as it came. */
  readonly authorization: string | undefined;
  readonly parameters: Parameters;
  /** Where the call came from. */
  readonly address: string;
}

export interface Authenticated {
  readonly client: Client;
  /** Whether it proved who it is. A client that may prove itself, and may also call without, has perhaps not done it. */
  readonly isProven: boolean;
}

export type AuthenticateClient = (caller: Caller, now: Instant) => Promise<Authenticated>;

interface Credentials {
  readonly clientId: string;
  readonly method: ClientAuthMethod;
  readonly proof: string;
}

/**
 * OAuth 2.1 §2.4: who calls. Credentials that are sent are checked, even where none are needed; two kinds at once are
 * refused. Every endpoint that a client calls begins here, before anything is read or spent.
 * @throws invalid_request "client.two-methods"; invalid_client for all else
 */
export function clientAuthenticator(
  resolve: ResolveClient,
  requireAssertion: AssertionCheck,
): AuthenticateClient {
  return async ({ authorization, parameters, address }, now) => {
    const given = credentialsIn(authorization, parameters);
    const client = await resolve(given.clientId, now, address);
    requireAllowedMethod(client, given);
    if (given.method === "private_key_jwt") await requireAssertion(given.proof, client, now);
    else if (given.method !== "none") requireClientSecret(client, given.proof, now);
    return { client, isProven: given.method !== "none" };
  };
}

/** The client that a request claims to be, proven or not, by whichever method; undefined when that cannot be read. */
export function claimedClientId({
  authorization,
  parameters,
}: Pick<Caller, "authorization" | "parameters">): string | undefined {
  try {
    return credentialsIn(authorization, parameters).clientId;
  } catch (thrown) {
    if (thrown instanceof OAuthError) return undefined;
    throw thrown;
  }
}

/** Whether a request tries to prove who calls: where it does not, there is nothing to guess. */
export function bringsProof({
  authorization,
  parameters,
}: Pick<Caller, "authorization" | "parameters">): boolean {
  return (
    authorization !== undefined || ["client_secret", "client_assertion"].some((name) => parameters.has(name))
  );
}

function credentialsIn(authorization: string | undefined, parameters: Parameters): Credentials {
  const basic = authorization === undefined ? undefined : readBasic(authorization);
  const secret = parameters.optional("client_secret");
  const assertion = parameters.optional("client_assertion");
  const named = parameters.optional("client_id");
  if ([basic, secret, assertion].filter((one) => one !== undefined).length > 1) {
    throw invalidRequest("The client authenticates in two ways at once.", "client.two-methods");
  }
  if (basic) {
    requireSameName(named, basic.clientId);
    return { clientId: basic.clientId, method: "client_secret_basic", proof: basic.secret };
  }
  if (assertion !== undefined) {
    const type = parameters.optional("client_assertion_type");
    const clientId = assertionClientId(assertion, type);
    requireSameName(named, clientId);
    return { clientId, method: "private_key_jwt", proof: assertion };
  }
  const clientId = parameters.required("client_id");
  return secret === undefined
    ? { clientId, method: "none", proof: "" }
    : { clientId, method: "client_secret_post", proof: secret };
}

function requireSameName(named: string | undefined, proven: string): void {
  if (named !== undefined && named !== proven) {
    throw invalidRequest("client_id differs from the authenticated client.", "client.two-methods");
  }
}

function requireAllowedMethod(client: Client, given: Credentials): void {
  if (client.authMethods.some((method) => method === given.method)) return;
  const refusal = given.method === "none" ? "client.authentication-missing" : "client.method-not-allowed";
  throw invalidClient(refusal, { fact: `${client.id.slice(0, 200)}: ${given.method}` });
}
