import { deviceCodeGrant } from "@valetkey/protocol/device-code";
import { demoPlan } from "../../../packages/server/src/demo/plan.ts";
import type { Client } from "../../../packages/server/src/records/client.ts";
import { everyone } from "../../../packages/server/src/records/role.ts";
import { start } from "../../../packages/server/src/start.ts";
import { hashSecret, newName, newSecret } from "../../../packages/server/src/tokens/secret.ts";
import { troubleWith } from "../../program/listening.ts";
import { tokenLifetime } from "../calendar/stated.ts";
import { type Email, people } from "./people.ts";

export interface Identity {
  readonly issuer: string;
  /** What the calendar proves itself with when it asks what ended. */
  readonly credentials: { readonly clientId: string; readonly clientSecret: string };
  /** The subject in the tokens of each person. */
  readonly subjects: Readonly<Record<Email, string>>;
  close(): Promise<void>;
}

/** The agent is public, as everything on a device in other hands is: there is no secret that it could keep. */
export const agentClient = "calendar-agent";

type Running = Awaited<ReturnType<typeof start>>;

/** A Valetkey on loopback, with what an operator does once: `resource add`, `account add` and `client add`. @throws Trouble where the port cannot be had */
export async function openIdentity(port: number, data: string, calendar: string): Promise<Identity> {
  const plan = demoPlan(port, data, { mcpUrl: calendar, apiUrl: calendar, accounts: people });
  const settings = (bound: number) => ({
    ...plan.settings(bound),
    productName: "Calendar accounts",
    demo: null,
  });
  const running = await start({ ...plan, settings }).catch((thrown: NodeJS.ErrnoException) => {
    throw thrown.syscall === "listen" ? troubleWith(port, thrown) : thrown;
  });
  try {
    const now = Math.floor(Date.now() / 1000);
    await addCalendar(running, calendar, now);
    const credentials = await addClients(running, calendar, now);
    const subjects = await addPeople(running, now);
    return { issuer: running.issuer, credentials, subjects, close: () => running.close() };
  } catch (thrown) {
    await running.close();
    throw thrown;
  }
}

/** The calendar's URL changes with its port; what an earlier start called so is gone. */
async function addCalendar({ store }: Running, calendar: string, now: number): Promise<void> {
  const name = "Calendar";
  for (const { identifier, name: known } of await store.resources.list()) {
    if (known === name && identifier !== calendar) await store.resources.remove(identifier);
  }
  await store.resources.add({
    identifier: calendar,
    name,
    scopes: [{ name: "calendar:read", sentence: "Read your calendar", risk: "medium", for: ["people"] }],
    defaultScopes: ["calendar:read"],
    accessTokenLifetime: tokenLifetime,
    signingAlgorithm: "ES256",
    createdAt: now,
  });
  const allows = [{ resource: calendar, scope: "calendar:read" }];
  await store.roles.put({ name: everyone, description: "Every account", allows });
}

async function addClients({ store }: Running, calendar: string, now: number) {
  const keep = async (client: Client) => (await store.clients.add(client)) || store.clients.replace(client);
  await keep({
    ...aClient(agentClient, "Calendar agent", now),
    redirectUris: ["http://127.0.0.1/callback"],
    grantTypes: [deviceCodeGrant, "authorization_code", "refresh_token"],
    authMethods: ["none"],
    applicationType: "native",
    scope: ["calendar:read"],
    // No token of it is worth anything without its key: RFC 9449 §5.2.
    boundTokens: true,
  });
  // A fresh secret at each start: nobody else needs to know it.
  const clientSecret = newSecret("vks");
  const secrets = [{ hash: hashSecret(clientSecret), createdAt: now, expiresAt: null }];
  await keep({ ...aClient("calendar", "Calendar", now), secrets, introspects: [calendar], scope: [] });
  return { clientId: "calendar", clientSecret };
}

async function addPeople({ store, passwords }: Running, now: number): Promise<Record<Email, string>> {
  const subjects: Partial<Record<Email, string>> = {};
  for (const { email, name, password, roles } of people) {
    const known = await store.accounts.findByEmail(email);
    const id = known?.id ?? `acc_${newName()}`;
    subjects[email] = id;
    if (known) continue;
    const passwordHash = await passwords.hash(password);
    const since = { emailVerified: true, createdAt: now, disabledAt: null };
    await store.accounts.add({ id, email, name, passwordHash, roles, ...since });
  }
  return subjects as Record<Email, string>;
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
    scope: null,
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
