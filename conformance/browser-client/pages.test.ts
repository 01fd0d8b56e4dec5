import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { refresh } from "../../packages/server/src/testing/a-login.ts";
import { password } from "../../packages/server/src/testing/a-server.ts";
import { Profile } from "./a-profile.ts";
import { notes, waitFor } from "./a-stage.ts";

const profile = new Profile();

describe("a step-up, in a real browser", () => {
  it("asks for the missing scope with all that is held, and the page goes on where it was", () =>
    profile.staged({}, async (stage) => {
      const page = await stage.signedIn(profile, "/write");
      const refused = await notes(page, "/write", { method: "POST", body: "a note" });
      assert.equal(refused.error, "step_up");
      assert.deepEqual(refused.stepUp, { kind: "scope", scopes: ["notes:write"] });

      const asked = page.waitForRequest((request) => request.url().includes("/authorize?"));
      await page.evaluate((stepUp) => {
        const { client } = globalThis as unknown as { client: { signIn(request: object): void } };
        client.signIn({ stepUp });
      }, refused.stepUp);
      const scope = new URL((await asked).url()).searchParams.get("scope");
      assert.equal(scope, "openid profile email notes:read notes:write");
      await page.click("button[value=allow]");
      await waitFor(page, "signed-in");
      assert.equal(page.url(), `${stage.app.origin}/write`);
      const done = await notes(page, "/write", { method: "POST", body: "a note" });
      assert.equal(done.status, 200);
      assert.partialDeepStrictEqual(JSON.parse(done.body ?? ""), { body: "a note" });

      const again = page.waitForRequest((request) => request.url().includes("/authorize?"));
      await page.evaluate("void client.signIn()");
      const kept = new URL((await again).url()).searchParams.get("scope") ?? "";
      assert.ok(kept.includes("notes:write"), "the next sign-in loses nothing");
    }));

  it("asks for a newer sign-in, and the issuer asks the person", () =>
    profile.staged({}, async (stage) => {
      const page = await stage.signedIn(profile);
      stage.api.state.maxAge = 0;
      const refused = await notes(page, "/recent");
      assert.equal(refused.error, "step_up");
      assert.deepEqual(refused.stepUp, { kind: "authentication", acrValues: [], maxAge: 0 });
      await page.evaluate((stepUp) => {
        const { client } = globalThis as unknown as { client: { signIn(request: object): void } };
        client.signIn({ stepUp });
      }, refused.stepUp);
      await page.fill("[name=email]", "ada@example.com");
      await page.fill("[name=password]", password);
      await page.click("button[type=submit]");
      await waitFor(page, "signed-in");
      stage.api.state.maxAge = undefined;
      assert.equal((await notes(page, "/recent")).status, 200);
    }));

  it("that the person declines leaves them signed in, and says so", () =>
    profile.staged({}, async (stage) => {
      const page = await stage.signedIn(profile);
      await page.evaluate("void client.signIn({ scopes: ['notes:write'] })");
      await page.click("button[value=deny]");
      await waitFor(page, "signed-in");
      assert.equal(await page.evaluate("client.session().error.code"), "denied");
      assert.equal(await page.evaluate("client.session().error.oauthError"), "access_denied");
      assert.equal((await notes(page)).status, 200);
    }));
});

const aDayOff = (days: number) => `{ const now = Date.now; Date.now = () => now() + ${days * 86_400_000}; }`;

/** In a worker whose running clock goes ahead when it is told to; what the day is stays as it was. */
const hurried = `{
  const now = performance.now.bind(performance);
  let ahead = 0;
  performance.now = () => now() + ahead;
  const line = new BroadcastChannel("hurry");
  line.onmessage = ({ data }) => { ahead += data; line.postMessage("done"); };
}`;
const hurry = (seconds: number) => `new Promise((resolve) => {
  const line = new BroadcastChannel("hurry");
  line.onmessage = resolve;
  line.postMessage(${seconds * 1000});
})`;

