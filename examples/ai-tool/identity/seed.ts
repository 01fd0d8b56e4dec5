import { tokenExchangeGrant } from "@valetkey/protocol/token-exchange";
import type { Ports } from "valetkey";
import type { Client } from "../../../packages/server/src/records/client.ts";
import { hashSecret, newName, newSecret } from "../../../packages/server/src/tokens/secret.ts";
import { people } from "../people.ts";
import { roles, scopes } from "../permissions.ts";

export interface Credential {
  readonly id: string;
  readonly secret: string;
}

export type Credentials = Readonly<Record<"api" | "agent" | "job", Credential>>;

/** The page's client id: public, it has no secret. */
export const pageClient = "lantern-page";

/** What an operator does once with `valetkey resource add`, `role add`, `account add` and `client add`. */
export async function seed(
  { store, passwords }: Pick<Ports, "store" | "passwords">,
  { page, api }: { readonly page: string; readonly api: string },
): Promise<Credentials> {
  const now = Math.floor(Date.now() / 1000);
  await addResource(store, api, now);
  for (const [name, allowed] of Object.entries(roles)) {
    const allows = allowed.map((scope) => ({ resource: api, scope }));
    await store.roles.put({ name, description: `Lantern: ${name}`, allows });
  }
  for (const { email, name, password, roles: held } of people) {
    if (await store.accounts.findByEmail(email)) continue;
    const passwordHash = await passwords.hash(password);
    const id = `acc_${newName()}`;
    const since = { emailVerified: true, createdAt: now, disabledAt: null };
    await store.accounts.add({ id, email, name, passwordHash, roles: held, ...since });
  }

  const keep = async (client: Client) => (await store.clients.add(client)) || store.clients.replace(client);
  await keep({
    ...aClient(pageClient, "Lantern", now),
    redirectUris: [`${page}/`],
    postLogoutRedirectUris: [`${page}/`],
    grantTypes: ["authorization_code", "refresh_token"],
    authMethods: ["none"],
    applicationType: "web",
    scope: ["inference:read", "training:write", "audit:read"],
  });
  /** A fresh secret at each start: nobody else needs to know it. */
  const withSecret = async (id: string, name: string, may: Partial<Client>): Promise<Credential> => {
    const secret = newSecret("vks");
    const secrets = [{ hash: hashSecret(secret), createdAt: now, expiresAt: null }];
    await keep({ ...aClient(id, name, now), secrets, ...may });
    return { id, secret };
  };
  return {
    api: await withSecret("lantern-api", "Lantern API", { introspects: [api], scope: [] }),
    // It is handed tokens of the API's callers, acts for them there, and may do no more than ask.
    agent: await withSecret("research-agent", "Research agent", {
      grantTypes: [tokenExchangeGrant],
      introspects: [api],
      actsAt: [api],
      scope: ["inference:read"],
    }),
    job: await withSecret("nightly-job", "Nightly job", {
      grantTypes: ["client_credentials"],
      scope: ["datasets:upload"],
    }),
  };
}

/** The API's URL changes with its port; what an earlier start called so is gone. */
async function addResource(store: Ports["store"], api: string, now: number): Promise<void> {
  const name = "Company models";
  for (const { identifier, name: known } of await store.resources.list()) {
    if (known === name && identifier !== api) await store.resources.remove(identifier);
  }
  await store.resources.add({
    identifier: api,
    name,
    scopes,
    defaultScopes: ["inference:read"],
    // Roles are looked at when a token is made: whoever lost one keeps what it allowed for so long at most.
    accessTokenLifetime: 60,
    signingAlgorithm: "ES256",
    createdAt: now,
  });
}

function aClient(id: string, name: string, createdAt: number): Client {
  return {
    id,
    kind: "registered",
    name,
    redirectUris: [],
    postLogoutRedirectUris: [],
    grantTypes: [],
    authMethods: ["client_secret_basic"],
    applicationType: null,
    scope: [],
    introspects: [],
    secrets: [],
    jwks: null,
    jwksUri: null,
    logoUri: null,
    clientUri: null,
    createdAt,
    lastAuthorizedAt: null,
    disabledAt: null,
  };
}
