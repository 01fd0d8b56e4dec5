import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Listener, listen } from "../http/node.ts";
import type { Handler } from "../http/router.ts";
import { type Letter, letterMail } from "../pages/mail.ts";
import { en } from "../pages/words/en.ts";
import { languages } from "../pages/words/languages.ts";
import { type AServer, aServer } from "../testing/a-server.ts";
import { type Browser, launchBrowser, type Page } from "../testing/browser.ts";
import { complaintsOf } from "../testing/complaints.ts";
import { RecordedAudit } from "../testing/recorded-audit.ts";

const letters = Object.keys(en.mail.letters) as Letter[];

describe("the outbox and its mails, in a real browser", () => {
  let browser: Browser;
  let server: AServer;
  let listener: Listener;
  let link: string;
  const facts = () => ({
    code: "12345678",
    link,
    lifetime: 900,
    about: "Firefox on a-rather-long-name ".repeat(9),
  });

  before(async () => {
    browser = await launchBrowser();
    let handle: Handler = () => Promise.reject(new Error("not yet"));
    const options = { host: "127.0.0.1", port: 0, trustedProxies: [] };
    listener = await listen((request) => handle(request), new RecordedAudit(), options);
    const issuer = `http://127.0.0.1:${listener.port}`;
    server = await aServer({ issuer, mail: "outbox" });
    ({ handle } = server);
    link = `${issuer}/?interaction=${"a".repeat(43)}&code=12345678`;
    for (const letter of letters) {
      const frame = { words: en, lang: "en", dir: "ltr", productName: "Example", issuer } as const;
      server.mails.send({ to: `${"ada".repeat(15)}@example.com`, ...letterMail(letter, facts(), frame) });
    }
  });
  after(async () => {
    await browser.close();
    await listener.close(1_000);
    await server.close();
  });

  async function fits(page: Page): Promise<void> {
    const [content, window] = await page
      .locator("html")
      .evaluate((html) => [html.scrollWidth, html.clientWidth]);
    assert.ok((content ?? 0) <= (window ?? 0), `${content} wide in a window of ${window}`);
  }

  for (const { width, script, scheme } of [
    { width: 320, script: false, scheme: "light" },
    { width: 1280, script: true, scheme: "dark" },
  ] as const) {
    it(`are read and their links opened, ${width} wide, ${scheme}, with${script ? "" : "out"} script`, async () => {
      const viewport = { width, height: 740 };
      const page = await browser.newPage({ viewport, colorScheme: scheme, javaScriptEnabled: script });
      const complaints = complaintsOf(page);
      await page.goto(`${server.issuer}/outbox`);
      await fits(page);
      assert.equal(await page.locator("article").count(), letters.length);
      assert.equal(await page.locator(".user-code").first().textContent(), "12345678");
      await page.locator("article a").first().click();
      assert.equal(page.url(), link);
      assert.deepEqual(complaints, []);
      await page.close();
    });
  }

  describe("each on a phone of its own, side by side", () => {
    let page: Page;
    const asked: string[] = [];
    before(async () => {
      page = await browser.newPage();
      page.on("request", (request) => asked.push(request.url()));
    });
    after(() => page.close());

    for (const { tag, dir, words } of languages) {
      it(`ask the network for nothing and fit, in ${tag}`, async () => {
        const frame = { words, lang: tag, dir, productName: "Example", issuer: server.issuer };
        const mails = letters.map((letter) => letterMail(letter, facts(), frame).html);
        await page.setContent(mails.map(phoneWith).join(""));
        const seen = await page.evaluate(`[...document.querySelectorAll("iframe")].map((phone) => {
          const { documentElement: html, body } = phone.contentDocument;
          return {
            beyond: html.scrollWidth - html.clientWidth,
            isDirected: body.matches(":dir(${dir})"),
            links: body.querySelectorAll('a[href="${link}"]').length,
          };
        })`);
        assert.deepEqual(
          seen,
          letters.map(() => ({ beyond: 0, isDirected: true, links: 2 })),
        );
        assert.deepEqual(asked, []);
      });
    }
  });
});

function phoneWith(html: string): string {
  const quoted = html.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  return `<iframe srcdoc="${quoted}" style="border: 0; width: 320px; height: 740px"></iframe>`;
}
