import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ABrowser, type Visit } from "../testing/a-browser.ts";
import { authorizationUrl, pkce } from "../testing/a-login.ts";
import { type AServer, type AServerOptions, aServer, callback, password } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const email = "ada@example.com";
const session = "__Host-valetkey-session";

async function atSignIn(server: AServer, asked: Readonly<Record<string, string>> = {}) {
  const client = await server.client();
  const browser = new ABrowser(server);
  const url = authorizationUrl(server, client, { code_challenge: pkce().challenge, ...asked });
  return { browser, client, page: await browser.open(url) };
}

/** What a person can tell two refusals apart by. */
function seen(visit: Visit): unknown {
  const body = visit.body.replaceAll(/value="[^"]*"/g, "").replaceAll(/\?interaction=[^"]*/g, "");
  return { status: visit.status, headers: [...visit.headers].filter(([name]) => name !== "date"), body };
}

describe("signing in", () => {
  it("tells a wrong password, an unknown account and one that is switched off in the same way", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    await server.person();
    await server.person({ email: "off@example.com", disabledAt: server.clock.now() });
    await server.person({ email: "none@example.com", passwordHash: null });
    const { browser, page } = await atSignIn(server);
    const answers = [];
    for (const given of [
      { email, password: "wrong horse" },
      { email, password: "" },
      { email: "nobody@example.com", password },
      { email: "off@example.com", password },
      { email: "none@example.com", password: "" },
      { email: "none@example.com", password },
      { email: "__proto__", password },
      { email: `${email}\u0000`, password },
      { email: "' OR 1=1 --", password },
    ]) {
      answers.push(seen(await browser.submit(page, given)));
    }
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    assert.equal((answers[0] as { status: number }).status, 400);
    assert.equal(browser.cookies.has(session), false);
    assert.equal(server.audit.events.filter(({ what }) => what === "sign-in.refused").length, 9);
    // The person is told one thing, the operator which.
    const told = server.audit.steps.map(({ says }) => /page was shown again\. (.*)/.exec(says)?.[1]);
    assert.equal(told.filter((detail) => detail === "Wrong email or password.").length, 8);
    assert.equal(told.filter((detail) => detail === "The account is switched off.").length, 1);
  });

  it("takes the email in any case and with spaces around it", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    await server.person();
    const { browser, page } = await atSignIn(server);
    assert.match((await browser.submit(page, { email: " ADA@Example.com ", password })).url, /\/consent\?/);
  });

  spec("I2-SECRETS", "leaves no password in the audit log or the trace", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    await server.person();
    const { browser, page } = await atSignIn(server);
    await browser.submit(page, { email, password: "s3cret-wrong-one" });
    await browser.submit(page, { email: "s3cret-in-the-wrong-field", password });
    await browser.submit(page, { email, password });
    assert.doesNotMatch(server.audit.text, /s3cret/);
    assert.equal(server.audit.text.includes(password), false);
  });

  spec("I2-COOKIES", "replaces a planted session cookie, whatever it is", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    await server.person();
    await server.person({ email: "eve@example.com" });
    const eve = await atSignIn(server);
    await eve.browser.submit(eve.page, { email: "eve@example.com", password });
    for (const planted of ["A".repeat(43), eve.browser.cookies.get(session) ?? ""]) {
      const { browser, client } = await atSignIn(server);
      browser.cookies.set(session, planted);
      const asked = { code_challenge: pkce().challenge, prompt: "login" };
      const page = await browser.open(authorizationUrl(server, client, asked));
      await browser.submit(page, { email, password });
      const now = browser.cookies.get(session);
      assert.notEqual(now, planted);
      assert.match(now ?? "", /^[A-Za-z0-9_-]{43}$/);
      // Whoever planted the cookie holds nothing.
      const thief = new ABrowser(server);
      thief.cookies.set(session, planted);
      const visit = await thief.open(authorizationUrl(server, client, { code_challenge: pkce().challenge }));
      assert.match(visit.url, /\/sign-in\?/);
    }
  });

  for (const { issuer, name, attributes } of [
    {
      issuer: "https://auth.example.com",
      name: "__Host-valetkey",
      attributes: ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"],
    },
    {
      issuer: "https://example.com/auth",
      name: "__Host-valetkey",
      attributes: ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"],
    },
    { issuer: "http://localhost:4000", name: "valetkey", attributes: ["Path=/", "HttpOnly", "SameSite=Lax"] },
  ]) {
    spec("I2-COOKIES", `sets its cookies for ${issuer} as safely as that allows`, async (t) => {
      const server = await aServer({ issuer });
      t.after(() => server.close());
      await server.person();
      const client = await server.client();
      const url = authorizationUrl(server, client, { code_challenge: pkce().challenge });
      const lines = (await server.fetchHere(url)).headers.getSetCookie();
      const { browser, page } = await atSignIn(server);
      const fields = /name="interaction" value="([^"]*)"[\s\S]*name="form_token" value="([^"]*)"/.exec(
        page.body,
      );
      const answer = await server.fetchHere(`${issuer}/sign-in`, {
        method: "POST",
        headers: { cookie: [...browser.cookies].map((pair) => pair.join("=")).join("; ") },
        body: new URLSearchParams({
          interaction: fields?.[1] ?? "",
          form_token: fields?.[2] ?? "",
          email,
          password,
        }),
      });
      assert.equal(answer.status, 303);
      lines.push(...answer.headers.getSetCookie());
      assert.deepEqual(
        lines.map((line) => line.replace(/=[^;]*/, "").split("; ")),
        [
          [`${name}-browser`, ...attributes],
          [`${name}-session`, ...attributes, "Max-Age=43200"],
          [`${name}-known`, ...attributes, "Max-Age=31536000"],
        ],
      );
    });
  }

  it("ends with the account: a session of one that is switched off is nobody's", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const ada = await server.person();
    const { browser, client, page } = await atSignIn(server);
    await browser.submit(page, { email, password });
    await server.store.accounts.setDisabled(ada.id, server.clock.now());
    const visit = await browser.open(authorizationUrl(server, client, { code_challenge: pkce().challenge }));
    assert.match(visit.url, /\/sign-in\?/);
  });

  it("lets another person sign in from the consent page, for whom it is then", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    await server.person();
    await server.person({ email: "bob@example.com", name: "Bob" });
    const { browser, page } = await atSignIn(server);
    const consent = await browser.submit(page, { email, password });
    const href = /href="([^"]*)">Use another account/.exec(consent.body)?.[1] ?? "";
    const again = await browser.submit(await browser.open(href), { email: "bob@example.com", password });
    assert.match(again.body, /bob@example\.com/);
    assert.match(
      (await browser.submit(again, { decision: "allow" })).url,
      new RegExp(`^${callback}\\?code=`),
    );
  });
});

