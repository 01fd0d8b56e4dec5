import { findResource } from "@valetkey/protocol/resource-indicator";
import { identityScopes } from "@valetkey/protocol/scope";
import { type AskedClient, clientFaults, newClient } from "../operations/new-client.ts";
import type { Store } from "../ports/store.ts";
import { scopesFor } from "../tokens/entitlement.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import { clientAuthentication } from "./client-authentication.ts";
import { clientFacts } from "./client-facts.ts";
import { clientText } from "./client-text.ts";
import type { Command } from "./command.ts";
import { secondsOf } from "./duration-option.ts";
import type { Given } from "./given.ts";
import { jsonOption, record, say } from "./output.ts";
import { UsageError } from "./usage-error.ts";

export const clientAdd: Command = {
  name: "client add",
  summary: "Register a client: an app that people sign in to, or a machine",
  options: {
    name: { value: "NAME", says: "What people read on the consent page", example: "Calendar assistant" },
    "redirect-uri": {
      value: "URI",
      many: true,
      says: "Where the answer goes, character by character; any port counts on a loopback host",
      example: "https://app.example.com/callback",
    },
    public: { says: "It can keep no secret: a browser page, a desktop or phone app (the default)" },
    confidential: { says: "It keeps a secret, which is printed once" },
    "auth-method": {
      value: "METHOD",
      says: "How a confidential client proves itself: client_secret_basic, client_secret_post, private_key_jwt (default: either secret)",
      example: "private_key_jwt",
    },
    jwks: {
      value: "FILE",
      says: "Its public keys for private_key_jwt, a JSON file (RFC 7517)",
      example: "keys.json",
    },
    "jwks-uri": {
      value: "URL",
      says: "Or where its public keys are published",
      example: "https://app.example.com/jwks.json",
    },
    grant: {
      value: "TYPE",
      many: true,
      says: "authorization_code, refresh_token, client_credentials, urn:ietf:params:oauth:grant-type:device_code, urn:ietf:params:oauth:grant-type:token-exchange (default: the first two with a redirect URI, the third for a confidential client without)",
      example: "client_credentials",
    },
    scope: {
      value: "SCOPE",
      many: true,
      says: "The most it may ever be granted; a machine needs it",
      example: "inference:read",
    },
    introspects: {
      value: "RESOURCE",
      many: true,
      says: "A resource whose tokens it may ask about (RFC 7662): for the resource's own server",
      example: "https://mcp.example.com/mcp",
    },
    "acts-at": {
      value: "RESOURCE",
      many: true,
      says: "A resource where it may act for others by token exchange (RFC 8693)",
      example: "https://api.example.com",
    },
    "post-logout-redirect-uri": {
      value: "URI",
      many: true,
      says: "Where a sign-out may lead back to",
      example: "https://app.example.com/signed-out",
    },
    "refresh-grace": {
      value: "DURATION",
      says: "Instead of the server's refresh.grace: how long a superseded refresh token is still answered with the current one",
      example: "60m",
    },
    "dpop-bound-access-tokens": {
      says: "It gets tokens only with a proof of possession, bound to its key (RFC 9449)",
    },
    id: { value: "ID", says: "An id of your own choice (default: a random one)", example: "calendar" },
    ...jsonOption,
    ...storeOptions,
  },
  notes: [
    "MCP clients such as Claude, ChatGPT, VS Code and Cursor register by themselves: nothing to add for them.",
  ],
  examples: [
    'client add --name "Calendar assistant" --redirect-uri http://127.0.0.1/callback',
    'client add --name "Our web app" --confidential --redirect-uri https://app.example.com/callback',
    'client add --name "Nightly job" --confidential --scope inference:read',
    'client add --name "MCP server" --confidential --introspects https://mcp.example.com/mcp',
  ],
  async read(given, io) {
    const asked: AskedClient = {
      id: given.text("id"),
      name: given.required("name", "is needed: what people read on the consent page"),
      redirectUris: given.texts("redirect-uri"),
      postLogoutRedirectUris: given.texts("post-logout-redirect-uri"),
      ...clientAuthentication(given, io),
      grantTypes: given.texts("grant"),
      scope: given.has("scope") ? given.texts("scope") : null,
      introspects: given.texts("introspects"),
      actsAt: given.texts("acts-at"),
      refreshGrace: secondsOf(given, "refresh-grace"),
      boundTokens: given.has("dpop-bound-access-tokens"),
    };
    for (const { about, reason, value } of clientFaults(asked)) {
      if (about !== "name" || given.has("name")) given.refuse(about, reason, value);
    }
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const { introspects, actsAt, forPeopleOnly } = await requireKnown(store, given, asked);
        given.requireFaultless();
        const { client, secret } = newClient({ ...asked, introspects, actsAt }, io.now());
        if (!(await store.clients.add(client)))
          throw new UsageError([
            `--id ${client.id}: is taken; valetkey client show ${client.id} tells by whom`,
          ]);
        await record(store, io, "client.added", { clientId: client.id });
        if (client.grantTypes.includes("client_credentials"))
          for (const scope of forPeopleOnly)
            io.err(
              `${scope} is for people only: a machine is refused it until its resource says --machines ${scope}\n`,
            );
        const facts = { ...clientFacts(client), ...(secret === undefined ? {} : { client_secret: secret }) };
        const shown =
          secret === undefined
            ? ""
            : `\nClient secret  ${secret}\nIt is shown this once; the server keeps only its hash.\n`;
        return say(io, given, facts, `${clientText(client)}${shown}`);
      });
  },
};

/**
 * Scopes and resources that do not exist are spelling mistakes.
 * @returns the resources as they are registered, and the scopes that no machine may have
 */
async function requireKnown(store: Store, given: Given, asked: AskedClient) {
  const resources = await store.resources.list();
  const scopes = new Set(resources.flatMap((resource) => resource.scopes.map(({ name }) => name)));
  for (const scope of asked.scope ?? []) {
    if (!scopes.has(scope) && !identityScopes.includes(scope))
      given.refuse("scope", "no resource has such a scope; valetkey resource list shows them", scope);
  }
  const identifiers = resources.map(({ identifier }) => identifier);
  const registered = (option: string, resources: readonly string[]) =>
    resources.map((resource) => {
      const found = findResource(identifiers, resource);
      if (found === undefined) given.refuse(option, "is no registered resource", resource);
      return found ?? resource;
    });
  const introspects = registered("introspects", asked.introspects);
  const actsAt = registered("acts-at", asked.actsAt ?? []);
  const machines = new Set(resources.flatMap((resource) => scopesFor(resource, "machines")));
  return { introspects, actsAt, forPeopleOnly: (asked.scope ?? []).filter((scope) => !machines.has(scope)) };
}
