import type { Passwords } from "../ports/passwords.ts";
import type { Store } from "../ports/store.ts";
import type { Client } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import type { Resource } from "../records/resource.ts";
import { everyone } from "../records/role.ts";
import { hashSecret, newName, newSecret } from "../tokens/secret.ts";
import { demoAccounts } from "./accounts.ts";

export interface DemoUrls {
  readonly mcpUrl: string;
  readonly apiUrl: string;
}

/** The credentials with which the example servers ask whether a token still stands. */
export interface DemoCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Makes what the demonstration needs and leaves everything else as it was: a second start finds what the first left. */
export async function seedDemo(
  store: Store,
  passwords: Passwords,
  { mcpUrl, apiUrl }: DemoUrls,
  now: Instant,
): Promise<DemoCredentials> {
  for (const resource of demoResources(mcpUrl, apiUrl, now)) await store.resources.add(resource);
  const isKnown = (await store.roles.list()).length > 0;
  if (!isKnown) {
    const allows = [
      { resource: mcpUrl, scope: "notes:read" },
      { resource: mcpUrl, scope: "notes:write" },
      { resource: apiUrl, scope: "inference:read" },
    ];
    await store.roles.put({ name: everyone, description: "Every account", allows });
    const training = [{ resource: apiUrl, scope: "training:write" }];
    await store.roles.put({ name: "trainer", description: "May submit training data", allows: training });
  }
  for (const { email, name, password, roles } of demoAccounts) {
    if (await store.accounts.findByEmail(email)) continue;
    const passwordHash = await passwords.hash(password);
    const id = `acc_${newName()}`;
    await store.accounts.add({
      id,
      email,
      emailVerified: true,
      name,
      passwordHash,
      roles,
      createdAt: now,
      disabledAt: null,
    });
  }
  return await exampleServers(store, [mcpUrl, apiUrl], now);
}

function demoResources(mcpUrl: string, apiUrl: string, now: Instant): readonly Resource[] {
  const common = { accessTokenLifetime: null, signingAlgorithm: "ES256" } as const;
  return [
    {
      identifier: mcpUrl,
      name: "Example notes",
      scopes: [
        { name: "notes:read", sentence: "Read your notes", risk: "low", for: ["people"] },
        { name: "notes:write", sentence: "Write notes in your name", risk: "medium", for: ["people"] },
      ],
      defaultScopes: ["notes:read"],
      createdAt: now,
      ...common,
    },
    {
      identifier: apiUrl,
      name: "Example models",
      scopes: [
        { name: "inference:read", sentence: "Ask the models", risk: "low", for: ["people", "machines"] },
        {
          name: "training:write",
          sentence: "Submit training data",
          risk: "high",
          for: ["people", "machines"],
        },
      ],
      defaultScopes: ["inference:read"],
      createdAt: now + 1,
      ...common,
    },
  ];
}

/** The example servers' own client, with a fresh secret at each start: nobody else needs to know it. */
async function exampleServers(
  store: Store,
  introspects: readonly string[],
  now: Instant,
): Promise<DemoCredentials> {
  const clientSecret = newSecret("vks");
  const client: Client = {
    id: "example-servers",
    kind: "registered",
    name: "Example servers",
    redirectUris: [],
    postLogoutRedirectUris: [],
    grantTypes: [],
    authMethods: ["client_secret_basic"],
    applicationType: null,
    scope: [],
    introspects,
    secrets: [{ hash: hashSecret(clientSecret), createdAt: now, expiresAt: null }],
    jwks: null,
    jwksUri: null,
    logoUri: null,
    clientUri: null,
    createdAt: now,
    lastAuthorizedAt: null,
    disabledAt: null,
  };
  if (!(await store.clients.add(client))) await store.clients.replace(client);
  return { clientId: client.id, clientSecret };
}
