import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { ABrowser, type Visit } from "../testing/a-browser.ts";
import { type AServer, type AServerOptions, aServer, password } from "../testing/a-server.ts";
import { ASignIn } from "../testing/a-sign-in.ts";
import { AnAccountPage } from "../testing/an-account-page.ts";
import { from } from "../testing/from-address.ts";
import { codeTo, linkTo, told } from "../testing/mailed.ts";
import { spec } from "../testing/spec.ts";

const email = "ada@example.com";
const known = "__Host-valetkey-known";
const fresh = "a new correct horse";

const limits = {
  sign_in: { limit: 3, window: 86_400, longest: 900 },
  sign_in_address: { limit: 10, window: 300 },
  sign_in_account: { limit: 6, window: 3600 },
} satisfies AServerOptions["limits"];

async function aWorld(t: TestContext, options: AServerOptions = {}): Promise<AServer> {
  const server = await aServer({ limits, ...options });
  t.after(() => server.close());
  await server.person();
  return server;
}

async function guess(browser: ABrowser, typed: string, who = email): Promise<Visit> {
  return await browser.submit(await browser.open("/account"), { email: who, password: typed });
}

const isIn = ({ url }: Visit) => new URL(url).pathname === "/account";

/** Guesses from many addresses, until the account takes none from a browser that it does not know. */
async function attack(server: AServer, who = email): Promise<Visit> {
  for (let n = 0; n < 20; n++) {
    const visit = await guess(new ABrowser(from(server, `198.51.100.${n}`)), "wrong", who);
    if (visit.status === 429) return visit;
    assert.equal(visit.status, 400);
  }
  return assert.fail("The attack was never stopped.");
}

/** A browser in which the person signed in once, and whose session is over. */
async function aKnownBrowser(server: AServer): Promise<ABrowser> {
  const browser = new ABrowser(server);
  assert.ok(isIn(await guess(browser, password)));
  signOut(browser);
  return browser;
}

function signOut(browser: ABrowser): void {
  browser.cookies.delete("__Host-valetkey-session");
}

describe("wrong passwords for one account", () => {
  spec("I6-BRUTE-FORCE", "make the next one wait twice as long each time, at one address", async (t) => {
    const server = await aWorld(t, { limits: { sign_in: limits.sign_in } });
    const browser = new ABrowser(server);
    const waits = [];
    for (let n = 0; n < 15; n++) {
      assert.equal((await guess(browser, "wrong")).status, 400);
      if (n < 2) continue;
      const right = await guess(browser, password);
      const wait = Number(right.headers.get("retry-after"));
      assert.deepEqual([right.status, server.audit.lastRefusal], [429, "request.rate"]);
      waits.push(wait);
      server.clock.advance(wait);
    }
    assert.deepEqual(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
    assert.ok(isIn(await guess(browser, password)));
  });

  spec("I6-BRUTE-FORCE", "are forgotten with the right one, at that address alone", async (t) => {
    const server = await aWorld(t, { limits: { sign_in: limits.sign_in } });
    for (const address of ["198.51.100.7", "203.0.113.9"])
      for (let n = 0; n < 2; n++) await guess(new ABrowser(from(server, address)), "wrong");
    assert.ok(isIn(await guess(new ABrowser(server), password)));
    const statuses = [];
    for (const address of ["203.0.113.9", "203.0.113.9", "198.51.100.7", "198.51.100.7"])
      statuses.push((await guess(new ABrowser(from(server, address)), "wrong")).status);
    assert.deepEqual(statuses, [400, 400, 400, 429]);
  });

  spec("I6-BRUTE-FORCE", "are counted for it from all addresses together", async (t) => {
    const server = await aWorld(t);
    await attack(server);
    const stranger = new ABrowser(from(server, "192.0.2.1"));
    const refused = await guess(stranger, password);
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers.get("retry-after")) > 0);
    assert.equal(server.audit.events.filter(({ what }) => what === "sign-in.refused").length, 6);
    server.clock.advance(3800);
    assert.ok(isIn(await guess(stranger, password)));
  });

  spec("I6-BRUTE-FORCE", "are counted side by side from many addresses too", async (t) => {
    const server = await aWorld(t);
    const visits = await Promise.all(
      Array.from({ length: 30 }, async (_, n) => guess(new ABrowser(from(server, `192.0.2.${n}`)), "wrong")),
    );
    assert.equal(visits.filter(({ status }) => status === 400).length, 6);
  });

  spec("I6-BRUTE-FORCE", "are refused alike where there is no account", async (t) => {
    const server = await aWorld(t);
    const nobody = "nobody@example.com";
    assert.deepEqual(told(await attack(server), email), told(await attack(server, nobody), nobody));
  });
});

