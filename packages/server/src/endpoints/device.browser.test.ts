import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Listener, listen } from "../http/node.ts";
import type { Handler } from "../http/router.ts";
import { aDeviceClient, askForCode, type DeviceCodes, poll } from "../testing/a-device.ts";
import { type AServer, aServer, password } from "../testing/a-server.ts";
import { type Browser, launchBrowser, type Page } from "../testing/browser.ts";
import { complaintsOf } from "../testing/complaints.ts";
import { RecordedAudit } from "../testing/recorded-audit.ts";
import { spec } from "../testing/spec.ts";

const email = "ada.lovelace@a-rather-long-name.example.com";

describe("the pages for devices and the account, in a real browser", () => {
  let browser: Browser;
  let server: AServer;
  let listener: Listener;
  let client: Awaited<ReturnType<typeof aDeviceClient>>;

  before(async () => {
    browser = await launchBrowser();
    let handle: Handler = () => Promise.reject(new Error("not yet"));
    const options = { host: "127.0.0.1", port: 0, trustedProxies: [] };
    listener = await listen((request) => handle(request), new RecordedAudit(), options);
    server = await aServer({ issuer: `http://127.0.0.1:${listener.port}` });
    ({ handle } = server);
    await server.person({ email, name: "Ada Lovelace" });
    client = await aDeviceClient(server, {
      kind: "self-registered",
      name: "Calendar agent ".repeat(12).trim(),
    });
  });
  after(async () => {
    await browser.close();
    await listener.close(1_000);
    await server.close();
  });

  async function codes(): Promise<DeviceCodes> {
    const headers = { "user-agent": "calendar-agent/0.3 (raspberrypi; linux arm64)".repeat(4) };
    return (await askForCode(server, client, {}, headers)).body as unknown as DeviceCodes;
  }

  for (const { width, script, scheme } of [
    { width: 320, script: true, scheme: "light" },
    { width: 360, script: false, scheme: "dark" },
    { width: 1280, script: true, scheme: "dark" },
  ] as const) {
    describe(`${width} wide, ${scheme}, with${script ? "" : "out"} script`, () => {
      let page: Page;
      let complaints: readonly string[];
      before(async () => {
        const viewport = { width, height: 740 };
        page = await browser.newPage({ viewport, colorScheme: scheme, javaScriptEnabled: script });
        complaints = complaintsOf(page);
      });
      after(() => page.close());

      async function fits(): Promise<void> {
        const [content, window] = await page
          .locator("html")
          .evaluate((html) => [html.scrollWidth, html.clientWidth]);
        assert.equal(content, window, `${page.url()} is wider than the window`);
      }

      it("a person types a code, and by a link compares it; refuse stands beside allow, as large", async () => {
        const typed = await codes();
        await page.goto(`${server.issuer}/device`);
        await fits();
        await page.fill("[name=email]", email);
        await page.fill("[name=password]", password);
        await page.click("button[type=submit]");
        await fits();
        await page.keyboard.type(typed.user_code.toLowerCase());
        await page.keyboard.press("Enter");
        await fits();
        const boxes = await Promise.all(
          ["deny", "allow"].map((value) => page.locator(`button[value=${value}]`).boundingBox()),
        );
        const [refuse, allow] = boxes;
        assert.ok(refuse && allow);
        assert.deepEqual([refuse.y, refuse.height, refuse.width], [allow.y, allow.height, allow.width]);
        assert.ok(refuse.x < allow.x);
        await page.click("button[value=allow]");
        await fits();
        assert.equal((await poll(server, client, typed)).status, 200);

        const linked = await codes();
        await page.goto(linked.verification_uri_complete);
        assert.equal(await page.locator(".user-code").textContent(), linked.user_code);
        await page.click("button[value=yes]");
        await page.click("button[value=deny]");
        await fits();
        assert.equal((await poll(server, client, linked)).body.error, "access_denied");
      });

      spec("XD-03", "Enter within a box refuses: nothing is allowed by a key that slips", async () => {
        const linked = await codes();
        await page.goto(linked.verification_uri_complete);
        await page.click("button[value=yes]");
        await page.locator("input[type=checkbox]").first().press("Enter");
        await page.waitForURL("**/device/decision");
        assert.equal((await poll(server, client, linked)).body.error, "access_denied");
      });

      it("a person ends a device on the account page", async () => {
        await page.goto(`${server.issuer}/account`);
        await fits();
        const rows = await page.locator(".devices li").count();
        await page.locator(".devices button").first().click();
        await fits();
        assert.equal(await page.locator("[role=status]").textContent(), "The device is signed out.");
        assert.equal(await page.locator(".devices li").count(), rows - 1);
      });

      it("nothing was blocked or failed on the way", () => assert.deepEqual(complaints, []));
    });
  }
});
