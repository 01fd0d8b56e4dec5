import type { Held } from "./held.ts";
import { issuerUnreachable } from "./held.ts";
import type { IssuerMetadata } from "./issuer.ts";
import { type IntrospectionOptions, isSecureUrl, type Settings } from "./options.ts";
import { askForJson } from "./outbound.ts";

/**
 * RFC 7662 §2: asks the issuer whether the token is still active.
 * @throws temporarily_unavailable when the issuer does not say: then nobody is let in.
 */
export async function isActive(
  settings: Settings,
  introspection: IntrospectionOptions,
  metadata: Held<IssuerMetadata>,
  token: string,
): Promise<boolean> {
  return (await introspected(settings, introspection, metadata, token)).active;
}

/** What the issuer says of a token, and whether it is active. @throws temporarily_unavailable as above */
export async function introspected(
  settings: Settings,
  introspection: IntrospectionOptions,
  metadata: Held<IssuerMetadata>,
  token: string,
): Promise<Readonly<Record<string, unknown>> & { readonly active: boolean }> {
  const endpoint = introspection.endpoint ?? (await metadata.get()).introspectionEndpoint;
  if (endpoint === undefined || !isSecureUrl(endpoint)) {
    throw issuerUnreachable(new Error(`The metadata of ${settings.issuer} has no introspection_endpoint.`));
  }
  let answer: Readonly<Record<string, unknown>>;
  try {
    answer = await askForJson(settings, endpoint, {
      method: "POST",
      headers: {
        authorization: basic(introspection),
        "content-type": "application/x-www-form-urlencoded",
      },
      body: new URLSearchParams({ token, token_type_hint: "access_token" }).toString(),
    });
  } catch (cause) {
    throw issuerUnreachable(cause);
  }
  const { active } = answer;
  if (typeof active !== "boolean")
    throw issuerUnreachable(new Error(`${endpoint} does not say active or not.`));
  return { ...answer, active };
}

/** RFC 6749 §2.3.1: name and secret are form-encoded before they are joined. */
export function basic({
  clientId,
  clientSecret,
}: Pick<IntrospectionOptions, "clientId" | "clientSecret">): string {
  const encode = (text: string) => new URLSearchParams({ "": text }).toString().slice(1);
  return `Basic ${btoa(`${encode(clientId)}:${encode(clientSecret)}`)}`;
}
