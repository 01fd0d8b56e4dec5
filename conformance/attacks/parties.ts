import type { Store } from "../../packages/server/src/ports/store.ts";
import type { Account } from "../../packages/server/src/records/account.ts";
import type { Client } from "../../packages/server/src/records/client.ts";
import type { Grant } from "../../packages/server/src/records/grant.ts";
import { everyone } from "../../packages/server/src/records/role.ts";
import { pkce } from "../../packages/server/src/testing/a-login.ts";
import { aResource, callback, mcp } from "../../packages/server/src/testing/a-server.ts";
import { hashSecret, newName, newSecret } from "../../packages/server/src/tokens/secret.ts";

/** One person, one public client, one resource, and the consent between them. */
export interface Parties {
  readonly account: Account;
  readonly client: Client;
  readonly grant: Grant;
}

/** A code as its client holds it. */
export interface HeldCode {
  readonly code: string;
  readonly hash: string;
  readonly verifier: string;
}

const now = () => Math.floor(Date.now() / 1000);

export async function seedParties(store: Store, about: Partial<Client & Account> = {}): Promise<Parties> {
  const permissions = [{ resource: mcp, scopes: ["tools:use"] }];
  await store.resources.add(
    aResource({
      identifier: mcp,
      name: "Example tools",
      scopes: [{ name: "tools:use", sentence: "Use the example tools", risk: "low", for: ["people"] }],
      defaultScopes: ["tools:use"],
    }),
  );
  const allows = [{ resource: mcp, scope: "tools:use" }];
  await store.roles.put({ name: everyone, description: "Every account", allows });
  const account: Account = {
    id: `acc_${newName()}`,
    email: "ada@example.com",
    emailVerified: true,
    name: "Ada",
    passwordHash: about.passwordHash ?? null,
    roles: [],
    createdAt: now(),
    disabledAt: null,
  };
  await store.accounts.add(account);
  const client = aPublicClient(about);
  await store.clients.add(client);
  const grant = await store.grants.consent(account.id, client.id, permissions, now());
  return { account, client, grant };
}

export function aPublicClient(about: Partial<Client> = {}): Client {
  return {
    id: about.id ?? `client_${newName()}`,
    kind: "registered",
    name: "Example app",
    redirectUris: [callback],
    postLogoutRedirectUris: [],
    grantTypes: ["authorization_code", "refresh_token"],
    authMethods: about.authMethods ?? ["none"],
    applicationType: null,
    scope: null,
    introspects: about.introspects ?? [],
    secrets: about.secrets ?? [],
    jwks: null,
    jwksUri: about.jwksUri ?? null,
    logoUri: null,
    clientUri: null,
    createdAt: now(),
    lastAuthorizedAt: null,
    disabledAt: null,
  };
}

/** Codes that wait for their client, put where the authorization endpoint puts them. */
export async function seedCodes(store: Store, parties: Parties, count: number): Promise<readonly HeldCode[]> {
  return await Promise.all(
    Array.from({ length: count }, async () => {
      const { verifier, challenge } = pkce();
      const code = newSecret("vkc");
      const hash = hashSecret(code);
      const { account, client, grant } = parties;
      await store.codes.save({
        codeHash: hash,
        clientId: client.id,
        accountId: account.id,
        grantId: grant.id,
        redirectUri: callback,
        codeChallenge: challenge,
        permissions: grant.permissions,
        nonce: null,
        sid: newName(),
        authenticatedAt: now(),
        amr: ["pwd"],
        createdAt: now(),
        expiresAt: now() + 600,
        spentAt: null,
      });
      return { code, hash, verifier };
    }),
  );
}

export function redemption({ client }: Parties, { code, verifier }: HeldCode): Record<string, string> {
  return { grant_type: "authorization_code", client_id: client.id, code, code_verifier: verifier };
}

export function refreshing({ client }: Parties, refreshToken: string): Record<string, string> {
  return { grant_type: "refresh_token", client_id: client.id, refresh_token: refreshToken };
}
