import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { after, before, describe, it } from "node:test";
import { createBff } from "../../packages/browser/src/entries/bff.ts";
import { bundle } from "../../packages/browser/src/testing/bundle.ts";
import type { Page } from "../../packages/server/src/testing/browser.ts";
import { Profile } from "./a-profile.ts";
import { type AStage, approve, aStage, notes, waitFor } from "./a-stage.ts";
import { anAppOrigin } from "./an-app-origin.ts";

describe("a page before a backend, in a real browser", () => {
  const profile = new Profile();
  let stage: AStage;
  let app: Awaited<ReturnType<typeof anAppOrigin>>;
  let page: Page;
  before(async () => {
    stage = await aStage();
    const script = await bundle("testing/bff-page.ts");
    let bff: ReturnType<typeof createBff> | undefined;
    app = await anAppOrigin(async (incoming, outgoing) => {
      const { method = "GET", url = "/" } = incoming;
      const headers = new Headers();
      for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
      for (const name of [...headers.keys()].filter((name) => name.startsWith(":"))) headers.delete(name);
      const body =
        method === "POST" ? await new Response(Readable.toWeb(incoming) as never).text() : undefined;
      const response = await bff?.fetch(
        new Request(app.origin + url, { method, headers, ...(body && { body }) }),
      );
      if (response) {
        outgoing.writeHead(response.status, [...response.headers].flat());
        return outgoing.end(Buffer.from(await response.arrayBuffer()));
      }
      const isScript = url === "/page.js";
      outgoing.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html" });
      outgoing.end(isScript ? script : `<title>App</title><script type="module" src="/page.js"></script>`);
    });
    const { id, secret } = await stage.server.client({
      authMethods: ["client_secret_basic"],
      redirectUris: [`${app.origin}/bff/callback`],
    });
    bff = createBff({
      issuer: stage.issuer,
      clientId: id,
      clientSecret: secret,
      origin: app.origin,
      scope: "openid profile notes:read",
      resource: stage.api.origin,
      upstreams: { "/notes": `${stage.api.origin}/notes`, "/write": `${stage.api.origin}/write` },
    });
  });
  after(async () => {
    await app.close();
    await stage.close();
  });

  it("signs in, and the page sees neither a token nor the cookie", async () => {
    page = await profile.page();
    await page.goto(`${app.origin}/here?it=is`);
    await waitFor(page, "signed-out");
    await page.evaluate("void client.signIn()");
    await approve(page);
    await waitFor(page, "signed-in");
    assert.equal(page.url(), `${app.origin}/here?it=is`);
    assert.equal(await page.evaluate("client.session().account.name"), "Ada");
    assert.equal(await page.evaluate("document.cookie"), "");
    assert.equal((await notes(page, "/notes")).status, 200);
    await page.reload();
    await waitFor(page, "signed-in");
  });

  it("steps up as it would without a backend", async () => {
    const refused = await notes(page, "/write", { method: "POST", body: "a note" });
    assert.deepEqual(refused, { error: "step_up", stepUp: { kind: "scope", scopes: ["notes:write"] } });
    await page.evaluate("void client.signIn({ stepUp: { kind: 'scope', scopes: ['notes:write'] } })");
    await page.click("button[value=allow]");
    await waitFor(page, "signed-in");
    const done = await notes(page, "/write", { method: "POST", body: "a note" });
    assert.partialDeepStrictEqual(JSON.parse(done.body ?? ""), { body: "a note" });
  });

  for (const { word, error } of [
    { word: "access_denied", error: ["denied", "access_denied"] },
    { word: "callback", error: ["callback", undefined] },
    { word: "Your account is locked, call 555", error: [undefined, undefined] },
  ]) {
    it(`says why a sign-in came to nothing, in a word and no more, and the URL is clean: ${word}`, async () => {
      await page.goto(`${app.origin}/here?${new URLSearchParams({ sign_in_error: word, x: "1" })}`);
      await waitFor(page, "signed-in");
      const told = "[client.session().error?.code, client.session().error?.oauthError]";
      assert.deepEqual(await page.evaluate(told), error);
      assert.equal(page.url(), `${app.origin}/here?x=1`);
    });
  }

  it("signs nobody out because the backend does not answer", async () => {
    await page.route("**/bff/session", (route) => route.abort());
    await page.evaluate("void dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    await page.waitForFunction("client.session().error?.code === 'unreachable'");
    assert.equal(await page.evaluate("client.session().status"), "signed-in");
    await page.unroute("**/bff/session");
  });

  it("signs out in every tab", async () => {
    const other = await profile.page();
    for (const tab of [page, other]) {
      await tab.goto(app.origin);
      await waitFor(tab, "signed-in");
    }
    await other.evaluate("client.signOut({ local: true })");
    for (const tab of [page, other]) await waitFor(tab, "signed-out");
    assert.deepEqual(await notes(page, "/notes"), { error: "signed_out" });
  });
});