describe("a bound sign-in, in a real browser", () => {
  it("names its key beforehand, brings proofs with nonces, and its refresh token is of no use without the key", () =>
    profile.staged({ client: { dpop: true } }, async (stage) => {
      const asked = profile.context.waitForEvent("request", (request) => request.url().includes("dpop_jkt="));
      const page = await stage.signedIn(profile);
      assert.match(new URL((await asked).url()).searchParams.get("dpop_jkt") ?? "", /^[\w-]{43}$/);
      assert.equal((await notes(page)).status, 200);
      assert.match(stage.api.state.seen.at(-1) ?? "", /^DPoP /);

      stage.api.state.refused.add(
        stage.calls.findLast(({ status }) => status === 200)?.body.access_token ?? "",
      );
      assert.equal((await notes(page)).status, 200);
      assert.equal(stage.refreshes().filter(({ status }) => status === 200).length, 1);

      const last = stage.refreshTokens().at(-1) ?? "";
      const stolen = await refresh(stage.server, { id: stage.options.clientId }, last);
      assert.notEqual(stolen.status, 200);
      // Neither the key nor anything of it waits in a storage any more.
      assert.deepEqual(await page.evaluate(recordsLeft), []);
    }));

  for (const days of [-1, 1]) {
    it(`holds where the person's clock is ${days} day off and the issuer shows its own`, () =>
      profile.staged(
        { client: { dpop: true }, exposed: "Date", workerBundle: { banner: aDayOff(days) } },
        async (stage) => {
          const page = await stage.signedIn(profile);
          assert.equal((await notes(page)).status, 200);
        },
      ));

    it(`needs no clock where nothing is bound: ${days} day off`, () =>
      profile.staged({ workerBundle: { banner: `${aDayOff(days)}${hurried}` } }, async (stage) => {
        const page = await stage.signedIn(profile);
        assert.equal((await notes(page)).status, 200);
        assert.equal(stage.refreshes().length, 0);
        await page.evaluate(hurry(590));
        assert.equal((await notes(page)).status, 200);
        assert.equal(
          stage.refreshes().length,
          1,
          "refreshed before its end, by a clock that runs and is never set",
        );
        await waitFor(page, "signed-in");
      }));
  }
});

const recordsLeft = `new Promise((resolve) => {
  const opening = indexedDB.open("valetkey");
  opening.onsuccess = () => {
    const all = opening.result.transaction("transactions").objectStore("transactions").getAll();
    all.onsuccess = () => resolve(all.result);
  };
})`;

const readme = readFileSync(new URL("../../packages/browser/README.md", import.meta.url), "utf8");
const [, program = ""] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];

describe("pages as their authors write them", () => {
  it("the first program of packages/browser/README.md signs a person in and shows what the API says", () =>
    profile.staged({ program }, async (stage) => {
      await stage.welcome(profile.context);
      const page = await profile.page();
      await page.goto(stage.app.origin);
      await page.click("text=Sign in");
      await page.waitForSelector("text=Ada: ");
      assert.match((await page.textContent("body")) ?? "", /Ada: \{.*notes:read/);
    }));

  it("React, in strict mode, signs in with one redemption of the code, and shows every change in every tab", () =>
    profile.staged({ page: "testing/react-page.ts" }, async (stage) => {
      await stage.welcome(profile.context);
      const [page, other] = [await profile.page(), await profile.page()];
      await page.goto(`${stage.app.origin}/deep/down`);
      await other.goto(stage.app.origin);
      await page.click("#in");
      for (const tab of [page, other]) {
        await tab.waitForSelector("#out");
        assert.equal(await tab.textContent("main"), "Sign Ada out");
      }
      assert.equal(page.url(), `${stage.app.origin}/deep/down`);
      assert.equal(stage.calls.length, 1);
      await other.click("#out");
      for (const tab of [page, other]) await tab.waitForSelector("#in");
    }));
});
