import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser } from "../../packages/server/src/testing/browser.ts";
import { endWorkers, launchChromium } from "./a-chromium.ts";
import { notes, staged, waitFor } from "./a-stage.ts";

const withoutShared = "delete globalThis.SharedWorker";
/** Pages that wait for a worker's word as others do, only shorter. */
const impatient = {
  changes: [{ file: "worker-link.ts", from: "[3_000, 10_000]", to: "[500, 1_000]" }],
};

describe("a tab, in life and death of its worker,", () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());

  it("whose worker is gone asks the issuer silently, once, and comes back to where it was", () =>
    staged(browser, {}, async (stage, context) => {
      const page = await stage.signedIn(context, "/here?it=is#now");
      await endWorkers(browser);
      await page.reload();
      await waitFor(page, "signed-in");
      assert.equal(page.url(), `${stage.app.origin}/here?it=is#now`);
      assert.equal(stage.calls.length, 2);
      // The issuer has forgotten them: signed out, without an error and without a second question.
      await context.clearCookies();
      await endWorkers(browser);
      await page.reload();
      await waitFor(page, "signed-out");
      await page.reload();
      await waitFor(page, "signed-out");
      assert.equal(await page.evaluate("client.session().error"), undefined);
      assert.equal(stage.calls.length, 2);
    }));

  it("does not send a person forth again whose silent sign-in came to nothing", () =>
    staged(browser, {}, async (stage, context) => {
      const page = await stage.signedIn(context);
      await endWorkers(browser);
      let asked = 0;
      await page.route("**/authorize?*", (route) => {
        asked++;
        return route.abort();
      });
      await page.reload({ waitUntil: "commit" });
      while (asked === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      await page.waitForTimeout(200); // until the page knows that it goes nowhere
      await page.goto(stage.app.origin);
      await waitFor(page, "signed-out");
      assert.equal(asked, 1);
    }));

  it("leaves the issuer alone if that is wished, worker or none", () =>
    staged(browser, { client: { restore: false } }, async (stage, context) => {
      const page = await stage.signedIn(context);
      await endWorkers(browser);
      await page.reload();
      await waitFor(page, "signed-out");
      assert.equal(stage.calls.length, 1);
    }));

  it("whose worker dies before its eyes asks a new one, which knows nobody, and begins anew", () =>
    staged(browser, {}, async (stage, context) => {
      const page = await stage.signedIn(context);
      await endWorkers(browser);
      const before = Date.now();
      assert.deepEqual(await notes(page), { error: "signed_out" });
      assert.ok(Date.now() - before < 9_000, "it waited as for a worker whose file is on its way");
      assert.equal(await page.evaluate("client.session().status"), "signed-out");
      await page.reload();
      await waitFor(page, "signed-in");
      assert.equal((await notes(page)).status, 200);
    }));

  it("says that a worker is gone with what it had begun, as soon as another is there", () =>
    staged(browser, {}, async (stage, context) => {
      const page = await stage.signedIn(context);
      stage.api.state.refused.add(stage.calls[0]?.body.access_token ?? "");
      stage.pause.until = new Promise(() => {});
      const begun = notes(page);
      while (stage.refreshes().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      await endWorkers(browser);
      assert.deepEqual(await notes(page), { error: "signed_out" });
      assert.deepEqual(await begun, { error: "worker" });
    }));

  it("waits for a worker that has begun, however long the issuer takes", () =>
    staged(browser, { pageBundle: impatient }, async (stage, context) => {
      const page = await stage.signedIn(context);
      stage.api.state.refused.add(stage.calls[0]?.body.access_token ?? "");
      stage.pause.until = new Promise((resolve) => setTimeout(resolve, 3_500));
      assert.equal((await notes(page)).status, 200);
      assert.equal(stage.refreshes().length, 1);
    }));

  for (const { given, dead, error } of [
    { given: "a worker that is just ending asks one more", dead: 1, error: undefined },
    { given: "two of them, one after the other, says so and asks no third", dead: 2, error: "worker" },
  ]) {
    it(`that is connected to ${given}`, () => {
      const script = `
        const Real = SharedWorker;
        globalThis.asked = 0;
        globalThis.SharedWorker = function (...given) {
          return ++asked > ${dead} ? new Real(...given) : { port: new MessageChannel().port1 };
        };`;
      return staged(browser, { before: script, pageBundle: impatient }, async (stage, context) => {
        const page = await context.newPage();
        await page.goto(stage.app.origin);
        await waitFor(page, "signed-out");
        assert.equal(await page.evaluate("client.session().error?.code"), error);
        assert.equal(await page.evaluate("asked"), 2);
      });
    });
  }

  it("that asks once more what its worker has begun already gets one answer", () =>
    staged(browser, {}, async (stage, context) => {
      const page = await context.newPage();
      await page.goto(stage.app.origin);
      await waitFor(page, "signed-out");
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

  it("that comes back from the back-forward cache goes on with the worker of its own", () => {
    const counted = `${withoutShared};
      const Real = Worker;
      globalThis.made = 0;
      globalThis.Worker = function (...given) {
        made++;
        return new Real(...given);
      };`;
    return staged(browser, { before: counted }, async (stage, context) => {
      const page = await stage.signedIn(context);
      await page.evaluate("globalThis.isSame = true");
      await page.goto(stage.issuer);
      await page.goBack({ waitUntil: "commit" });
      await waitFor(page, "signed-in");
      assert.equal((await notes(page)).status, 200);
      assert.equal(await page.evaluate("globalThis.isSame"), true, "the page was loaded anew");
      assert.equal(await page.evaluate("made"), 1);
    });
  });

  it("waits for a worker of its own, which lives as long as it does, and asks no second", () => {
    const slow = `${withoutShared};
      const Real = Worker;
      globalThis.made = 0;
      globalThis.Worker = function (...given) {
        made++;
        const real = new Real(...given);
        const post = real.postMessage.bind(real);
        real.postMessage = (question) => setTimeout(post, 2_000, question);
        return real;
      };`;
    return staged(browser, { before: slow, pageBundle: impatient }, async (stage, context) => {
      const page = await context.newPage();
      await page.goto(stage.app.origin);
      await waitFor(page, "signed-out");
      assert.equal(await page.evaluate("client.session().error"), undefined);
      assert.equal(await page.evaluate("made"), 1);
    });
  });
});
