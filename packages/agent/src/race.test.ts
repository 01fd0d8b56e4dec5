import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { after, before, beforeEach, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createAgent } from "./agent.ts";
import { fileStore } from "./store/file-store.ts";
import { exclusively } from "./store/lock.ts";
import { aFolder } from "./testing/a-folder.ts";
import { follows } from "./testing/a-person.ts";
import { AnIssuer } from "./testing/an-issuer.ts";

const program = fileURLToPath(new URL("./testing/asking-process.ts", import.meta.url));
const start = 1_800_000_000;
/** When the first access token has ended. */
const later = start + 600;

// The issuer is of the strict kind: a refresh token that is shown twice ends the login.
describe("processes that share a login", () => {
  let issuer: AnIssuer;
  let folder: string;
  before(async () => {
    issuer = await AnIssuer.open();
  });
  after(() => issuer.close());
  beforeEach(async () => {
    folder = aFolder();
    issuer.instead.clear();
    const agent = createAgent({ resource: issuer.resource, store: fileStore({ folder }), now: () => start });
    await agent.signIn({ showAddress: async (address) => void (await follows(address)) });
    issuer.forms.length = 0;
  });

  /** A process of its own that is ready to ask; `answer` lets it go and tells what it prints, or by which signal it ended. */
  async function elsewhere(...more: readonly string[]) {
    const about = [folder, issuer.resource, String(later), ...more];
    const child = spawn(process.execPath, ["--conditions=valetkey-source", program, ...about], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    let text = "";
    const isReady = new Promise<void>((resolve) => {
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        if (text.includes("\n")) resolve();
      });
    });
    const ended = new Promise((resolve) => child.once("close", (_, by) => resolve(by)));
    await isReady;
    return async () => {
      child.stdin.end();
      const signal = await ended;
      return signal === null ? JSON.parse(text.slice("ready\n".length)) : { signal };
    };
  }
  /** One that is killed, as by `kill -9`, when the issuer has answered and nothing is written yet. */
  const killed = async () => assert.deepEqual(await (await elsewhere("dies"))(), { signal: "SIGKILL" });
  const here = () =>
    createAgent({ resource: issuer.resource, store: fileStore({ folder }), now: () => later });

  it("[I5-ONE-RENEWAL] renew once when ten of them need it at once, and all have the same token", async () => {
    // Slow enough for all of them to find the old token before the new one is there.
    issuer.instead.set("/token", async () => {
      await pause(1_000);
      return false;
    });
    const ready = await Promise.all(Array.from({ length: 10 }, () => elsewhere()));
    const answers = await Promise.all(ready.map((answer) => answer()));
    assert.equal(new Set(answers.map(({ token }) => token)).size, 1, JSON.stringify(answers));
    assert.equal(typeof answers[0]?.token, "string");
    assert.equal(issuer.grants("refresh_token"), 1);
    // What was written is what counts: the next renewal is taken, too.
    const agent = createAgent({
      resource: issuer.resource,
      store: fileStore({ folder }),
      now: () => later + 600,
    });
    assert.ok(await agent.token());
  });

  it("[I5-ONE-RENEWAL] do not wait for one that was killed inside, and find its lock open", async () => {
    // The issuer answers nothing while it is killed, so that the refresh token is not yet spent.
    issuer.instead.set("/token", (_, response) => {
      response.writeHead(503).end();
      return true;
    });
    await killed();
    issuer.instead.clear();
    const began = performance.now();
    const answers = await Promise.all([here().token(), here().token()]);
    assert.equal(answers[0]?.accessToken, answers[1]?.accessToken);
    assert.ok(performance.now() - began < 20_000);
    const odd = (await readdir(folder)).filter((name) => !/^[a-z0-9-]+\.(?:json|lock)$/.test(name));
    assert.deepEqual(odd, []);
  });

  it("are told that nobody is signed in where a strict issuer's answer died with its process", async () => {
    await killed();
    await assert.rejects(here().token(), { code: "sign-in-needed" });
  });

  it("are told when another one holds the lock for too long, and go on with a token that still serves", async () => {
    const [lock] = (await readdir(folder)).filter((name) => /^login-.*\.lock$/.test(name));
    const agent = (now: number) =>
      createAgent({ resource: issuer.resource, store: fileStore({ folder, patience: 0.2 }), now: () => now });
    await exclusively(`${folder}/${lock}`, 1, async () => {
      await assert.rejects(agent(later).token(), { code: "store-busy" });
      assert.ok(await agent(later - 1).token());
    });
  });
});
