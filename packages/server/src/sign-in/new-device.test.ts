import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { type AServerOptions, aServer, password } from "../testing/a-server.ts";
import { AnAccountPage } from "../testing/an-account-page.ts";
import { spec } from "../testing/spec.ts";

const email = "ada@example.com";
const day = 86_400;
const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";
const newerFirefox = firefox.replaceAll("143.0", "171.0");
const safari =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15";

describe("a sign-in from a device", () => {
  for (const { given, seen, after = day, comes, mailed } of [
    { given: "the first ever", seen: [], comes: firefox, mailed: false },
    { given: "that was seen before", seen: [firefox], comes: firefox, mailed: false },
    { given: "that was brought up to date", seen: [firefox], comes: newerFirefox, mailed: false },
    { given: "of another kind", seen: [firefox], comes: safari, mailed: true },
    { given: "that does not say what it is", seen: [firefox], comes: "", mailed: true },
    { given: "among others", seen: [firefox, safari], comes: firefox, mailed: false },
    {
      given: "that was away for half a year",
      seen: [safari],
      after: 181 * day,
      comes: safari,
      mailed: false,
    },
    {
      given: "of another kind after half a year",
      seen: [safari],
      after: 100 * day,
      comes: firefox,
      mailed: true,
    },
  ] as readonly { given: string; seen: string[]; after?: number; comes: string; mailed: boolean }[]) {
    spec("I6-ACCOUNT-MAILS", `${given} is ${mailed ? "told" : "not told"} by mail`, async (t) => {
      const server = await aWorld(t);
      for (const userAgent of seen) await AnAccountPage.open(server, { userAgent });
      // Sessions are collected once they expired; what stays is the audit trail.
      await server.store.journal.append(server.audit.events, []);
      server.clock.advance(after);
      await server.store.collect(server.clock.now(), { unused: 0, events: 0 }, 100);
      server.mails.sent.length = 0;
      await AnAccountPage.open(server, { userAgent: comes });
      assert.equal(server.mails.sent.length, mailed ? 1 : 0);
    });
  }

  spec("I6-ACCOUNT-MAILS", "is named in words", async (t) => {
    const server = await aWorld(t);
    await AnAccountPage.open(server, { userAgent: firefox });
    await AnAccountPage.open(server, { userAgent: safari });
    const { subject = "", text = "" } = server.mails.newestTo(email) ?? {};
    assert.match(subject, /A new device signed in/);
    assert.match(text, /not seen here before: Safari on a Mac\./);
    await AnAccountPage.open(server, { userAgent: "" });
    assert.match(server.mails.newestTo(email)?.text ?? "", /before: A browser that did not say what it is\./);
  });

  it("that knows the account by its cookie is not told, whatever it calls itself now", async (t) => {
    const server = await aWorld(t);
    const { browser } = await AnAccountPage.open(server, { userAgent: firefox });
    const again = await browser.open("/account/sign-in?to=account");
    await browser.submit(again, { email, password }, { "user-agent": safari });
    assert.deepEqual(server.mails.sent, []);
  });

  it("is the first, whatever else happened with the account before", async (t) => {
    const server = await aWorld(t);
    const account = await server.store.accounts.findByEmail(email);
    const asked = { at: server.clock.now(), what: "password.reset-asked", accountId: account?.id ?? "" };
    await server.store.journal.append([asked], []);
    await AnAccountPage.open(server, { userAgent: firefox });
    assert.deepEqual(server.mails.sent, []);
  });

  it("is told where refused sign-ins crowd the trail", async (t) => {
    const server = await aWorld(t);
    const account = await server.store.accounts.findByEmail(email);
    const refused = { at: server.clock.now(), what: "sign-in.refused", accountId: account?.id ?? "" };
    await server.store.journal.append(
      Array.from({ length: 200 }, () => refused),
      [],
    );
    await AnAccountPage.open(server, { userAgent: safari });
    assert.equal(server.mails.sent.length, 1);
  });

  it("of another account is none of this one", async (t) => {
    const server = await aWorld(t);
    await server.person({ email: "bob@example.com" });
    await AnAccountPage.open(server, { email: "bob@example.com", userAgent: safari });
    await AnAccountPage.open(server, { userAgent: firefox });
    assert.deepEqual(server.mails.sent, []);
  });

  it("is told nobody where no mail can be sent", async (t) => {
    const server = await aWorld(t, { mail: "none" });
    await AnAccountPage.open(server, { userAgent: firefox });
    await AnAccountPage.open(server, { userAgent: safari });
    assert.deepEqual(server.mails.sent, []);
  });
});

async function aWorld(t: TestContext, options: AServerOptions = {}) {
  const server = await aServer(options);
  t.after(() => server.close());
  await server.person({ email });
  return server;
}
