import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { refresh } from "../../packages/server/src/testing/a-login.ts";
import type { Browser } from "../../packages/server/src/testing/browser.ts";
import { launchChromium } from "./a-chromium.ts";
import { notes, staged, waitFor } from "./a-stage.ts";

const aDayOff = (days: number) => `{ const now = Date.now; Date.now = () => now() + ${days * 86_400_000}; }`;

describe("a bound sign-in, in a real browser", () => {
  let browser: Browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser.close());

  it("names its key beforehand, brings proofs with nonces, and its refresh token is of no use without the key", () =>
    staged(browser, { client: { dpop: true } }, async (stage, context) => {
      const asked = context.waitForEvent("request", (request) => request.url().includes("dpop_jkt="));
      const page = await stage.signedIn(context);
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
      staged(
        browser,
        { client: { dpop: true }, exposed: "Date", workerBundle: { banner: aDayOff(days) } },
        async (stage, context) => {
          const page = await stage.signedIn(context);
          assert.equal((await notes(page)).status, 200);
        },
      ));

    it(`needs no clock where nothing is bound: ${days} day off`, () =>
      staged(
        browser,
        { workerBundle: { banner: aDayOff(days) }, accessToken: 12 },
        async (stage, context) => {
          const page = await stage.signedIn(context);
          assert.equal((await notes(page)).status, 200);
          assert.equal(stage.refreshes().length, 0);
          await page.waitForTimeout(6_500);
          assert.equal((await notes(page)).status, 200);
          assert.equal(
            stage.refreshes().length,
            1,
            "refreshed before its end, by a clock that runs and is never set",
          );
          await waitFor(page, "signed-in");
        },
      ));
  }
});

const recordsLeft = `new Promise((resolve) => {
  const opening = indexedDB.open("valetkey");
  opening.onsuccess = () => {
    const all = opening.result.transaction("transactions").objectStore("transactions").getAll();
    all.onsuccess = () => resolve(all.result);
  };
})`;
