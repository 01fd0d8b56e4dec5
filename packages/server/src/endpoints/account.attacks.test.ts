import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { ABrowser } from "../testing/a-browser.ts";
import { type AServer, aServer, issuer } from "../testing/a-server.ts";
import { AnAccountPage } from "../testing/an-account-page.ts";
import { email } from "../testing/an-account-world.ts";
import { spec } from "../testing/spec.ts";

/** Every form of an account's pages, with each field that one of them reads. */
const forms: Readonly<Record<string, readonly string[]>> = {
  "/account": ["end"],
  "/account/security": ["action", "upstream", "subject"],
  "/account/security/passkey": ["action", "id", "name", "interaction", "credential"],
  "/account/security/password": ["action", "current", "password", "sign_out"],
  "/account/security/app": ["new_secret", "code"],
  "/account/security/email": ["action", "email", "interaction", "code"],
  "/account/sessions": ["end"],
  "/account/data": ["name", "locale"],
  "/account/delete": ["email"],
};

/** What makes a form do something, so that the hostile field is reached. */
const actions: Readonly<Record<string, readonly string[]>> = {
  "/account/security": ["remove-app", "new-codes", "disconnect", "verify-email"],
  "/account/security/passkey": ["add", "rename", "remove"],
  "/account/security/password": ["set", "remove"],
  "/account/security/email": ["mail", "confirm"],
};

const hostile = [
  'x\r\nSet-Cookie: evil=1\r\n\r\n"><script>alert(1)</script>',
  "\u0000\ud800\ufffe\u202e",
  "__proto__",
  "9".repeat(20_000),
];

describe("an account's pages", () => {
  let server: AServer;
  let page: AnAccountPage;
  before(async () => {
    server = await aServer();
    await server.person({ email });
    page = await AnAccountPage.open(server);
  });
  after(() => server.close());

  for (const [path, fields] of Object.entries(forms)) {
    spec("I2-HEADERS", `break out of nothing and fail at nothing in a form to ${path}`, async () => {
      const form_token = await page.token();
      for (const action of actions[path] ?? [""])
        for (const field of fields)
          for (const value of hostile) {
            const body = new URLSearchParams({ form_token, action, [field]: value });
            const { status, body: html, headers } = await send(page, path, body);
            assert.ok(status < 500, `${action} ${field} ${value.slice(0, 20)}: ${status}`);
            assert.doesNotMatch(html, /<script>/);
            assert.equal(
              headers.getSetCookie().some((line) => line.startsWith("evil")),
              false,
            );
          }
      assert.deepEqual(server.audit.failures, []);
      assert.ok(await server.store.accounts.findByEmail(email), "nothing of it deleted the account");
    });

    it(`read no field twice, and no other kind of body, in a form to ${path}`, async () => {
      const [field = ""] = fields;
      const form_token = await page.token();
      const twice = new URLSearchParams([
        ["form_token", form_token],
        [field, "a"],
        [field, "b"],
      ]);
      const repeated = await send(page, path, twice);
      assert.deepEqual([repeated.status, server.audit.lastRefusal], [400, "parameter.repeated"]);
      const json = { "content-type": "application/json" };
      const other = await send(page, path, new URLSearchParams({ form_token, [field]: "a" }), json);
      assert.deepEqual([other.status, server.audit.lastRefusal], [400, "request.content-type"]);
    });

    it(`at ${path} take no method but GET and POST, and are nobody else's to read`, async () => {
      const headers = { origin: "https://evil.example", cookie: cookiesOf(page.browser) };
      for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS"]) {
        const answer = await server.fetchHere(`${issuer}${path}`, { method, headers });
        assert.deepEqual([answer.status, answer.headers.get("allow")], [405, "GET, POST, HEAD"]);
        assert.equal(answer.headers.get("access-control-allow-origin"), null);
      }
      const head = await server.fetchHere(`${issuer}${path}`, { method: "HEAD", headers });
      assert.deepEqual([head.status, await head.text()], [200, ""]);
      assert.equal(head.headers.get("access-control-allow-origin"), null);
      assert.equal(head.headers.get("cache-control"), "no-store");
    });
  }

  spec("I6-ACCOUNT-SESSIONS", "are closed at once to a browser whose account is switched off", async () => {
    const bob = await server.person({ email: "bob@example.com" });
    const theirs = await AnAccountPage.open(server, { email: "bob@example.com" });
    const form_token = await theirs.token();
    const cookies = new Map(theirs.browser.cookies);
    await server.store.accounts.setDisabled(bob.id, server.clock.now());
    for (const path of Object.keys(forms)) {
      assert.match((await theirs.browser.open(path)).url, /\/sign-in\?/);
      theirs.browser.cookies.set(...([...cookies].find(([name]) => name.endsWith("session")) ?? ["", ""]));
      const sent = await send(theirs, path, new URLSearchParams({ form_token, end: "all" }));
      assert.match(sent.url, /\/sign-in\?/);
    }
  });
});

async function send({ browser }: AnAccountPage, path: string, body: URLSearchParams, more = {}) {
  const headers = { origin: "null", "sec-fetch-site": "same-origin", ...more };
  return await browser.open(path, { method: "POST", body, headers });
}

function cookiesOf({ cookies }: ABrowser): string {
  return [...cookies].map((pair) => pair.join("=")).join("; ");
}
