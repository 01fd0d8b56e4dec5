import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ABrowser, type Visit } from "../testing/a-browser.ts";
import { authorizationUrl, pkce, redeem } from "../testing/a-login.ts";
import { type AServer, aServer } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const email = "ada@example.com";

async function atCode(server: AServer, to: string, browser = new ABrowser(server)) {
  const client = await server.client();
  const { verifier, challenge } = pkce();
  const page = await browser.open(authorizationUrl(server, client, { code_challenge: challenge }));
  const asked = await browser.submit(page, { email: to, action: "email" });
  return { browser, client, verifier, page: asked };
}

function codeIn(server: AServer): string {
  const mail = server.mails.sent.at(-1);
  return /^\s*(\d{4} ?\d{4})\s*$/m.exec(mail?.text ?? "")?.[1] ?? assert.fail(`no code in: ${mail?.text}`);
}

/** What a person can tell two answers apart by. */
function seen(visit: Visit, typed: string): unknown {
  const body = visit.body
    .replaceAll(/value="[^"]*"/g, "")
    .replaceAll(/interaction=[^"&]*/g, "")
    .replaceAll(typed, "X");
  return { status: visit.status, headers: [...visit.headers].filter(([name]) => name !== "date"), body };
}

describe("signing in by a mailed code", () => {
  spec("I6-EMAIL", "lets who reads the mail in, and says in amr how", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const account = await server.person({ emailVerified: false });
    const { browser, client, verifier, page } = await atCode(server, ` ${email.toUpperCase()} `);
    assert.match(page.body, /Check your email/);
    const consent = await browser.submit(page, { code: codeIn(server) });
    assert.match(consent.url, /\/consent\?/);
    const end = await browser.submit(consent, { decision: "allow" });
    const code = new URL(end.url).searchParams.get("code") ?? "";
    const { body } = await redeem(server, client, { code, verifier });
    const claims = JSON.parse(
      Buffer.from(String(body.access_token).split(".")[1] ?? "", "base64url").toString(),
    );
    assert.equal(claims.sub, account.id);
    assert.equal((await server.store.accounts.find(account.id))?.emailVerified, true);
    const [session] = await server.store.sessions.listOf(account.id);
    assert.deepEqual(session?.amr, ["email"]);
  });

  spec(
    "I6-ENUMERATION",
    "answers alike for no account, one that is switched off and one that is there",
    async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      await server.person();
      await server.person({ email: "off@example.com", disabledAt: server.clock.now() });
      const answers = [];
      for (const to of [email, "off@example.com", "nobody@example.com"]) {
        const { browser, page } = await atCode(server, to);
        const wrong = await browser.submit(page, { code: "0000 0000" });
        answers.push([seen(page, to), seen(wrong, to)]);
      }
      for (const answer of answers) assert.deepEqual(answer, answers[0]);
      assert.deepEqual(
        server.mails.sent.map(({ to }) => to),
        [email],
      );
    },
  );

  spec(
    "I6-EMAIL",
    "takes a code once, five guesses, fifteen minutes, and in its own browser alone",
    async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      await server.person();
      for (const { given, spoil } of [
        {
          given: "five wrong guesses",
          spoil: async (browser: ABrowser, page: Visit) => {
            for (let n = 0; n < 5; n++) await browser.submit(page, { code: `9999999${n}` });
          },
        },
        {
          given: "another code was sent",
          spoil: async (browser: ABrowser, page: Visit) => {
            await browser.submit(page, { action: "email", code: "" });
          },
        },
        { given: "fifteen minutes", spoil: async () => server.clock.advance(900) },
      ]) {
        const { browser, page } = await atCode(server, email);
        const code = codeIn(server);
        await spoil(browser, page);
        const end = await browser.submit(page, { action: "email-code", code });
        assert.equal(end.status, 400, given);
        assert.equal(browser.cookies.has("__Host-valetkey-session"), false, given);
      }
      const { browser, page } = await atCode(server, email);
      const code = codeIn(server);
      const thief = await atCode(server, "nobody@example.com");
      assert.equal((await thief.browser.submit(thief.page, { code })).status, 400);
      assert.match((await browser.submit(page, { code })).url, /consent/);
      assert.equal((await browser.submit(page, { code })).status, 400);
    },
  );

  it("is not done by opening the link of the mail, which only fills the code in", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    await server.person();
    const { browser } = await atCode(server, email);
    const link = /https:\S+sign-in\?\S+/.exec(server.mails.sent[0]?.text ?? "")?.[0] ?? "";
    const scanner = await new ABrowser(server).open(link);
    assert.equal(scanner.status, 400);
    const page = await browser.open(link);
    assert.equal(browser.cookies.has("__Host-valetkey-session"), false);
    assert.match(page.body, /id="code"[^>]* value="\d{8}"/);
    assert.match((await browser.submit(page, {})).url, /consent/);
  });

  spec("I6-MAIL-FLOOD", "writes to one address only so often, whoever asks", async (t) => {
    const many = { limit: 1000, window: 3600 };
    const server = await aServer({ limits: { mail: { limit: 3, window: 3600 }, mail_address: many } });
    t.after(() => server.close());
    await server.person();
    for (let n = 0; n < 3; n++) await atCode(server, email);
    const { page } = await atCode(server, email);
    assert.equal(page.status, 429);
    assert.equal(server.mails.sent.length, 3);
    // Counted for an address without an account alike, or the limit would tell.
    for (let n = 0; n < 3; n++) await atCode(server, "nobody@example.com");
    assert.equal((await atCode(server, "nobody@example.com")).page.status, 429);
  });
});
