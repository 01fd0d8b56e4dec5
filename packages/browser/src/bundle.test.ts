import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { bundle } from "./testing/bundle.ts";
import { sizeOf } from "./testing/size.ts";

/** Words that only a server, a store or a guard has reason to say, and names of the packages that a page must not carry. */
const serversWords = [
  ...[
    "sqlite",
    "postgres",
    "argon2",
    "node:",
    "process.",
    "Buffer.from",
    "require(",
    "zod",
    "jose",
    "pino",
    "hono",
  ],
  ...[
    "/consent",
    "password",
    "lineage",
    "introspect",
    "replay",
    "audit",
    "migration",
    "sealed",
    "constantTime",
  ],
  ...["INSERT INTO", "SELECT ", "UPDATE ", "client_secret", "device_code", "token_exchange", "jwks"],
  ...["invalid_client", "unsupported_grant_type", "set-cookie", "__Host-", "sec-fetch-site", "react"],
];

describe("the bundle of a page", async () => {
  const page = await bundle("index.ts");
  const worker = await bundle("worker.ts");

  it("[I5-BUNDLE] and its worker have at most 8,000 octets, by gzip and by brotli", (context) => {
    const { raw, gzip, brotli } = sizeOf(page, worker);
    context.diagnostic(`minified ${raw}, gzip ${gzip}, brotli ${brotli} octets`);
    assert.ok(gzip <= 8_000, `gzip ${gzip}`);
    assert.ok(brotli <= 8_000, `brotli ${brotli}`);
  });

  it("[I5-BUNDLE] needs @valetkey/protocol and nothing else", async () => {
    const file = new URL("../package.json", import.meta.url);
    const { dependencies } = JSON.parse(await readFile(file, "utf8")) as { dependencies: object };
    assert.deepEqual(Object.keys(dependencies), ["@valetkey/protocol"]);
  });

  it("[I5-BUNDLE] says none of the server's words", () => {
    const text = `${page}\n${worker}`.toLowerCase();
    assert.deepEqual(
      serversWords.filter((word) => text.includes(word.toLowerCase())),
      [],
    );
  });

  it("is read by this test as it is: the server's own side says many of them", async () => {
    const backend = (await bundle("entries/bff.ts")).toLowerCase();
    const said = serversWords.filter((word) => backend.includes(word.toLowerCase()));
    assert.deepEqual(said.sort(), ["__Host-", "sec-fetch-site", "set-cookie"].sort());
  });

  it("leaves the worker to a file of its own, which a page cannot read from inside", () => {
    assert.match(page, /new URL\("\.\/worker\.js",import\.meta\.url\)/);
    assert.doesNotMatch(page, /refresh_token|code_verifier/);
    assert.match(worker, /refresh_token/);
  });

  it("needs no bundler for the worker: its files import one another alone", async () => {
    const apart = await bundle("worker.ts", { external: true });
    assert.doesNotMatch(apart, /\bimport\b|\bfrom"/);
    assert.match(
      await bundle("index.ts", { external: true }),
      /from"@valetkey\/protocol\//,
      "it would be seen",
    );
  });
});
