import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { promisify } from "node:util";
import { root } from "../gate/house.ts";
import { steps } from "../gate/postman/steps.ts";
import { startDemo } from "../packages/server/src/demo/start.ts";
import { foreign } from "../packages/server/src/testing/foreign.ts";

/** As far as it is read here: newman brings no types. */
interface Run {
  readonly failures: readonly Failure[];
  readonly stats: Readonly<
    Record<"requests" | "assertions", { readonly total: number; readonly failed: number }>
  >;
}

interface Failure {
  readonly source: { readonly name: string };
  readonly error: { readonly test?: string; readonly message: string };
}

interface Newman {
  run(options: object, done: (error: Error | null, summary: { readonly run: Run }) => void): void;
}

const newman = foreign("newman") as Newman;
const collection = JSON.parse(
  readFileSync(join(root, "docs/api/valetkey.postman_collection.json"), "utf8"),
) as object;

interface Registered {
  readonly client_id: string;
  readonly client_secret: string;
}

describe("the Postman collection, run by newman against the demonstration", () => {
  const data = mkdtempSync(join(tmpdir(), "valetkey-postman-"));
  let demo: Awaited<ReturnType<typeof startDemo>>;
  let machine: Registered;

  before(async () => {
    demo = await startDemo({ port: 0, data });
    machine = await registered(data, demo.facts.api_url);
  });
  after(async () => {
    await demo?.close();
    rmSync(data, { recursive: true, force: true });
  });

  const run = (over: Readonly<Record<string, string>> = {}) => {
    const { issuer, api_url: resource } = demo.facts;
    const { client_id, client_secret } = machine;
    return ran({ issuer, resource, client_id, client_secret, ...over });
  };

  it("[I5-CALLS] runs in order, each answer as its test says", async () => {
    const { failures, stats } = await run();
    assert.deepEqual(failures.map(told), []);
    const all = steps.flatMap((folder) => folder.steps);
    const tests = all.reduce((sum, { holds = {} }) => sum + 1 + Object.keys(holds).length, 0);
    assert.deepEqual(stats.requests, { ...stats.requests, total: all.length, failed: 0 });
    assert.deepEqual(stats.assertions, { ...stats.assertions, total: tests, failed: 0 });
  });

  it("fails where an answer is another", async () => {
    const { failures } = await run({ client_secret: "wrong", resource: "https://elsewhere.example.com" });
    const found = failures.map(told);
    assert.deepEqual(found.slice(0, 2), [
      "A machine gets a token: the status is 200",
      "A machine gets a token: the scope is the one that was asked",
    ]);
    assert.ok(found.includes("A device asks for a code: the status is 200"), found.join("\n"));
  });
});

function told({ source, error }: Failure): string {
  return `${source.name}: ${error.test ?? error.message}`;
}

function ran(values: Readonly<Record<string, string>>): Promise<Run> {
  const envVar = Object.entries(values).map(([key, value]) => ({ key, value }));
  return new Promise((resolve, reject) => {
    newman.run({ collection, folder: "In order", envVar, reporters: [] }, (error, summary) => {
      if (error) reject(error);
      else resolve(summary.run);
    });
  });
}

/** As docs/api/README.md says it. */
async function registered(folder: string, resource: string): Promise<Registered> {
  const bin = join(root, "packages/server/bin/valetkey.js");
  const asked = [
    "--name",
    "Postman",
    "--confidential",
    "--scope",
    "inference:read",
    "--introspects",
    resource,
  ];
  const args = ["--conditions=valetkey-source", bin, "client", "add", ...asked, "--data", folder, "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Registered;
}
