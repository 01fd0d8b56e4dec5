import { invalidClient, invalidRequest } from "@valetkey/protocol/errors";
import type { Parameters } from "@valetkey/protocol/parameters";
import type { Client, ClientAuthMethod } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import { requireClientSecret } from "./methods/client-secret.ts";
import { readBasic } from "./methods/client-secret-basic.ts";
import { type AssertionCheck, assertionClientId } from "./methods/private-key-jwt.ts";
import type { ResolveClient } from "./resolve.ts";

/** Who a request says that it comes from, and how it would prove it. Read once; nothing of it is judged. */
export interface Claim {
  readonly clientId: string;
  readonly method: ClientAuthMethod;
  readonly proof: string;
}

export interface Authenticated {
  readonly client: Client;
  /** Whether it proved who it is. A client that may prove itself, and may also call without, has perhaps not done it. */
  readonly isProven: boolean;
}

/** `address` is where the call came from. */
export type AuthenticateClient = (claim: Claim, address: string, now: Instant) => Promise<Authenticated>;

/**
 * OAuth 2.1 §2.4: who calls. Credentials that are sent are checked, even where none are needed. Every endpoint that a
 * client calls begins here, before anything is read or spent.
 * @throws invalid_client
 */
export function clientAuthenticator(
  resolve: ResolveClient,
  requireAssertion: AssertionCheck,
): AuthenticateClient {
  return async (claim, address, now) => {
    const client = await resolve(claim.clientId, now, address);
    requireAllowedMethod(client, claim);
    if (claim.method === "private_key_jwt") await requireAssertion(claim.proof, client, now);
    else if (claim.method !== "none") requireClientSecret(client, claim.proof, now);
    return { client, isProven: claim.method !== "none" };
  };
}

/** Whether a request tries to prove who calls: where it does not, there is nothing to guess. */
export function bringsProof(authorization: string | undefined, parameters: Parameters): boolean {
  return authorization !== undefined || parameters.has("client_secret") || parameters.has("client_assertion");
}

/**
 * OAuth 2.1 §2.4: two kinds of credentials at once are refused.
 * @param authorization the header, as it came
 * @throws invalid_request "client.two-methods", "parameter.missing"; invalid_client for what cannot be read
 */
export function readClaim(authorization: string | undefined, parameters: Parameters): Claim {
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

function requireAllowedMethod(client: Client, given: Claim): void {
  if (client.authMethods.some((method) => method === given.method)) return;
  const refusal = given.method === "none" ? "client.authentication-missing" : "client.method-not-allowed";
  throw invalidClient(refusal, { fact: `${client.id.slice(0, 200)}: ${given.method}` });
}
