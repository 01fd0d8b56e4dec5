import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { password } from "../../packages/server/src/testing/a-server.ts";
import { AnApp } from "../../packages/server/src/testing/an-app.ts";
import { type Browser, launchBrowser, type Page } from "../../packages/server/src/testing/browser.ts";
import { complaintsOf } from "../../packages/server/src/testing/complaints.ts";
import { aPlace, type Place } from "./a-place.ts";

const email = "ada@example.com";

describe("an authenticator app, in a real browser", () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  for (const { width, script, scheme } of [
    { width: 320, script: false, scheme: "dark" },
    { width: 1280, script: true, scheme: "light" },
  ] as const) {
    it(`is set up on the way, ${width} wide, ${scheme}, with${script ? "" : "out"} script`, async () => {
      const place = await aPlace({ secondFactor: "required" });
      await place.server.person({ email });
      const viewport = { width, height: 740 };
      const page = await browser.newPage({ viewport, colorScheme: scheme, javaScriptEnabled: script });
      // Chromium calls the answer to a wrong code a resource that failed to load.
      const complaints = complaintsOf(page, { expected: /status of 400/ });
      try {
        await passThrough(place, page);
        assert.deepEqual(complaints, []);
      } finally {
        await page.close();
        await place.close();
      }
    });
  }

  async function passThrough({ server }: Place, page: Page): Promise<void> {
    const account = `${server.issuer}/account`;
    await signIn(page, account);
    await page.click("button[value=new-one-time-password]");
    const picture = page.locator("img[src^='data:image/svg+xml']");
    assert.ok((await picture.boundingBox())?.width);
    await requireFits(page);
    const key = (await page.locator("dd code").innerText()).replaceAll(" ", "");
    const app = new AnApp(key);
    await page.fill("input[name=code]", "000 000");
    await page.press("input[name=code]", "Enter");
    assert.equal(await page.locator("[role=alert]:visible").count(), 1);
    assert.equal((await page.locator("dd code").innerText()).replaceAll(" ", ""), key);
    await page.fill("input[name=code]", app.codeAt(server.clock.now()));
    await page.press("input[name=code]", "Enter");

    const codes = await page.locator(".recovery-codes code").allInnerTexts();
    assert.equal(codes.length, 10);
    await requireFits(page);
    const [file] = await Promise.all([page.waitForEvent("download"), page.click("a[download]")]);
    assert.equal(file.suggestedFilename(), "recovery-codes.txt");
    const kept = await text(await file.createReadStream());
    for (const code of codes) assert.ok(kept.includes(code));
    await page.click("button[value=kept-recovery-codes]");
    await page.waitForURL(account);

    server.clock.advance(60);
    await page.context().clearCookies();
    await signIn(page, account);
    await page.fill("input[name=code] >> nth=0", app.codeAt(server.clock.now()));
    await page.press("input[name=code] >> nth=0", "Enter");
    await page.waitForURL(account);

    await page.context().clearCookies();
    await signIn(page, account);
    await page.click("summary");
    await page.fill("#recovery-code", codes[4] ?? "");
    await page.press("#recovery-code", "Enter");
    await page.waitForURL(account);
    const [person] = await server.store.accounts.list();
    const methods = (await server.store.sessions.listOf(person?.id ?? "")).map(({ amr }) => amr.join(" "));
    assert.deepEqual(methods.sort(), ["pwd otp mfa", "pwd otp mfa", "pwd recovery mfa"]);
  }

  async function signIn(page: Page, url: string): Promise<void> {
    await page.goto(url);
    await page.fill("input[name=email]", email);
    await page.fill("input[name=password]", password);
    await page.press("input[name=password]", "Enter");
    await page.waitForLoadState();
  }

  /** Nothing is wider than the window. */
  async function requireFits(page: Page): Promise<void> {
    const content = await page.locator("html").evaluate((html: { scrollWidth: number }) => html.scrollWidth);
    assert.ok(content <= (page.viewportSize()?.width ?? 0), `${content} wide`);
  }
});
