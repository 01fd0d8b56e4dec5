import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { authorizationUrl, pkce } from "../testing/a-login.ts";
import { type AServer, aServer, password } from "../testing/a-server.ts";
import { type Browser, launchBrowser, type Page } from "../testing/browser.ts";
import { type Listener, listen } from "./node.ts";

/** A client's own web server: its callback sends the browser on to its thanks, as command-line tools do. */
async function aClient(): Promise<{ port: number; close(): void }> {
  const server = createServer((request, response) => {
    const { port } = server.address() as AddressInfo;
    if (request.url?.startsWith("/callback")) {
      response.writeHead(302, { location: `http://localhost:${port}/thanks` }).end();
    } else if (request.url?.startsWith("/popup")) {
      response.writeHead(200, { "content-type": "text/html" });
      response.end(`<script>opener.postMessage("Done", "*"); close()</script>`);
    } else if (request.url === "/thanks") {
      response.writeHead(200, { "content-type": "text/html" }).end("<title>Thanks</title>");
    } else {
      response.writeHead(200, { "content-type": "text/html" });
      response.end(
        `<title>Client</title><script>addEventListener("message", (e) => (document.title = e.data))</script>`,
      );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

describe("the way back to a client, in a real browser", () => {
  let browser: Browser;
  let server: AServer;
  let listener: Listener;
  let client: { port: number; close(): void };
  before(async () => {
    browser = await launchBrowser();
    client = await aClient();
    const free = await aClient();
    const { port } = free;
    free.close();
    server = await aServer({ issuer: `http://localhost:${port}` });
    listener = await listen(server.handle, server.audit, { host: "127.0.0.1", port, trustedProxies: [] });
    await server.person();
  });
  after(async () => {
    await browser.close();
    await listener.close(1_000);
    client.close();
    await server.close();
  });

  async function urlFor(redirectUri: string): Promise<string> {
    const app = await server.client({ redirectUris: [redirectUri] });
    return authorizationUrl(server, app, { redirect_uri: redirectUri, code_challenge: pkce().challenge });
  }

  async function approve(page: Page): Promise<void> {
    await page.fill("[name=email]", "ada@example.com");
    await page.fill("[name=password]", password);
    await page.click("button[type=submit]");
    await page.click("button[value=allow]");
  }

  it("goes on where the client's callback sends the browser", async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(await urlFor(`http://127.0.0.1:${client.port}/callback`));
    await approve(page);
    await page.waitForURL(`http://localhost:${client.port}/thanks`, { timeout: 5_000 });
    assert.equal(await page.title(), "Thanks");
  });

  it("reaches the window that opened ours, which a client may use", async () => {
    const opener = await (await browser.newContext()).newPage();
    await opener.goto(`http://127.0.0.1:${client.port}/`);
    const url = await urlFor(`http://127.0.0.1:${client.port}/popup`);
    const [popup] = await Promise.all([
      opener.waitForEvent("popup"),
      opener.evaluate(`void open(${JSON.stringify(url)})`),
    ]);
    await approve(popup);
    await opener.waitForFunction(`document.title === "Done"`, undefined, { timeout: 5_000 });
  });
});
