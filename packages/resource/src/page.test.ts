import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { anIssuer, type TestIssuer } from "./testing/an-issuer.ts";
import { type Listening, listen, listenFetch } from "./testing/listen.ts";

const root = join(import.meta.dirname, "../../..");
const page = readFileSync(join(root, "docs/build/guard.md"), "utf8");
const blocks = new Map(
  [...page.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, file = "", code = ""]) => [file, code]),
);

/** The page's programs, saved as they stand beside the packages that they import, and run. */
describe("docs/build/guard.md", () => {
  const folder = mkdtempSync(join(tmpdir(), "valetkey-page-"));
  let issuer: TestIssuer;
  const open: Listening[] = [];

  before(async () => {
    issuer = await anIssuer();
    process.env.ISSUER = issuer.issuer;
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    for (const [file, code] of blocks) writeFileSync(join(folder, file), code);
    const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"));
    const config = { compilerOptions, include: ["*.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  });
  after(async () => {
    delete process.env.ISSUER;
    for (const one of open) await one.close();
    await issuer.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = async (file: string) => await import(pathToFileURL(join(folder, file)).href);
  const token = (claims: object = {}) => issuer.token({ aud: "https://notes.example", ...claims });
  async function served(listening: Promise<Listening>) {
    const one = await listening;
    open.push(one);
    return async (method: string, bearer: string | undefined, path = "/notes", init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      if (bearer !== undefined) headers.set("authorization", `Bearer ${bearer}`);
      const response = await fetch(one.origin + path, { ...init, method, headers });
      const challenge = response.headers.get("www-authenticate") ?? "";
      return { status: response.status, challenge, text: await response.text() };
    };
  }

  it("names every program's file, and has no other code", () => {
    assert.deepEqual(
      [...blocks.keys()],
      ["guard.ts", "express.ts", "fetch.ts", "mcp.ts", "bound.ts", "asking.ts"],
    );
    assert.equal(page.match(/```ts/g)?.length, blocks.size);
  });

  it("shows programs that compile", () => {
    const tsc = join(root, "node_modules/.bin/tsc");
    const { status, stdout } = spawnSync(tsc, ["-p", folder], { encoding: "utf8" });
    assert.equal(status, 0, stdout);
  });

  it("shows an Express app whose routes ask for scopes, broader ones included, and for a fresh sign-in", async () => {
    const { app } = (await run("express.ts")) as { app: RequestListener };
    const ask = await served(listen(app));
    assert.equal((await ask("GET", undefined, "/.well-known/oauth-protected-resource")).status, 200);
    assert.equal((await ask("GET", undefined)).status, 401);
    assert.equal((await ask("GET", await token({ scope: "notes:read" }))).text, '{"of":"account-1"}');
    const poor = await ask("POST", await token({ scope: "notes:read" }));
    assert.deepEqual([poor.status, /scope="notes:write"/.test(poor.challenge)], [403, true]);
    assert.equal((await ask("POST", await token({ scope: "notes:admin" }))).text, '{"by":"client-1"}');
    const now = Math.floor(Date.now() / 1000);
    const stale = await ask(
      "DELETE",
      await token({ scope: "notes:admin", acr: "aal1", auth_time: now - 600 }),
    );
    assert.deepEqual(
      [stale.status, /insufficient_user_authentication.*max_age="?300/.test(stale.challenge)],
      [401, true],
    );
    const fresh = await token({ scope: "notes:admin", acr: "aal1", auth_time: now - 60 });
    assert.equal((await ask("DELETE", fresh)).status, 204);
  });

  it("shows a fetch handler that tells people from machines, and reads roles and claims", async () => {
    const { default: app } = await run("fetch.ts");
    const ask = await served(listenFetch(app.fetch));
    const editor = await token({ roles: ["editor"], team: "blue", act: { sub: "agent" } });
    assert.deepEqual(JSON.parse((await ask("GET", editor)).text), {
      subject: "account-1",
      isEditor: true,
      actor: "agent",
      team: "blue",
    });
    assert.equal((await ask("GET", await token({ sub: "client-1" }))).status, 403);
    assert.equal((await ask("POST", editor)).status, 403);
  });

  it("shows an MCP server whose tool asks for its scope", async () => {
    const { default: app } = await run("mcp.ts");
    const ask = await served(listenFetch(app.fetch));
    const params = { name: "save", arguments: {} };
    const init = {
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params }),
      headers: { "content-type": "application/json", accept: "application/json, text/event-stream" },
    };
    const poor = await ask("POST", await token(), "/", init);
    assert.deepEqual([poor.status, /scope="notes:write"/.test(poor.challenge)], [403, true]);
    const rich = await ask("POST", await token({ scope: "notes:write" }), "/", init);
    assert.match(rich.text, /saved by client-1/);
  });

  it("shows guards that take bound tokens only, and that ask the issuer", async () => {
    const { guard: bound } = await run("bound.ts");
    const { guard: asking } = await run("asking.ts");
    const request = (bearer: string) =>
      new Request("https://notes.example", { headers: { authorization: `Bearer ${bearer}` } });
    const good = await token();
    assert.equal((await bound.guard(request(good))).status, 401);
    assert.equal((await asking.guard(request(good))).subject, "account-1");
    assert.equal(issuer.counts["/introspect"], 1);
  });
});
