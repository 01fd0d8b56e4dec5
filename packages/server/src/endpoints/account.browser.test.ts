import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { type Listener, listen } from "../http/node.ts";
import type { Handler } from "../http/router.ts";
import { type AServer, aServer, password, usualSettings } from "../testing/a-server.ts";
import { AnAccountPage } from "../testing/an-account-page.ts";
import { barriersOf } from "../testing/barriers.ts";
import { type Browser, launchBrowser, type Page } from "../testing/browser.ts";
import { complaintsOf } from "../testing/complaints.ts";
import { RecordedAudit } from "../testing/recorded-audit.ts";
import { spec } from "../testing/spec.ts";

const email = "ada.lovelace@a-rather-long-name.example.com";
const places = ["", "/security", "/sessions", "/activity", "/data"];
const steps = ["/security/password", "/security/app", "/security/email", "/security/passkey", "/delete"];

describe("the pages of an account, in a real browser", () => {
  let browser: Browser;
  let server: AServer;
  let listener: Listener;

  before(async () => {
    browser = await launchBrowser();
    let handle: Handler = () => Promise.reject(new Error("not yet"));
    const options = { host: "127.0.0.1", port: 0, trustedProxies: [] };
    listener = await listen((request) => handle(request), new RecordedAudit(), options);
    const issuer = `http://localhost:${listener.port}`;
    const look = { ...usualSettings(issuer).look, languages: ["en", "de", "he"] };
    server = await aServer({ issuer, settings: { look } });
    ({ handle } = server);
    const account = await server.person({ email, name: "Ada Lovelace" });
    const passkey = { publicKey: "", counter: 0, transports: [], aaguid: "", createdAt: 0, lastUsedAt: null };
    for (const name of ["Blue key ".repeat(6).trim(), ""])
      await server.store.passkeys.add({
        ...passkey,
        id: `pk-${name}`,
        accountId: account.id,
        name,
        isSynced: name === "",
      });
    await server.store.recoveryCodes.replace(account.id, ["c".repeat(64)]);
    const linked = { upstream: "work", subject: "ada", email: "ada@work.example", createdAt: 0 };
    await server.store.identities.add({ ...linked, accountId: account.id, lastUsedAt: null });
  });
  after(async () => {
    await browser.close();
    await listener.close(1_000);
    await server.close();
  });

  for (const { width, script, scheme, locale } of [
    { width: 320, script: false, scheme: "light", locale: "en" },
    { width: 390, script: true, scheme: "dark", locale: "he" },
    { width: 1280, script: true, scheme: "light", locale: "de" },
  ] as const) {
    describe(`${width} wide, ${scheme}, in ${locale}, with${script ? "" : "out"} script`, () => {
      let page: Page;
      let complaints: readonly string[];
      before(async () => {
        const about = { viewport: { width, height: 800 }, colorScheme: scheme, locale };
        page = await browser.newPage({ ...about, javaScriptEnabled: script });
        complaints = complaintsOf(page);
        await page.goto(`${server.issuer}/account`);
        await page.fill("input[name=email]", email);
        await page.fill("input[name=password]", password);
        await page.press("input[name=password]", "Enter");
        await page.waitForURL(`${server.issuer}/account`);
      });
      after(() => page.close());

      for (const path of [...places, ...steps]) {
        spec(
          "I6-ACCOUNT-SESSIONS",
          `shows /account${path} without a scroll to the side or a complaint`,
          async () => {
            await server.store.journal.append(server.audit.events.splice(0), []);
            await page.goto(`${server.issuer}/account${path}`);
            const [content, room] = (await page.evaluate(
              "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
            )) as [number, number];
            assert.ok(content <= room, `${content} in ${room}`);
            assert.equal(await page.locator("nav a[aria-current=page]").count(), 1);
            assert.deepEqual(complaints, []);
            if (script) assert.deepEqual(await barriersOf(page), []);
          },
        );
      }

      spec("I6-ACCOUNT-SESSIONS", "goes from page to page and signs out elsewhere", async () => {
        const other = await AnAccountPage.open(server, { email });
        await page.goto(`${server.issuer}/account`);
        await page.click("nav a[href$='/sessions']");
        await page.click("button[value=others]");
        await page.waitForURL(/ended=others/);
        assert.equal(await page.locator("[role=status]").count(), 1);
        assert.match((await other.see()).url, /\/sign-in\?/);
      });
    });
  }
});
