import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { type Listener, listen } from "../http/node.ts";
import type { Handler } from "../http/router.ts";
import type { Strength } from "../ports/strength.ts";
import { type AServer, aServer, usualSettings } from "../testing/a-server.ts";
import { type Browser, launchBrowser } from "../testing/browser.ts";
import { complaintsOf } from "../testing/complaints.ts";
import { RecordedAudit } from "../testing/recorded-audit.ts";
import { spec } from "../testing/spec.ts";

const weakWithNames: Strength = {
  estimate: async (typed, about) =>
    about.some((known) => typed.includes(known))
      ? { score: 1, because: "personal" }
      : { score: 4, because: null },
};

describe("the meter of a new password, in a real browser", () => {
  let browser: Browser;
  let server: AServer;
  let listener: Listener;

  before(async () => {
    browser = await launchBrowser();
    let handle: Handler = () => Promise.reject(new Error("not yet"));
    const options = { host: "127.0.0.1", port: 0, trustedProxies: [] };
    listener = await listen((request) => handle(request), new RecordedAudit(), options);
    const issuer = `http://127.0.0.1:${listener.port}`;
    const { signIn, look } = usualSettings(issuer);
    const settings = {
      signIn: { ...signIn, signUp: "open" as const },
      look: { ...look, languages: ["en", "de"] },
    };
    server = await aServer({ issuer, settings, strength: weakWithNames });
    ({ handle } = server);
  });
  after(async () => {
    await browser.close();
    await listener.close(1_000);
    await server.close();
  });

  for (const script of [true, false]) {
    spec(
      "I6-STRENGTH",
      `says while it is typed what is said when it is sent, with${script ? "" : "out"} script`,
      async () => {
        const page = await browser.newPage({ locale: "de", javaScriptEnabled: script });
        // The answer to the weak password that is sent.
        const complaints = complaintsOf(page, { expected: /status of 400/ });
        await page.goto(`${server.issuer}/account`);
        await page.goto(`${page.url()}&way=sign-up`);
        const meter = page.locator("[data-password-meter] meter");
        const told = page.locator("[data-password-meter] [role=status]");
        await page.locator("#email").fill("lovelace@example.com");
        await page.locator("#name").fill("Ada");
        assert.equal(await meter.isVisible(), false);
        await page.locator("#password").pressSequentially("lovelace writes");
        if (script) {
          await meter.waitFor({ timeout: 10_000 });
          assert.match((await told.textContent()) ?? "", /Es enthält einen Namen oder eine Adresse/);
          assert.equal(await meter.getAttribute("aria-label"), "Stärke des Passworts");
          await page.locator("#password").fill("a long row of quiet words");
          await page.getByText("Schwer zu erraten.").waitFor({ timeout: 10_000 });
          await page.locator("#password").fill("");
          await meter.waitFor({ state: "hidden" });
        } else {
          await page.locator("form button").first().click();
          assert.match(
            (await page.locator("[role=alert]").first().textContent()) ?? "",
            /Es enthält einen Namen/,
          );
          assert.equal(await meter.isVisible(), false);
        }
        assert.deepEqual(complaints, []);
        await page.close();
      },
    );
  }
});
