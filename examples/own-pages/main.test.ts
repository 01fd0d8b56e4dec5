import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { aPlace, type Place } from "../../conformance/sign-in/a-place.ts";
import { authorizationUrl, pkce, redeem } from "../../packages/server/src/testing/a-login.ts";
import { callback, mcp, password } from "../../packages/server/src/testing/a-server.ts";
import { type Browser, launchBrowser, type Page } from "../../packages/server/src/testing/browser.ts";
import { complaintsOf } from "../../packages/server/src/testing/complaints.ts";
import { codeTo } from "../../packages/server/src/testing/mailed.ts";

const email = "ada@example.com";
const read = (name: string) => readFileSync(new URL(`page/${name}`, import.meta.url), "utf8");

/** The team's pages, on a port of their own: another origin of the same site. */
async function thePages(issuer: () => string) {
  const policy = () => `default-src 'none'; script-src 'self'; connect-src ${issuer()}`;
  const server = createServer(({ url = "" }, answer) => {
    const isScript = new URL(url, "http://localhost").pathname === "/sign-in.js";
    answer.setHeader("content-type", isScript ? "text/javascript" : "text/html; charset=utf-8");
    answer.setHeader("content-security-policy", policy());
    answer.end(
      isScript ? read("sign-in.js") : read("index.html").replace("https://auth.example.com", issuer()),
    );
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}/`, close: () => server.close() };
}

describe("a team's own pages in Chromium", () => {
  let browser: Browser;
  let place: Place;
  let pages: Awaited<ReturnType<typeof thePages>>;

  before(async () => {
    browser = await launchBrowser();
    pages = await thePages(() => place.server.issuer);
    place = await aPlace({ pagesUrl: pages.url });
    await place.server.person({ email });
  });

  after(async () => {
    await browser?.close();
    await place?.close();
    pages?.close();
  });

  /** A person whom a client sends to sign in; the client's own page is played. */
  async function sent() {
    const { server } = place;
    const client = await server.client();
    const { verifier, challenge } = pkce();
    const context = await browser.newContext();
    const page = await context.newPage();
    const faults = complaintsOf(page);
    await context.route(`${callback}*`, (route) => route.fulfill({ body: "home" }));
    const asked = { code_challenge: challenge, resource: mcp, scope: "tools:use openid" };
    await page.goto(authorizationUrl(server, client, asked));
    assert.ok(page.url().startsWith(`${pages.url}?interaction=`), page.url());
    return { page, client, verifier, context, faults };
  }

  async function home(page: Page): Promise<string> {
    await page.waitForURL(`${callback}*`);
    return new URL(page.url()).searchParams.get("code") ?? "";
  }

  it("[I6-OWN-PAGES] lead through the password and the consent to the app", async () => {
    const { page, client, verifier, context, faults } = await sent();
    const form = page.locator("form").filter({ has: page.getByLabel("password") });
    await form.getByLabel("email").fill(email);
    await form.getByLabel("password").fill("wrong");
    await form.getByRole("button").click();
    await page.getByRole("alert").getByText("Email or password is wrong.").waitFor();
    await form.getByLabel("email").fill(email);
    await form.getByLabel("password").fill(password);
    await form.getByRole("button").click();
    await page.getByText(`asks for access as ${email}`).waitFor();
    await page.getByRole("button", { name: "Allow" }).click();
    const { status, body } = await redeem(place.server, client, { code: await home(page), verifier });
    assert.deepEqual([status, body.scope], [200, "tools:use openid"]);
    // Chromium tells every answer of 400 on its console: that of the wrong password, and nothing of the policy.
    assert.equal(faults.length, 1, faults.join("\n"));
    await context.close();
  });

  it("[I6-OWN-PAGES] take the mailed code by its link, and a refusal back to the app", async () => {
    const { page, context } = await sent();
    const form = page.locator("form").filter({ has: page.getByRole("button", { name: "Email me a code" }) });
    await form.getByLabel("email").fill(email);
    await form.getByRole("button").click();
    await page.getByLabel("code").waitFor();
    await page.goto(`${page.url()}&code=${codeTo(place.server, email)}`);
    await page.getByRole("button", { name: "Use the code" }).click();
    await page.getByRole("button", { name: "Refuse" }).click();
    assert.equal(await home(page), "");
    assert.equal(new URL(page.url()).searchParams.get("error"), "access_denied");
    await context.close();
  });

  it("[I6-OWN-PAGES] are of no use in another browser", async () => {
    const { page, context } = await sent();
    const other = await browser.newContext();
    const stolen = await other.newPage();
    await stolen.goto(page.url());
    await stolen.getByRole("alert").waitFor();
    assert.equal(await stolen.locator("form").count(), 0);
    await other.close();
    await context.close();
  });
});
