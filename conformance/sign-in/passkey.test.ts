import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { password } from "../../packages/server/src/testing/a-server.ts";
import { type Browser, launchBrowser, type Page } from "../../packages/server/src/testing/browser.ts";
import { complaintsOf } from "../../packages/server/src/testing/complaints.ts";
import { aPlace, type Place } from "./a-place.ts";
import { type Authenticator, anAuthenticator } from "./an-authenticator.ts";

const email = "ada@example.com";

describe("passkeys, in a real browser", () => {
  let browser: Browser;
  let page: Page;
  let authenticator: Authenticator;
  let place: Place;
  let complaints: readonly string[];

  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  beforeEach(async () => {
    place = await aPlace();
    await place.server.person({ email });
    await open();
  });
  afterEach(async () => {
    await page.close();
    await place.close();
  });

  async function open(options: { javaScriptEnabled?: boolean } = {}) {
    page = await browser.newPage(options);
    complaints = complaintsOf(page);
    authenticator = await anAuthenticator(page);
  }

  const account = () => `${place.server.issuer}/account`;
  const button = () => page.locator("[data-passkey-button]");

  /** Ada's passkey, made where a second factor is required. */
  async function withPasskey() {
    await place.close();
    place = await aPlace({ secondFactor: "required" });
    await place.server.person({ email });
    await page.goto(account());
    await page.fill("input[name=email]", email);
    await page.fill("input[name=password]", password);
    await page.press("input[name=password]", "Enter");
    await button().click();
    await page.waitForURL(account());
    await page.context().clearCookies();
  }

  /** Else the authenticator of the test, which has no person, chooses as soon as the page is there. */
  async function withoutAutofill() {
    await page.addInitScript("PublicKeyCredential.isConditionalMediationAvailable = async () => false");
  }

  async function sessions() {
    const [person] = await place.server.store.accounts.list();
    return await place.server.store.sessions.listOf(person?.id ?? "");
  }

  it("[WA-07] are made as a second factor, and sign a person in by the button", async () => {
    await withPasskey();
    const [first] = await sessions();
    assert.deepEqual(first?.amr.slice(-2), ["user", "mfa"]);
    const [person] = await place.server.store.accounts.list();
    assert.equal((await place.server.store.passkeys.listOf(person?.id ?? "")).length, 1);

    await withoutAutofill();
    await page.goto(account());
    await button().click();
    await page.waitForURL(account());
    assert.equal((await sessions()).length, 2);
    assert.deepEqual(complaints, []);
  });

  it("[WA-07] are offered among what the browser fills in", async () => {
    await withPasskey();
    await authenticator.ignores();
    await page.goto(account());
    assert.equal(await page.getAttribute("input[name=email]", "autocomplete"), "username webauthn");
    // Asked by nobody but the page that opens: the authenticator of the test chooses at once.
    await authenticator.answers();
    await page.reload();
    await page.waitForURL(account());
    assert.equal((await sessions()).length, 2);
    assert.deepEqual(complaints, []);
  });

  it("[WA-07] tell in words when the browser says no, and may be tried again", async () => {
    await withPasskey();
    await withoutAutofill();
    await page.goto(account());
    await authenticator.refuses();
    await button().click();
    const alert = page.locator("[data-passkey-error]");
    await alert.waitFor();
    assert.match(await alert.innerText(), /\w+/);
    await authenticator.answers();
    await button().click();
    await page.waitForURL(account());
    assert.deepEqual(complaints, []);
  });

  it("[WA-07] leave the page as it is without script: no button that does nothing, and the password works", async () => {
    await page.close();
    await open({ javaScriptEnabled: false });
    await page.goto(account());
    assert.equal(await button().isVisible(), false);
    await page.fill("input[name=email]", email);
    await page.fill("input[name=password]", password);
    await page.press("input[name=password]", "Enter");
    await page.waitForURL(account());
  });

  it("[WA-07] leave the page as it is in a browser that knows none", async () => {
    await page.addInitScript("delete globalThis.PublicKeyCredential");
    await page.goto(account());
    await page.waitForLoadState("networkidle");
    assert.equal(await button().isVisible(), false);
    assert.deepEqual(complaints, []);
  });

  it("[WA-07] bring their script and no other: what is injected does not run", async () => {
    await page.goto(account());
    await page.evaluate(`
      for (const set of [
        { textContent: "globalThis.stolen = 1" },
        { src: "/style.css" },
        { src: "data:text/javascript,globalThis.stolen=1" },
      ])
        document.body.append(Object.assign(document.createElement("script"), set));
    `);
    await page.waitForTimeout(200);
    assert.equal(await page.evaluate("globalThis.stolen"), undefined);
    assert.equal(complaints.filter((one) => one.includes("Content Security Policy")).length, 3);
  });
});
