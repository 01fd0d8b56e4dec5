import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

/** Everything that a file brings along, own files followed; type imports vanish and do not count. */
function broughtAlong(entry: URL): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const waiting = [entry.href];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    const source = readFileSync(fileURLToPath(file), "utf8");
    const statements = /^(?:import|export)\s+(?!type\b)(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']/gms;
    for (const [, specifier = ""] of source.matchAll(statements)) {
      if (specifier.startsWith(".")) waiting.push(new URL(specifier, file).href);
      else if (specifier.startsWith("@valetkey/")) waiting.push(import.meta.resolve(specifier));
      else packages.add(specifier);
    }
    assert.doesNotMatch(source, /\bimport\s*\(|\brequire\s*\(/, `${file} imports as it runs`);
  }
  return { files, packages };
}

describe("imports", () => {
  for (const [entry, allowed] of [
    ["./index.ts", ["jose"]],
    ["./adapters/fetch.ts", ["jose"]],
    ["./adapters/hono.ts", ["jose"]],
    ["./adapters/express.ts", ["jose"]],
    ["./adapters/fastify.ts", ["jose"]],
    ["./adapters/mcp.ts", ["jose"]],
  ] as const) {
    it(`of ${entry} need no Node and no framework: any fetch runtime loads it`, () => {
      const { files, packages } = broughtAlong(new URL(entry, import.meta.url));
      assert.ok(files.size >= 15, `only ${files.size} files were read`);
      assert.deepEqual([...packages], allowed);
    });
  }

  it("are seen by this test even when they are forbidden", () => {
    const { packages } = broughtAlong(new URL("./testing/listen.ts", import.meta.url));
    assert.deepEqual([...packages].sort(), ["node:http", "node:stream"]);
  });
});
