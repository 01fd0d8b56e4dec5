import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { aProofKey, type ProofKey } from "./testing/a-proof.ts";
import { anIssuer, type TestIssuer } from "./testing/an-issuer.ts";
import { type Listening, listen, listenFetch } from "./testing/listen.ts";

const root = join(import.meta.dirname, "../../..");
const page = readFileSync(join(root, "docs/build/guard.md"), "utf8");
const blocks = new Map(
  [...page.matchAll(/```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, file = "", code = ""]) => [file, code]),
);

/** Another process with the page's guard: lines of token and proof in, and for each what became of it. */
const bringer = `
  import { createInterface } from "node:readline";
  import { guard } from "./proofs.ts";
  console.log("ready");
  for await (const line of createInterface({ input: process.stdin })) {
    const [token, dpop] = line.split(" ");
    const headers = { authorization: "DPoP " + token, dpop };
    const answer = await guard.guard(new Request("https://notes.example/notes", { headers }));
    console.log(answer instanceof Response ? answer.status : answer.subject);
  }`;

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
  async function proven(key: ProofKey, bound: string, htm = "GET") {
    const ath = createHash("sha256").update(bound).digest("base64url");
    const iat = Math.floor(Date.now() / 1000);
    return await key.proof({ htm, htu: "https://notes.example/notes", iat, ath });
  }
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
      ["guard.ts", "express.ts", "fetch.ts", "mcp.ts", "bound.ts", "proofs.ts", "asking.ts"],
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

  it("shows an Express app whose routes take bound tokens too", async () => {
    const { app } = (await run("express.ts")) as { app: RequestListener };
    const { origin, close } = await listen(app);
    open.push({ origin, close });
    const key = await aProofKey();
    const bound = await token({ scope: "notes:read", cnf: { jkt: key.jkt } });
    const ask = async (method: string, dpop: string) => {
      const headers = { authorization: `DPoP ${bound}`, dpop };
      return (await fetch(`${origin}/notes`, { method, headers })).status;
    };
    const proof = await proven(key, bound);
    assert.deepEqual([await ask("GET", proof), await ask("GET", proof)], [200, 401]);
    assert.equal(await ask("POST", await proven(key, bound, "POST")), 403);
  });

  it("shows a store by which two processes take a proof once between them", async () => {
    writeFileSync(join(folder, "bringer.ts"), bringer);
    const key = await aProofKey();
    const bound = await token({ cnf: { jkt: key.jkt } });
    const proofs = await Promise.all(Array.from({ length: 50 }, () => proven(key, bound)));
    const env = { ...process.env, PROOFS: join(folder, "proofs.sqlite") };
    const bringers = [1, 2].map(() => {
      const args = ["--conditions=valetkey-source", "bringer.ts"];
      return spawn(process.execPath, args, { cwd: folder, env, stdio: ["pipe", "pipe", "inherit"] });
    });
    await Promise.all(bringers.map(({ stdout }) => new Promise((go) => stdout.once("readable", go))));
    const said = bringers.map(async ({ stdin, stdout }) => {
      stdin.end(proofs.map((proof) => `${bound} ${proof}\n`).join(""));
      return (await text(stdout)).trim().split("\n").slice(1);
    });
    const [one = [], other = []] = await Promise.all(said);
    for (const at of proofs.keys()) assert.deepEqual([one[at], other[at]].sort(), ["401", "account-1"]);
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
