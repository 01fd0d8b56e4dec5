import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createAgent, memoryStore } from "@valetkey/agent";
import { answered, freePort, onStage, say } from "../stage.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../..", import.meta.url));
const isBuilt = process.argv.includes("build"); // `main.ts build`: as in production, which takes longer
const env = { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: isBuilt ? "production" : "development" };

/** The app as a project of its own, with the packages that it would get from npm. */
async function project(): Promise<string> {
  mkdirSync(join(root, ".artifacts"), { recursive: true });
  const folder = mkdtempSync(join(root, ".artifacts", "recipe-nextjs-"));
  cpSync(fileURLToPath(new URL("app", import.meta.url)), join(folder, "app"), { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const link = (name: string, from: string) => {
    const place = join(folder, "node_modules", name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(root, from, "node_modules", name), place);
  };
  for (const name of ["next", "react", "react-dom"]) link(name, "conformance");
  link("jose", ".");
  for (const name of ["protocol", "resource"]) {
    const source = join(root, "packages", name);
    const place = join(folder, "node_modules/@valetkey", name);
    cpSync(join(source, "package.json"), join(place, "package.json"));
    const options = ["--project", join(source, "tsconfig.build.json"), "--outDir", join(place, "dist")];
    await run(join(root, "node_modules/.bin/tsc"), [...options, "--noCheck", "--declaration", "false"]);
  }
  return folder;
}

const folder = await project();
const next = join(root, "conformance/node_modules/next/dist/bin/next");
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
if (isBuilt) await run(process.execPath, [next, "build"], { cwd: folder, env: { ...process.env, ...env } });

await onStage(async ({ issuer, valetkey, approve, start }) => {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const resource = `${origin}/api/notes`;
  const args = [next, isBuilt ? "start" : "dev", "--hostname", "127.0.0.1", "--port", String(port)];
  const told = { ...env, ISSUER: issuer, RESOURCE: resource };
  await start(process.execPath, args, { cwd: folder, env: told, ready: /Ready/ });
  const scopes = ["--scope", "notes:read=Read your notes", "--scope", "notes:write=Write in your name"];
  await valetkey("resource", "add", resource, "--name", "Notes", ...scopes);

  assert.deepEqual(await answered(fetch(resource)), [401, ""]);
  const metadata = await fetch(`${origin}/.well-known/oauth-protected-resource/api/notes`);
  assert.equal(((await metadata.json()) as { resource: string }).resource, resource);
  say(`By next ${isBuilt ? "build" : "dev"}: a stranger gets 401, and is told where to learn of the issuer.`);

  const agent = createAgent({ resource, store: memoryStore() });
  const showAddress = async (address: URL) => void (await fetch(await approve(address.href)));
  await agent.signIn({ showAddress });
  const write = { method: "POST", body: JSON.stringify({ text: "Water the plants." }) };
  assert.deepEqual(await (await agent.fetch(resource)).json(), []);
  const { accessToken } = await agent.token();
  const headers = { authorization: `Bearer ${accessToken}` };
  assert.deepEqual(await answered(fetch(resource, { ...write, headers })), [403, "insufficient_scope"]);
  say("Ada's agent reads with notes:read; a note needs notes:write, which it has not: 403.");

  await agent.signIn({ showAddress, scopes: ["notes:read", "notes:write"] });
  const written = await agent.fetch(resource, write);
  assert.deepEqual([written.status, await written.json()], [201, ["Water the plants."]]);
  say("Ada allowed it, and the note was written in her name.");
});
console.log("All as it should be.");