describe("a browser that an account knows", () => {
  spec("I6-NO-LOCK-OUT", "signs in while others guess, from its own address too", async (t) => {
    const server = await aWorld(t);
    const browser = await aKnownBrowser(server);
    await attack(server);
    // Somebody behind the same address uses up all that the address may try.
    for (let n = 0; n < 12; n++) await guess(new ABrowser(server), "wrong", `a${n}@example.com`);
    assert.equal((await guess(new ABrowser(server), password)).status, 429);
    assert.equal((await guess(browser, "mistyped")).status, 400);
    assert.ok(isIn(await guess(browser, password)));
  });

  spec("I6-NO-LOCK-OUT", "is limited by itself, wherever it goes", async (t) => {
    const server = await aWorld(t);
    const browser = await aKnownBrowser(server);
    const statuses = [];
    for (let n = 0; n < 5; n++) {
      const moved = new ABrowser(from(server, `192.0.2.${n}`));
      for (const [name, value] of browser.cookies) moved.cookies.set(name, value);
      statuses.push((await guess(moved, "wrong")).status);
    }
    assert.deepEqual(statuses, [400, 400, 400, 429, 429]);
    assert.ok(isIn(await guess(await aKnownBrowser(server), password)), "and another one is not kept out");
  });

  spec("I6-NO-LOCK-OUT", "knows several accounts, each by itself", async (t) => {
    const server = await aWorld(t);
    await server.person({ email: "bob@example.com" });
    const browser = await aKnownBrowser(server);
    assert.ok(isIn(await guess(browser, password, "bob@example.com")));
    signOut(browser);
    for (const who of [email, "bob@example.com"]) {
      await attack(server, who);
      assert.ok(isIn(await guess(browser, password, who)), who);
      signOut(browser);
    }
    assert.equal(browser.cookies.get(known)?.split("~").length, 2);
  });

  for (const { given, cookie } of [
    {
      given: "the cookie of another account",
      cookie: async (server: AServer) => {
        await server.person({ email: "eve@example.com" });
        const browser = new ABrowser(server);
        await guess(browser, password, "eve@example.com");
        return browser.cookies.get(known) ?? "";
      },
    },
    {
      given: "a forged one",
      cookie: async (server: AServer) => {
        const real = (await aKnownBrowser(server)).cookies.get(known) ?? "";
        const [keyId, , time, mac] = real.split(".");
        return [keyId, "AAAAAAAAAAAAAAAA", time, mac].join(".");
      },
    },
    {
      given: "one of a year ago",
      cookie: async (server: AServer) => {
        const browser = await aKnownBrowser(server);
        server.clock.advance(365 * 86_400);
        return browser.cookies.get(known) ?? "";
      },
    },
    {
      given: "one from before the password changed",
      cookie: async (server: AServer) => {
        const browser = await aKnownBrowser(server);
        const page = await AnAccountPage.open(server);
        const values = { action: "set", current: password, password: fresh, sign_out: "on" };
        assert.equal((await page.send("security/password", values)).status, 200);
        return browser.cookies.get(known) ?? "";
      },
    },
  ]) {
    spec("I6-NO-LOCK-OUT", `is none with ${given}`, async (t) => {
      const server = await aWorld(t);
      const browser = new ABrowser(from(server, "192.0.2.1"));
      browser.cookies.set(known, await cookie(server));
      await attack(server);
      assert.deepEqual(
        [await guess(browser, password), await guess(browser, fresh)].map(({ status }) => status),
        [429, 429],
      );
    });
  }

  spec("I6-NO-LOCK-OUT", "is the one in which the password was changed", async (t) => {
    const server = await aWorld(t);
    const page = await AnAccountPage.open(server);
    const values = { action: "set", current: password, password: fresh, sign_out: "on" };
    await page.send("security/password", values);
    signOut(page.browser);
    await attack(server);
    assert.ok(isIn(await guess(page.browser, fresh)));
  });

  spec("I6-NO-LOCK-OUT", "is one where a mailed code signed in, or a team's own page did", async (t) => {
    const server = await aWorld(t);
    await attack(server);
    const ways = await ASignIn.begin(server, "/account");
    await ways.act("email", { email });
    const { step } = await ways.act("email-code", { code: codeTo(server, email) });
    assert.equal(step, "done");
    signOut(ways.browser);
    assert.ok(isIn(await guess(ways.browser, password)));
  });

  it("is not told by the cookie whose it is", async (t) => {
    const server = await aWorld(t);
    const ada = await server.store.accounts.findByEmail(email);
    const browser = await aKnownBrowser(server);
    assert.ok(browser.cookies.get(known));
    for (const name of [email, ada?.id ?? "?"])
      assert.equal(browser.cookies.get(known)?.includes(name), false);
  });
});

describe("a person whose account is under attack, in a browser that it does not know", () => {
  const mails = { mail: { limit: 3, window: 3600 }, mail_address: { limit: 100, window: 3600 } };

  async function askLink(server: AServer, address: string): Promise<Visit> {
    const browser = new ABrowser(from(server, address));
    return await browser.submit(await browser.open("/reset"), { email });
  }

  async function setsPassword(server: AServer): Promise<ABrowser> {
    const browser = new ABrowser(server);
    const done = await browser.submit(await browser.open(linkTo(server, email)), { password: fresh });
    assert.equal(done.status, 200);
    return browser;
  }

  spec("I6-NO-LOCK-OUT", "sets a new password by mail and signs in with it", async (t) => {
    const server = await aWorld(t, { limits: { ...limits, ...mails } });
    await attack(server);
    // Who asks for codes in their place keeps no link from them.
    for (let n = 0; n < 5; n++) {
      const eve = await ASignIn.begin(from(server, `192.0.2.${n}`), "/account");
      assert.equal((await eve.act("email", { email })).status, n < 3 ? 200 : 429);
    }
    assert.equal((await askLink(server, "203.0.113.9")).status, 200);
    assert.ok(isIn(await guess(await setsPassword(server), fresh)));
  });

  spec("I6-NO-LOCK-OUT", "does so with a link that somebody else asked for", async (t) => {
    const server = await aWorld(t, { limits: { ...limits, ...mails } });
    await attack(server);
    for (let n = 0; n < 5; n++)
      assert.equal((await askLink(server, `192.0.2.${n}`)).status, n < 3 ? 200 : 429);
    assert.ok(isIn(await guess(await setsPassword(server), fresh)));
    assert.equal(server.mails.sent.filter(({ subject }) => subject.startsWith("Set a new")).length, 3);
  });
});
