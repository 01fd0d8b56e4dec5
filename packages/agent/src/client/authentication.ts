import { randomUUID } from "node:crypto";
import { importJWK, SignJWT } from "jose";
import type { Issuer } from "../discovery/issuer.ts";
import { AgentError } from "../errors.ts";
import type { Instant } from "../instant.ts";
import type { Client } from "./identity.ts";

/** What a request to an endpoint of the issuer carries of the client. */
export interface Authentication {
  readonly form: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** Seconds that an assertion lives. */
const assertionLife = 60;

/**
 * RFC 6749 §2.3, RFC 7523 §2.2: nothing but the id for a public client, else its secret or an assertion by its key.
 * @throws AgentError client-refused when the key cannot sign
 */
export async function authenticated(client: Client, issuer: Issuer, now: Instant): Promise<Authentication> {
  if (client.key) {
    return { form: { client_id: client.id, ...(await assertion(client, issuer, now)) }, headers: {} };
  }
  if (client.secret === undefined) return { form: { client_id: client.id }, headers: {} };
  if (isBasic(client, issuer)) {
    return { form: {}, headers: { authorization: `Basic ${basic(client.id, client.secret)}` } };
  }
  return { form: { client_id: client.id, client_secret: client.secret }, headers: {} };
}

function isBasic({ method }: Client, { authMethodsSupported: methods }: Issuer): boolean {
  if (method !== undefined) return method === "client_secret_basic";
  // RFC 8414 §2: silence means client_secret_basic.
  return methods === undefined || methods.includes("client_secret_basic");
}

/** RFC 6749 §2.3.1: each part in the encoding of a form first. */
function basic(id: string, secret: string): string {
  const encoded = (text: string) => new URLSearchParams({ _: text }).toString().slice(2);
  return btoa(`${encoded(id)}:${encoded(secret)}`);
}

/** RFC 10070: the audience is the issuer alone, so that no other server can use the assertion. */
async function assertion({ id, key }: Client, { issuer }: Issuer, now: Instant) {
  const { alg, kid } = key ?? {};
  if (alg === undefined) {
    throw new AgentError("client-refused", 'The private key of the client has no "alg", e.g. "ES256".');
  }
  try {
    const signed = await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ typ: "client-authentication+jwt", alg, ...(kid === undefined ? {} : { kid }) })
      .setIssuer(id)
      .setSubject(id)
      .setAudience(issuer)
      .setIssuedAt(now)
      .setExpirationTime(now + assertionLife)
      .sign(await importJWK(key ?? {}, alg));
    return {
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: signed,
    };
  } catch (cause) {
    throw new AgentError("client-refused", "The private key of the client cannot sign.", {}, { cause });
  }
}
