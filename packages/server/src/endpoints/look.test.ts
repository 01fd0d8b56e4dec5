import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Look } from "../ports/settings.ts";
import { ABrowser } from "../testing/a-browser.ts";
import { authorizationUrl, pkce } from "../testing/a-login.ts";
import { type AServer, aServer, usualSettings } from "../testing/a-server.ts";

const usual = usualSettings("https://auth.example.com").look;
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const png = Buffer.from("\x89PNG\r\n\x1a\n and more", "latin1");
const noColors = { accent: null, accentDark: null, background: null, backgroundDark: null };

/** A server with a look, closed when the test ends. */
async function aLook(
  t: { after(end: () => Promise<void>): void },
  look: Partial<Look>,
  issuer?: string,
): Promise<AServer> {
  const server = await aServer({ settings: { look: { ...usual, ...look } }, ...(issuer && { issuer }) });
  t.after(() => server.close());
  return server;
}

async function home(server: AServer, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const response = await server.fetchHere(`${server.issuer}/`, {
    headers: { accept: "text/html", ...headers },
  });
  return await response.text();
}

const langOf = (html: string) => /<html lang="([^"]*)" dir="([^"]*)">/.exec(html)?.slice(1);
const sheetOf = (html: string) => /<link rel="stylesheet" href="([^"]*)">/.exec(html)?.[1] ?? "";

describe("the language of a page", () => {
  const languages = ["en", "de", "ar", "pt"];
  for (const [given, query, headers, lang] of [
    ["nothing", "", {}, ["en", "ltr"]],
    ["the browser's", "", { "accept-language": "fi,de-CH;q=0.8" }, ["de", "ltr"]],
    ["a language that runs from right to left", "", { "accept-language": "ar-EG" }, ["ar", "rtl"]],
    ["ui_locales", "?ui_locales=fi%20pt-BR", { "accept-language": "de" }, ["pt", "ltr"]],
    [
      "a choice in this browser",
      "?ui_locales=pt",
      { "accept-language": "de", cookie: "__Host-valetkey-language=ar" },
      ["ar", "rtl"],
    ],
    [
      "a cookie of somebody else's making",
      "",
      { cookie: '__Host-valetkey-language="><script>' },
      ["en", "ltr"],
    ],
    [
      "hostile wishes",
      "?ui_locales=%22%3E%3Cscript%3E",
      { "accept-language": '"><script>;q=1' },
      ["en", "ltr"],
    ],
    ["a language that is not offered", "?ui_locales=fr", { "accept-language": "ja" }, ["en", "ltr"]],
  ] as const) {
    it(`[I6-LANGUAGE] follows ${given}`, async (t) => {
      const server = await aLook(t, { languages });
      const response = await server.fetchHere(`${server.issuer}/nowhere${query}`, {
        headers: { accept: "text/html", ...headers },
      });
      const body = await response.text();
      assert.deepEqual(langOf(body), lang);
      assert.doesNotMatch(body, /<script/);
    });
  }

  it("[I6-LANGUAGE] is that of the client's request, on its own pages too, and of the person's account on ours", async (t) => {
    const server = await aLook(t, { languages });
    await server.person({ locale: "de" });
    const browser = new ABrowser(server);
    const asked = { code_challenge: pkce().challenge, ui_locales: "pt" };
    const signIn = await browser.open(authorizationUrl(server, await server.client(), asked));
    assert.deepEqual(langOf(signIn.body), ["pt", "ltr"]);
    const who = { email: "ada@example.com", password: "correct horse battery staple" };
    const consent = await browser.submit(signIn, who);
    assert.match(consent.url, /\/consent\?/);
    assert.deepEqual(langOf(consent.body), ["pt", "ltr"]);
    assert.deepEqual(langOf((await browser.open("/account")).body), ["de", "ltr"]);
  });

  it("[I6-LANGUAGE] can be chosen at the foot of each page, and is then kept", async (t) => {
    const server = await aLook(t, { languages });
    const browser = new ABrowser(server);
    const first = await browser.open("/?a=b");
    assert.match(first.body, /<input type="hidden" name="back" value="\/\?a=b">/);
    assert.match(first.body, /<button [^>]*value="ar" lang="ar">العربية<\/button>/);
    const chosen = await browser.submit(first, { language: "ar" });
    assert.equal(chosen.url, "https://auth.example.com/?a=b");
    assert.deepEqual(langOf(chosen.body), ["ar", "rtl"]);
    assert.deepEqual(langOf((await browser.open("/nowhere")).body), ["ar", "rtl"]);
  });

  it("is not offered where there is one", async (t) => {
    assert.doesNotMatch(await home(await aLook(t, {})), /<form|<footer/);
  });

  for (const [issuer, back, location] of [
    ["https://auth.example.com", "/consent?interaction=x", "/consent?interaction=x"],
    ["https://auth.example.com", "https://evil.example/", "/"],
    ["https://auth.example.com", "//evil.example/", "/"],
    ["https://auth.example.com", "/\\evil.example/", "/"],
    ["https://auth.example.com", "/\t/evil.example/", "/"],
    ["https://auth.example.com", "/../..//evil.example", "/"],
    ["https://auth.example.com", "javascript:alert(1)", "/"],
    ["https://auth.example.com", "", "/"],
    ["https://auth.example.com/tenant", "/tenant/account", "/tenant/account"],
    ["https://auth.example.com/tenant", "/other", "/tenant/"],
    ["https://auth.example.com/tenant", "/tenant/../other", "/tenant/"],
  ] as const) {
    it(`leads back to ${location} at ${issuer} for ${JSON.stringify(back)}`, async (t) => {
      const server = await aLook(t, { languages }, issuer);
      const response = await server.fetchHere(`${issuer}/language`, {
        method: "POST",
        body: new URLSearchParams({ language: "xx", back }),
      });
      assert.equal(response.status, 303);
      assert.equal(response.headers.get("location"), location);
      assert.equal(response.headers.get("set-cookie"), null);
    });
  }
});

