import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { after, before, describe, it } from "node:test";
import { type Browser, launchBrowser, type Page } from "../packages/server/src/testing/browser.ts";

// A control: were the browser's web security off, every test of ours about CORS, framing and policies would be empty.
describe("the browser of the tests", () => {
  let browser: Browser;
  let page: Page;
  const servers: Server[] = [];

  before(async () => {
    browser = await launchBrowser();
    page = await browser.newPage();
  });
  after(async () => {
    await browser.close();
    for (const server of servers) server.close();
  });

  async function site(listener: RequestListener): Promise<string> {
    const server = createServer(listener).listen(0, "127.0.0.1");
    servers.push(server);
    await once(server, "listening");
    const address = server.address();
    assert.ok(address && typeof address === "object");
    return `http://127.0.0.1:${address.port}`;
  }

  const document = (html: string, headers: Record<string, string> = {}): RequestListener => {
    return (_, response) => response.writeHead(200, { "content-type": "text/html", ...headers }).end(html);
  };

  const answerOf = (url: string) =>
    page.evaluate(
      (to) =>
        fetch(to).then(
          (r) => r.text(),
          (thrown: Error) => thrown.name,
        ),
      url,
    );

  it("keeps a page from reading another origin that does not allow it", async () => {
    const other = await site(document("secret"));
    await page.goto(await site(document("<h1>here</h1>")));
    assert.equal(await answerOf(other), "TypeError");
  });

  it("lets a page read another origin that allows it", async () => {
    const other = await site(document("open", { "access-control-allow-origin": "*" }));
    await page.goto(await site(document("<h1>here</h1>")));
    assert.equal(await answerOf(other), "open");
  });

  it("obeys a policy against framing", async () => {
    const framed = await site(document("framed", { "content-security-policy": "frame-ancestors 'none'" }));
    await page.goto(await site(document(`<iframe src="${framed}"></iframe>`)));
    const frame = page.frames()[1];
    assert.ok(frame);
    assert.doesNotMatch(await frame.content(), /framed/);
  });

  it("obeys a policy against script", async () => {
    const policy = { "content-security-policy": "default-src 'none'" };
    await page.goto(
      await site(document(`<p id="p">before</p><script>p.textContent = "after"</script>`, policy)),
    );
    assert.equal(await page.textContent("#p"), "before");
  });

  it("draws letters in a picture of a page", async () => {
    await page.goto(await site(document("<h1>Valetkey</h1>")));
    const picture = await page.screenshot();
    assert.equal(picture.subarray(1, 4).toString(), "PNG");
    await page.setContent("<h1>yeklateV</h1>");
    assert.ok(!picture.equals(await page.screenshot()), "other letters make another picture");
  });
});
