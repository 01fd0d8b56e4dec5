import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What `valetkey start --demo --json` prints when it is ready. */
export interface Facts {
  readonly issuer: string;
  readonly mcp_url: string;
  readonly api_url: string;
  readonly accounts: readonly { readonly email: string; readonly password: string }[];
}

export interface Demonstration {
  readonly facts: Facts;
  close(): Promise<void>;
}

const program = fileURLToPath(new URL("../../packages/server/bin/valetkey.js", import.meta.url));

/**
 * The demonstration as its own process, on free ports, with its data in a new folder that is removed afterwards.
 * @param trust a file with a certificate to trust beside Node's own list
 */
export async function startDemonstration({ trust }: { readonly trust: string }): Promise<Demonstration> {
  const data = mkdtempSync(join(tmpdir(), "valetkey-mcp-login-"));
  const options = ["start", "--demo", "--port", "0", "--data", data, "--json"];
  const child = spawn(process.execPath, ["--conditions=valetkey-source", program, ...options], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: trust },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  try {
    const lines = createInterface(child.stdout);
    const first = await Promise.race([
      once(lines, "line"),
      ended.then(([code]) => assert.fail(`The demonstration ended with ${code} before it was ready.`)),
    ]);
    return { facts: JSON.parse(String(first[0])) as Facts, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }

  async function close(): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true });
  }
}
