import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { protect } from "@valetkey/resource/node";
import { loadConfig } from "../packages/server/src/config/load.ts";
import { planOf } from "../packages/server/src/config/plan.ts";
import { start } from "../packages/server/src/start.ts";
import { hashSecret } from "../packages/server/src/tokens/secret.ts";
import { freePort } from "./subjects/listening.ts";

/**
 * How long a revoked token is still let in: one authorization server, three resource servers that follow its revocation
 * feed, each a process of its own. `node --conditions=valetkey-source bench/deny.ts [REVOCATIONS] [postgres://...]`
 */
const resource = "https://api.example.com";
const scope = "inference:read";
const client = { client_id: "bench", client_secret: "vks_bench" };

interface Place {
  readonly origin: string;
}

const [role = "", ...given] = process.argv.slice(2);
if (role === "server") process.send?.(await serve(given));
else if (role === "resource") process.send?.(await serveResource(given));
else await measure(Number(role || 100), given[0]);

async function serve([folder = "", store = ""]: readonly string[]): Promise<Place> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const settings = {
    issuer,
    store: store === "" ? join(folder, "valetkey.sqlite") : store,
    key_file: join(folder, "valetkey.keys"),
    listen: { host: "127.0.0.1", port },
  };
  const running = await start(
    planOf(await loadConfig({ text: JSON.stringify(settings), env: {} }), undefined),
  );
  const createdAt = Math.floor(Date.now() / 1000);
  await running.store.resources.add({
    identifier: resource,
    name: "Example models",
    scopes: [{ name: scope, sentence: "Ask the models", risk: "low", for: ["people", "machines"] }],
    defaultScopes: [scope],
    accessTokenLifetime: null,
    signingAlgorithm: "ES256",
    createdAt,
  });
  await running.store.clients.add({
    id: client.client_id,
    kind: "registered",
    name: "Bench",
    redirectUris: [],
    postLogoutRedirectUris: [],
    grantTypes: ["client_credentials"],
    authMethods: ["client_secret_basic", "client_secret_post"],
    applicationType: null,
    scope: [scope],
    introspects: [resource],
    secrets: [{ hash: hashSecret(client.client_secret), createdAt, expiresAt: null }],
    jwks: null,
    jwksUri: null,
    logoUri: null,
    clientUri: null,
    createdAt,
    lastAuthorizedAt: null,
    disabledAt: null,
  });
  return { origin: issuer };
}

async function serveResource([issuer = ""]: readonly string[]): Promise<Place> {
  const listener = protect((_incoming, outgoing) => outgoing.end("in"), {
    issuer,
    resource,
    revocations: { clientId: client.client_id, clientSecret: client.client_secret },
  });
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function measure(revocations: number, store = ""): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "valetkey-deny-"));
  const children: ChildProcess[] = [];
  try {
    const server = await child(children, "server", folder, store);
    const resources = await Promise.all([1, 2, 3].map(() => child(children, "resource", server.origin)));
    const times: number[] = [];
    for (let round = 0; round < revocations; round++) {
      const token = await newToken(server.origin);
      for (const { origin } of resources) {
        const status = await statusAt(origin, token);
        if (status !== 200) throw new Error(`A living token was answered ${status}.`);
      }
      // Between two looks of the server at its store, each time at another place.
      await pause(Math.random() * 250);
      const from = performance.now();
      const revoked = post(`${server.origin}/revoke`, { ...client, token });
      const denied = resources.map(async ({ origin }) => {
        while ((await statusAt(origin, token)) !== 401) await pause(1);
        times.push(performance.now() - from);
      });
      await Promise.all([revoked, ...denied]);
    }
    print(times, revocations, store);
  } finally {
    for (const one of children) one.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

function print(times: readonly number[], revocations: number, store: string): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.ceil(sorted.length * share) - 1] ?? 0).toFixed(1);
  console.log(
    `${revocations} revocations, three resource servers, ${store === "" ? "SQLite" : "PostgreSQL"}: ` +
      `from the request to revoke to the first denial p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`,
  );
}

async function child(children: ChildProcess[], ...argv: readonly string[]): Promise<Place> {
  const one = fork(fileURLToPath(import.meta.url), argv, {
    execArgv: ["--conditions=valetkey-source"],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  children.push(one);
  const [place] = (await once(one, "message")) as [Place];
  return place;
}

async function newToken(origin: string): Promise<string> {
  const answer = await post(`${origin}/token`, { ...client, grant_type: "client_credentials", resource });
  return ((await answer.json()) as { access_token: string }).access_token;
}

function post(url: string, form: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(url, { method: "POST", body: new URLSearchParams(form) });
}

async function statusAt(origin: string, token: string): Promise<number> {
  const answer = await fetch(origin, { headers: { authorization: `Bearer ${token}` } });
  await answer.text();
  return answer.status;
}
