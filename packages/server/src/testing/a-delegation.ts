import assert from "node:assert/strict";
import { accessTokenType, tokenExchangeGrant } from "@valetkey/protocol/token-exchange";
import type { Client } from "../records/client.ts";
import { everyone } from "../records/role.ts";
import { login, post } from "./a-login.ts";
import { basic } from "./a-program.ts";
import { type AServer, type AServerOptions, api, aResource, aServer, mcp } from "./a-server.ts";

/** The server that people's programs call; it calls the API in turn. */
export const front = "https://front.example.com/api";

export type Registered = Client & { readonly secret: string };

const both = ["people", "machines"] as const;

/** A server with three resources in a row and a scope that is passed on: front, API, tools; and their own clients. */
export async function aDelegation(options: AServerOptions = {}) {
  const server = await aServer(options);
  const now = server.clock.now();
  const ask = { name: "inference:read", sentence: "Ask the model", risk: "low", for: both } as const;
  const train = {
    name: "training:write",
    sentence: "Submit training data",
    risk: "high",
    for: both,
  } as const;
  const use = { name: "tools:use", sentence: "Use the tools", risk: "low", for: ["people"] } as const;
  await server.store.resources.add(
    aResource({
      identifier: front,
      scopes: [ask, train, use],
      defaultScopes: [ask.name],
      createdAt: now + 2,
    }),
  );
  const allowed = [
    [front, "inference:read"],
    [front, "training:write"],
    [front, "tools:use"],
    [api, "inference:read"],
    [mcp, "tools:use"],
  ] as const;
  await server.store.roles.put({
    name: everyone,
    description: "Every account",
    allows: allowed.map(([resource, scope]) => ({ resource, scope })),
  });
  const app = await server.client({ name: "App" });
  const everywhere = [front, api, mcp];
  const actor = (id: string, about: Partial<Client> = {}) =>
    server.client({
      ...{ id, authMethods: ["client_secret_basic"], grantTypes: [tokenExchangeGrant], redirectUris: [] },
      ...{ introspects: everywhere, actsAt: everywhere, ...about },
    });
  return {
    server,
    app,
    actor,
    /** The front's own server. */
    service: await actor("front-server", { introspects: [front] }),
    /** The API's own server. */
    worker: await actor("api-server", { introspects: [api] }),
    lookout: await server.client({
      ...{ authMethods: ["client_secret_basic"], grantTypes: [], introspects: everywhere },
    }),
  };
}

/** A person's access token for the front, of a grant that has the API too. */
export async function aSubject(
  server: AServer,
  app: Pick<Client, "id">,
  { email, resource = [front, api], scope = "inference:read training:write" }: Partial<Asked> = {},
): Promise<string> {
  const { code, verifier } = await login(server, app, { resource, scope }, email);
  const grant = { grant_type: "authorization_code", client_id: app.id, code, code_verifier: verifier };
  const { status, body } = await post(server, "/token", { ...grant, resource: front });
  assert.equal(status, 200, JSON.stringify(body));
  return String(body.access_token);
}

interface Asked {
  readonly email: string;
  readonly resource: readonly string[];
  readonly scope: string;
}

/** A machine's access token for the front. */
export async function aMachineSubject(server: AServer, machine: Registered): Promise<string> {
  const form = { grant_type: "client_credentials", resource: front };
  const { status, body } = await post(server, "/token", form, basic(machine.id, machine.secret));
  assert.equal(status, 200, JSON.stringify(body));
  return String(body.access_token);
}

/** The token request of an exchange; `undefined` leaves a parameter out. */
export function exchange(
  server: AServer,
  client: Pick<Registered, "id" | "secret">,
  subjectToken: string,
  more: Readonly<Record<string, string | readonly string[] | undefined>> = {},
) {
  const form = {
    grant_type: tokenExchangeGrant,
    subject_token: subjectToken,
    subject_token_type: accessTokenType,
  };
  return post(server, "/token", { ...form, ...more }, basic(client.id, client.secret));
}

/** The same, where nothing may go wrong. */
export async function exchanged(...given: Parameters<typeof exchange>): Promise<string> {
  const { status, body } = await exchange(...given);
  assert.equal(status, 200, JSON.stringify([body, given[0].audit.lastRefusal]));
  return String(body.access_token);
}
