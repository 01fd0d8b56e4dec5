import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { sqliteStore } from "../packages/server/src/adapters/sqlite/store.ts";
import { hashSecret, newSecret } from "../packages/server/src/tokens/secret.ts";
import { type DemoFacts, firstToolCall } from "./first-call.ts";
import { root } from "./house.ts";

/**
 * `npm run measure`: from a clean clone to the first tool call with an empty npm cache, as the README tells it; then, of
 * the server as it is published and configured, the cold start to the first token and the memory after it, as medians of
 * five. Prints what it measured, on which machine.
 */
const folder = mkdtempSync(join(tmpdir(), "valetkey-measure-"));
const clone = join(folder, "clone");
try {
  const total = await cleanCloneToFirstCall();
  execFileSync("npm", ["run", "--silent", "build"], { cwd: clone, stdio: ["ignore", "ignore", "inherit"] });
  const starts = [];
  for (let round = 0; round < 5; round++) starts.push(await coldStart(join(folder, `data-${round}`)));
  const machine = `${cpus().length} cores of ${cpus()[0]?.model.trim() ?? "an unknown processor"}, Node ${process.versions.node}`;
  console.log(`\nMachine: ${machine}`);
  console.log(`Clean clone to first successful tool call, download included: ${(total / 1000).toFixed(1)} s`);
  console.log(`Cold start to first token: ${Math.round(median(starts.map(({ ms }) => ms)))} ms`);
  console.log(
    `Resident memory after start: ${Math.round(median(starts.map(({ megabytes }) => megabytes)))} MB`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function cleanCloneToFirstCall(): Promise<number> {
  const began = performance.now();
  const step = (name: string) =>
    console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${name}`);
  execFileSync("git", ["clone", "--quiet", root, clone]);
  step("cloned");
  // With our own Node on the PATH the clone would not show that it brings its own.
  execFileSync("npm", ["ci", "--cache", join(clone, ".npm-cache")], {
    cwd: clone,
    stdio: ["ignore", "ignore", "inherit"],
  });
  step("npm ci, download included");
  const data = join(clone, ".valetkey");
  const server = spawn("npm", ["start", "--silent", "--", "--port", "0", "--data", data, "--json"], {
    cwd: clone,
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  try {
    const facts = await ready(server);
    step("npm start, ready");
    await firstToolCall(facts);
    step("first tool call answered");
    return performance.now() - began;
  } finally {
    process.kill(-(server.pid ?? 0), "SIGTERM");
  }
}

/** A server on a store that exists already, from its process to the answer of its first token request. */
async function coldStart(data: string): Promise<{ ms: number; megabytes: number }> {
  mkdirSync(data);
  const config = join(data, "valetkey.yaml");
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  writeFileSync(config, `issuer: ${origin}\nlisten: { port: ${port} }\nstore: valetkey.sqlite\n`);
  const first = serve(config);
  await ready(first);
  await ended(first);
  const secret = newSecret("vks");
  await addMachine(join(data, "valetkey.sqlite"), secret);
  const began = performance.now();
  const server = serve(config);
  await ready(server);
  const body = new URLSearchParams({ grant_type: "client_credentials", scope: "inference:read" });
  const authorization = `Basic ${Buffer.from(`measured:${secret}`).toString("base64")}`;
  const response = await fetch(`${origin}/token`, { method: "POST", body, headers: { authorization } });
  const ms = performance.now() - began;
  if (!response.ok) throw new Error(`The token request answered ${response.status} ${await response.text()}`);
  const megabytes = residentMegabytes(server);
  await ended(server);
  return { ms, megabytes };
}

function serve(config: string): ChildProcess {
  const args = ["packages/server/bin/valetkey.js", "start", "--config", config, "--json"];
  return spawn(process.execPath, args, { cwd: clone, stdio: ["ignore", "pipe", "ignore"] });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function addMachine(path: string, secret: string): Promise<void> {
  const store = await sqliteStore(path);
  await store.resources.add({
    identifier: "https://api.example.com",
    name: "Measured",
    scopes: [{ name: "inference:read", sentence: "Ask the model", risk: "low", for: ["machines"] }],
    defaultScopes: [],
    accessTokenLifetime: null,
    signingAlgorithm: "ES256",
    createdAt: 0,
  });
  await store.clients.add({
    id: "measured",
    kind: "registered",
    name: "Measured",
    redirectUris: [],
    postLogoutRedirectUris: [],
    grantTypes: ["client_credentials"],
    authMethods: ["client_secret_basic"],
    applicationType: null,
    scope: ["inference:read"],
    introspects: [],
    secrets: [{ hash: hashSecret(secret), createdAt: 0, expiresAt: null }],
    jwks: null,
    jwksUri: null,
    logoUri: null,
    clientUri: null,
    createdAt: 0,
    lastAuthorizedAt: null,
    disabledAt: null,
  });
  await store.close();
}

function ready(server: ChildProcess): Promise<DemoFacts> {
  return new Promise((resolve, reject) => {
    let text = "";
    server.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("\n")) resolve(JSON.parse(text.slice(0, text.indexOf("\n"))));
    });
    server.once("exit", (status) =>
      reject(new Error(`The server ended with status ${status} before it was ready.`)),
    );
  });
}

function ended(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.removeAllListeners("exit");
    server.once("exit", () => resolve());
    server.kill("SIGTERM");
  });
}

function residentMegabytes({ pid }: ChildProcess): number {
  if (process.platform === "linux") {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  }
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)]).toString()) / 1024;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