const limits: NonNullable<AServerOptions["limits"]> = {
  sign_in: { limit: 5, window: 300 },
  sign_in_address: { limit: 20, window: 300 },
};

describe("the limit of failed sign-ins", () => {
  spec("I2-LIMITS", "answers 429 with Retry-After, whatever the password, and ends", async (t) => {
    const server = await aServer({ limits });
    t.after(() => server.close());
    await server.person();
    const { browser, page } = await atSignIn(server);
    for (let i = 0; i < 5; i++)
      assert.equal((await browser.submit(page, { email, password: "x" })).status, 400);
    for (const given of ["x", password]) {
      const refused = await browser.submit(page, { email, password: given });
      assert.equal(refused.status, 429);
      assert.ok(Number(refused.headers.get("retry-after")) > 0);
      assert.match(refused.body, /Wait [0-9]+ seconds/);
      assert.equal(server.audit.lastRefusal, "request.rate");
    }
    server.clock.advance(400);
    assert.match((await browser.submit(page, { email, password })).url, /\/consent\?/);
  });

  spec("I2-LIMITS", "locks nobody out from another address", async (t) => {
    const server = await aServer({ limits });
    t.after(() => server.close());
    await server.person();
    const eve = await atSignIn(server);
    for (let i = 0; i < 8; i++) await eve.browser.submit(eve.page, { email, password: "x" });
    const elsewhere: AServer = {
      ...server,
      fetchHere: (input, init) => server.fetch(new Request(input, init), { address: "198.51.100.7" }),
    };
    const { browser, page } = await atSignIn(elsewhere);
    assert.match((await browser.submit(page, { email, password })).url, /\/consent\?/);
  });

  spec("I2-LIMITS", "counts an address over many accounts", async (t) => {
    const server = await aServer({ limits });
    t.after(() => server.close());
    const { browser, page } = await atSignIn(server);
    const statuses = [];
    for (let i = 0; i < 25; i++) {
      statuses.push((await browser.submit(page, { email: `a${i}@example.com`, password: "x" })).status);
    }
    assert.deepEqual(statuses, [...Array(20).fill(400), ...Array(5).fill(429)]);
  });

  spec("I2-LIMITS", "holds for guesses that run side by side, and does not tell the right one", async (t) => {
    const server = await aServer({ limits });
    t.after(() => server.close());
    await server.person();
    const { browser, page } = await atSignIn(server);
    const guesses = [...Array(40).fill("x"), password];
    const answers = await Promise.all(
      guesses.map((guess) => browser.submit(page, { email, password: guess })),
    );
    assert.equal(answers.filter(({ status }) => status === 400).length, 5);
    assert.equal(answers.at(-1)?.status, 429);
  });

  spec("I2-LIMITS", "holds for an address whose guesses at many accounts run side by side", async (t) => {
    const server = await aServer({ limits });
    t.after(() => server.close());
    await server.person();
    const { browser, page } = await atSignIn(server);
    const names = [...Array.from({ length: 60 }, (_, n) => `a${n}@example.com`), email];
    const answers = await Promise.all(names.map((one) => browser.submit(page, { email: one, password })));
    assert.equal(answers.filter(({ status }) => status === 400).length, 20);
    assert.equal(answers.at(-1)?.status, 429);
  });

  spec("I2-LIMITS", "counts failures alone: a whole school signs in at once", async (t) => {
    const server = await aServer({ limits });
    t.after(() => server.close());
    await server.person();
    const people = Array.from({ length: 30 }, (_, n) => `pupil${n}@example.com`);
    for (const one of people) await server.person({ id: `acc_${one}`, email: one });
    const visits = await Promise.all(
      people.map(async (one) => {
        const { browser, page } = await atSignIn(server);
        return await browser.submit(page, { email: one, password });
      }),
    );
    for (const visit of visits) assert.match(visit.url, /\/consent\?/);
    // And ten times in a row by one person, for whom nothing is left counted.
    for (let turn = 0; turn < 10; turn++) {
      const { browser, page } = await atSignIn(server);
      assert.match((await browser.submit(page, { email, password })).url, /\/consent\?/);
    }
  });
});
