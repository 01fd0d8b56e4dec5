import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Page } from "../../packages/server/src/testing/browser.ts";
import { Profile } from "./a-profile.ts";
import { type Answer, notes, until, waitFor } from "./a-stage.ts";

const profile = new Profile();
const withoutShared = "delete globalThis.SharedWorker";
/** The times in which a page waits for a worker's word end when the test says so, and not before. */
const waits = `{
  const real = setTimeout;
  let waiting = [];
  globalThis.setTimeout = (work, ms, ...given) =>
    ms === 3_000 || ms === 10_000 ? waiting.push({ work, ms }) : real(work, ms, ...given);
  globalThis.elapse = (passed) => {
    const over = waiting.filter(({ ms }) => ms === passed);
    waiting = waiting.filter(({ ms }) => ms !== passed);
    for (const { work } of over) work();
    return over.length;
  };
}`;

/** Calls the API, by a worker that is silent for as long as a page waits for one that spoke before. */
async function notesInVain(page: Page): Promise<Answer> {
  await page.evaluate("elapse(3_000)"); // what was answered long since
  const answer = notes(page);
  await page.waitForFunction("elapse(3_000) > 0");
  return await answer;
}

describe("a tab, in life and death of its worker,", () => {
  it("whose worker is gone asks the issuer silently, once, and comes back to where it was", () =>
    profile.staged({}, async (stage) => {
      const page = await stage.signedIn(profile, "/here?it=is#now");
      await profile.endWorkers(stage.app);
      await page.reload();
      await waitFor(page, "signed-in");
      assert.equal(page.url(), `${stage.app.origin}/here?it=is#now`);
      assert.equal(stage.calls.length, 2);
      // The issuer has forgotten them: signed out, without an error and without a second question.
      await profile.context.clearCookies();
      await profile.endWorkers(stage.app);
      await page.reload();
      await waitFor(page, "signed-out");
      await page.reload();
      await waitFor(page, "signed-out");
      assert.equal(await page.evaluate("client.session().error"), undefined);
      assert.equal(stage.calls.length, 2);
    }));

  it("does not send a person forth again whose silent sign-in came to nothing", () =>
    profile.staged({}, async (stage) => {
      const page = await stage.signedIn(profile);
      await profile.endWorkers(stage.app);
      let asked = 0;
      await page.route("**/authorize?*", (route) => {
        asked++;
        return route.fulfill({ status: 204 }); // which leads nowhere
      });
      await page.reload({ waitUntil: "commit" });
      await until(() => asked > 0);
      await page.goto(stage.app.origin);
      await waitFor(page, "signed-out");
      assert.equal(asked, 1);
    }));

  it("asks again at the next start where the issuer was away at this one", () =>
    profile.staged({}, async (stage) => {
      const page = await stage.signedIn(profile);
      await profile.endWorkers(stage.app);
      const session = await profile.context.newCDPSession(page);
      await session.send("Network.clearBrowserCache"); // the issuer's metadata is in it
      stage.away.is = true;
      await page.reload();
      await page.waitForFunction("globalThis.client?.session().error?.code === 'unreachable'");
      assert.equal(await page.evaluate("client.session().status"), "signed-out");
      stage.away.is = false;
      await page.reload();
      await waitFor(page, "signed-in");
    }));

  it("leaves the issuer alone if that is wished, worker or none", () =>
    profile.staged({ client: { restore: false } }, async (stage) => {
      const page = await stage.signedIn(profile);
      await profile.endWorkers(stage.app);
      await page.reload();
      await waitFor(page, "signed-out");
      assert.equal(stage.calls.length, 1);
    }));

  it("whose worker dies before its eyes asks a new one, which knows nobody, and begins anew", () =>
    profile.staged({ before: waits }, async (stage) => {
      const page = await stage.signedIn(profile);
      await profile.endWorkers(stage.app);
      assert.deepEqual(await notesInVain(page), { error: "signed_out" });
      assert.equal(await page.evaluate("client.session().status"), "signed-out");
      await page.reload();
      await waitFor(page, "signed-in");
      assert.equal((await notes(page)).status, 200);
    }));

  it("says that a worker is gone with what it had begun, as soon as another is there", () =>
    profile.staged({ before: waits }, async (stage) => {
      const page = await stage.signedIn(profile);
      stage.api.state.refused.add(stage.calls[0]?.body.access_token ?? "");
      stage.pause.until = new Promise(() => {});
      const begun = notes(page);
      await until(() => stage.refreshes().length > 0);
      await profile.endWorkers(stage.app);
      assert.deepEqual(await notesInVain(page), { error: "signed_out" });
      assert.deepEqual(await begun, { error: "worker" });
    }));

  it("that asks once more what its worker has begun already gets one answer", () =>
    profile.staged({}, async (stage) => {
      const page = await stage.signedOut(profile);
      const heard = `new Promise((resolve) => {
        const lines = [0, 1].map(() =>
          new SharedWorker("/worker.js", { type: "module", name: "valetkey", extendedLifetime: true }).port);
        const heard = [];
        const question = { client: options, duty: "session" };
        for (const line of lines) line.onmessage = ({ data }) => {
          heard.push([lines.indexOf(line), data.id, data.by ? "begun" : "answered"].join(" "));
          if (heard.length === 2) lines[1].postMessage({ ...question, id: "once" });
          if (heard.length === 3) lines[1].postMessage({ ...question, id: "other" });
          if (heard.length === 5) resolve(heard);
        };
        lines[0].postMessage({ ...question, id: "once" });
      })`;
      assert.deepEqual(await page.evaluate(heard), [
        "0 once begun",
        "0 once answered",
        "1 once begun",
        "1 other begun",
        "1 other answered",
      ]);
    }));
});

/** What a page hears that goes into the back-forward cache, and out of it: a browser made for tests may have none. */
const heard = (name: "pagehide" | "pageshow") =>
  `void dispatchEvent(new PageTransitionEvent("${name}", { persisted: true }))`;
/** Counts the page's workers, and the channels that would keep it out of the cache. */
const counted = `
  globalThis.made = 0;
  globalThis.Worker = class extends Worker { constructor(...given) { made++; super(...given); } };
  globalThis.open = 0;
  globalThis.BroadcastChannel = class extends BroadcastChannel {
    constructor(...given) { open++; super(...given); }
    close() { open--; super.close(); }
  };`;

describe("a tab that comes back from the back-forward cache", () => {
  it("knows that another signed out meanwhile, of which it heard nothing there", () =>
    profile.staged({ before: counted }, async (stage) => {
      const [page, other] = [await stage.signedIn(profile), await profile.page()];
      await other.goto(stage.app.origin);
      await waitFor(other, "signed-in");
      assert.equal(await page.evaluate("open"), 1);
      await page.evaluate(heard("pagehide"));
      assert.equal(await page.evaluate("open"), 0);
      await other.evaluate("client.signOut({ local: true })");
      assert.equal(await page.evaluate("client.session().status"), "signed-in");
      await page.evaluate(heard("pageshow"));
      await waitFor(page, "signed-out");
      assert.deepEqual(await notes(page), { error: "signed_out" });
      assert.equal(await page.evaluate("open"), 1);
    }));

  it("goes on with the worker of its own", () =>
    profile.staged({ before: `${counted}${withoutShared}` }, async (stage) => {
      const page = await stage.signedIn(profile);
      await page.evaluate(heard("pagehide"));
      await page.evaluate(heard("pageshow"));
      assert.equal((await notes(page)).status, 200);
      assert.equal(await page.evaluate("made"), 1);
    }));
});