describe("the look of a page", () => {
  it("[I6-LOOK] has a stylesheet whose URL changes with its content, and which caches may keep for ever", async (t) => {
    const plain = await aLook(t, {});
    const ours = await aLook(t, { css: ".card { border: 0 }\n", colors: { ...noColors, accent: "#0b6e4f" } });
    const [href, other] = [sheetOf(await home(plain)), sheetOf(await home(ours))];
    assert.notEqual(href, other);
    const response = await ours.fetchHere(`${ours.issuer}${other}`);
    assert.equal(response.headers.get("cache-control"), "public, max-age=31536000, immutable");
    assert.equal(response.headers.get("content-type"), "text/css; charset=utf-8");
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    const sheet = await response.text();
    assert.match(sheet, /--brand: #0b6e4f;/);
    assert.ok(sheet.endsWith(".card { border: 0 }\n"));
    for (const unknown of [href, "/style.css", "/style.css?v=__proto__"]) {
      const stale = await ours.fetchHere(`${ours.issuer}${unknown}`);
      assert.equal(stale.headers.get("cache-control"), "public, max-age=300");
      assert.equal(await stale.text(), sheet);
    }
  });

  it("[I6-LOOK] has the operator's logos, and serves them so that an SVG runs nothing", async (t) => {
    const logo = { type: "image/svg+xml", bytes: svg } as const;
    const server = await aLook(t, { logo, logoDark: { type: "image/png", bytes: png } });
    const html = await home(server);
    const [light = "", dark = ""] = [
      /<img class="logo" src="([^"]*)" alt="Valetkey">/,
      /srcset="([^"]*)"/,
    ].map((pattern) => pattern.exec(html)?.[1]);
    for (const [href, type, bytes] of [
      [light, "image/svg+xml", svg],
      [dark, "image/png", png],
    ] as const) {
      const response = await server.fetchHere(`${server.issuer}${href}`);
      assert.equal(response.headers.get("content-type"), type);
      assert.equal(response.headers.get("x-content-type-options"), "nosniff");
      assert.match(response.headers.get("content-security-policy") ?? "", /^default-src 'none';.* sandbox$/);
      assert.match(response.headers.get("cache-control") ?? "", /immutable/);
      assert.deepEqual(Buffer.from(await response.arrayBuffer()), bytes);
    }
    const none = await aLook(t, {});
    assert.equal((await none.fetchHere(`${none.issuer}/logo`)).status, 404);
  });

  it("[I6-LOOK] is that of the client on its sign-in and consent, and of the server everywhere else", async (t) => {
    const client = { productName: "Example Notes", logo: null, colors: { ...noColors, accent: "#7a1fa2" } };
    const server = await aLook(t, { clients: { notes: client } });
    await server.person();
    const notes = await server.client({ id: "notes" });
    const browser = new ABrowser(server);
    const signIn = await browser.open(authorizationUrl(server, notes, { code_challenge: pkce().challenge }));
    const who = { email: "ada@example.com", password: "correct horse battery staple" };
    const consent = await browser.submit(signIn, who);
    for (const { body } of [signIn, consent]) {
      assert.match(body, /<title>[^<]* · Example Notes<\/title>/);
      const sheet = await (await server.fetchHere(`${server.issuer}${sheetOf(body)}`)).text();
      assert.match(sheet, /--brand: #7a1fa2;/);
    }
    const account = await browser.open("/account");
    assert.match(account.body, /<title>[^<]* · Valetkey<\/title>/);
    assert.notEqual(sheetOf(account.body), sheetOf(signIn.body));
  });

  it("[I6-LOOK] has the operator's texts and links", async (t) => {
    const server = await aLook(t, {
      texts: { en: { "home.heading": "Welcome to <b>us</b>" } },
      links: { privacy: "https://example.com/privacy?a&b", terms: null, support: "mailto:help@example.com" },
    });
    const html = await home(server);
    assert.match(html, /<h1>Welcome to &lt;b&gt;us&lt;\/b&gt;<\/h1>/);
    assert.match(
      html,
      /<a href="https:\/\/example\.com\/privacy\?a&amp;b" rel="noopener noreferrer">Privacy<\/a>/,
    );
    assert.match(html, /<a href="mailto:help@example\.com"[^>]*>Help<\/a>/);
    assert.doesNotMatch(html, /Terms/);
  });
});
