import { reachableContexts } from "@valetkey/protocol/authentication-context";
import { identityScopes } from "@valetkey/protocol/scope";
import {
  authorizationServerMetadata,
  openidConfiguration,
  type ServerFacts,
} from "@valetkey/protocol/server-metadata";
import { document } from "../http/answer.ts";
import type { Endpoint } from "../http/message.ts";
import { isSignUpOpen } from "../sign-in/ways/sign-up.ts";
import type { Context } from "./context.ts";

/** How long clients and caches may keep the documents: long enough to spare us, short enough to change in. */
const maxAge = 300;

/** RFC 8414: the same document at every well-known form, never redirected, the issuer byte for byte. */
export function authorizationServerDocument(context: Context): Endpoint {
  return async () => document(authorizationServerMetadata(await factsOf(context)), maxAge);
}

/** OpenID Connect Discovery §4 */
export function openidDocument(context: Context): Endpoint {
  return async () => document(openidConfiguration(await factsOf(context)), maxAge);
}

/** General-purpose clients ask for everything that is listed, so only defaults are: MCP authorization, scope selection. */
async function factsOf({ settings, store }: Context): Promise<ServerFacts> {
  const resources = await store.resources.list();
  return {
    issuer: settings.issuer,
    scopesSupported: [
      ...new Set([...identityScopes, ...resources.flatMap((resource) => resource.defaultScopes)]),
    ],
    registrationEnabled: settings.registration.enabled,
    devicesEnabled: settings.devices.enabled,
    signUpOpen: isSignUpOpen({ settings }),
    contexts: reachableContexts(settings.signIn),
    documentsEnabled: settings.documents.enabled,
    idTokenSigningAlgorithms: ["ES256"],
  };
}
