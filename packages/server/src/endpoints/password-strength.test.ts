import assert from "node:assert/strict";
import { describe, type TestContext } from "node:test";
import type { Strength } from "../ports/strength.ts";
import { ABrowser, type Visit } from "../testing/a-browser.ts";
import { resetLinkFor } from "../testing/a-reset.ts";
import { type AServer, type AServerOptions, issuer, usualSettings } from "../testing/a-server.ts";
import { atSignUp, openedForAll } from "../testing/a-sign-up.ts";
import { AnAccountPage } from "../testing/an-account-page.ts";
import { spec } from "../testing/spec.ts";
import { hashSecret, newName } from "../tokens/secret.ts";

const strong = "a long row of quiet words";

/** Weak where a name of the person stands in it; the score where the password ends in one. */
const judging: Strength = {
  estimate: async (typed, about) => {
    if (about.some((known) => typed.includes(known))) return { score: 1, because: "personal" };
    if (typed.endsWith("unknown")) return "unknown";
    const score = Number(/\d$/.exec(typed)?.[0] ?? 4) as 0 | 1 | 2 | 3 | 4;
    return { score, because: score < 2 ? "common" : null };
  },
};

async function opened(t: TestContext, options: AServerOptions = {}) {
  const server = await openedForAll(t, {}, { strength: judging, ...options });
  const { browser, page } = await atSignUp(server);
  return { server, browser, page };
}

function tokenOf({ body }: Visit): string {
  return /data-form-token="([^"]*)"/.exec(body)?.[1] ?? assert.fail("The page has no meter.");
}

async function ask(
  browser: ABrowser,
  members: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
) {
  const answer = await browser.open("/password-strength", {
    method: "POST",
    body: JSON.stringify(members),
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin", ...headers },
  });
  return { ...answer, said: JSON.parse(answer.body) as { score?: number; message?: string; error?: string } };
}

describe("the strength of a password that is typed", () => {
  for (const { given, typed, about = {}, score, message } of [
    { given: "a short one", typed: "short", score: 0, message: /at least 12 characters/ },
    { given: "nothing", typed: "", score: 0, message: /at least 12 characters/ },
    { given: "one too long", typed: "x".repeat(1_025), score: 0, message: /shorter than 1024 bytes/ },
    { given: "a common one", typed: `${strong} 1`, score: 1, message: /many people use/ },
    { given: "one that is taken", typed: `${strong} 2`, score: 2, message: /Good enough/ },
    { given: "a better one", typed: `${strong} 3`, score: 3, message: /Good enough/ },
    { given: "a strong one", typed: strong, score: 4, message: /Hard to guess/ },
    {
      given: "one with the address in it",
      typed: "lovelace and more words",
      about: { email: "lovelace@example.com" },
      score: 1,
      message: /name or an address/,
    },
    {
      given: "one with the name in it",
      typed: "Lovelace and more words",
      about: { name: "Ada Lovelace" },
      score: 1,
      message: /name or an address/,
    },
    {
      given: "one for a German",
      typed: strong,
      about: { ui_locales: "de" },

      score: 4,
      message: /Schwer zu erraten/,
    },
  ]) {
    spec("I6-STRENGTH", `is told with a sentence: ${given}`, async (t) => {
      const { look } = usualSettings(issuer);
      const settings = { look: { ...look, languages: ["en", "de"] } };
      const { browser, page } = await opened(t, { settings });
      const { status, headers, said } = await ask(browser, {
        form_token: tokenOf(page),
        password: typed,
        ...about,
      });
      assert.deepEqual([status, headers.get("cache-control"), said.score], [200, "no-store", score]);
      assert.match(said.message ?? "", message);
    });
  }

  spec("I6-STRENGTH", "is told only to pages of ours in the browser that they were sent to", async (t) => {
    const { server, browser, page } = await opened(t);
    const other = await atSignUp(server);
    const form_token = tokenOf(page);
    const asked = { form_token, password: strong };
    const form = { form_token: /name="form_token" value="([^"]*)"/.exec(page.body)?.[1], password: strong };
    for (const [who, members, headers, refusal] of [
      [browser, { password: strong }, {}, "request.form-token"],
      [browser, form, {}, "request.form-token"],
      [other.browser, asked, {}, "request.form-token"],
      [new ABrowser(server), asked, {}, "request.form-token"],
      [browser, asked, { "sec-fetch-site": "cross-site" }, "request.cross-site"],
      [browser, asked, { origin: "https://evil.example" }, "request.cross-site"],
      [browser, asked, { "content-type": "text/plain" }, "request.content-type"],
      [browser, { ...asked, name: "x".repeat(10_000) }, {}, "parameter.malformed"],
    ] as const) {
      const { status, said } = await ask(who, members, headers);
      assert.deepEqual([status, said.error, said.score], [400, "invalid_request", undefined], refusal);
      assert.equal(server.audit.lastRefusal, refusal);
    }
    assert.equal((await ask(browser, asked)).status, 200);
  });

  spec("I6-STRENGTH", "is not told when nobody judged it, and asks no other server", async (t) => {
    const { browser, page } = await opened(t, { leaked: { [strong]: 5 } });
    const form_token = tokenOf(page);
    assert.deepEqual((await ask(browser, { form_token, password: `${strong} unknown` })).said, {});
    assert.equal((await ask(browser, { form_token, password: strong })).said.score, 4);
  });

  spec("I6-STRENGTH", "leaves the password in no log, trace or audit", async (t) => {
    const { server, browser, page } = await opened(t);
    const secret = "s3cret words that are typed";
    await ask(browser, { form_token: tokenOf(page), password: secret });
    await ask(browser, { form_token: "wrong", password: secret });
    assert.doesNotMatch(server.audit.text, /s3cret/);
  });

  spec(
    "I6-STRENGTH",
    "is asked for a limited number of times from one address, and uses up no sign-in",
    async (t) => {
      const { server, browser, page } = await opened(t, {
        limits: { password_strength: { limit: 5, window: 60 }, authorization: { limit: 3, window: 60 } },
      });
      const asked = { form_token: tokenOf(page), password: strong };
      const statuses = [];
      for (let n = 0; n < 6; n++) statuses.push((await ask(browser, asked)).status);
      assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429]);
      assert.match((await new ABrowser(server).open("/account")).url, /\/sign-in\?/);
      server.clock.advance(70);
      assert.equal((await ask(browser, asked)).status, 200);
    },
  );

  spec("I6-STRENGTH", "is judged for four at once, so that who sends a form waits for few", async (t) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow: Strength = {
      estimate: async (...given) => {
        await held;
        return await judging.estimate(...given);
      },
    };
    const { browser, page } = await opened(t, { strength: slow });
    const asked = { form_token: tokenOf(page), password: strong };
    const first = Array.from({ length: 4 }, () => ask(browser, asked));
    // Those four are being judged when the fifth is refused; one that is judged too must not wait for ever.
    const late = setTimeout(release, 2_000);
    assert.equal((await ask(browser, asked)).status, 429);
    clearTimeout(late);
    release();
    assert.deepEqual(
      (await Promise.all(first)).map(({ status }) => status),
      [200, 200, 200, 200],
    );
    assert.equal((await ask(browser, asked)).status, 200);
  });
});

describe("a page on which a new password is typed", () => {
  for (const { name, open } of [
    { name: "sign-up", open: async (server: AServer) => (await atSignUp(server)).page },
    {
      name: "reset",
      open: async (server: AServer) => new ABrowser(server).open(await resetLinkFor(server)),
    },
    {
      name: "an account's password",
      open: async (server: AServer) => (await AnAccountPage.open(server)).see("security/password"),
    },
    {
      name: "set-up",
      open: async (server: AServer) => {
        const link = newName(32);
        const now = server.clock.now();
        await server.store.setUpLinks.put({ hash: hashSecret(link), createdAt: now, expiresAt: now + 60 });
        return await new ABrowser(server).open(`/set-up?link=${link}`);
      },
    },
  ]) {
    spec(
      "I6-STRENGTH",
      `has the meter, hidden until its script runs, and may ask nobody but us: ${name}`,
      async (t) => {
        const server = await openedForAll(t);
        await server.person();
        const { body, headers } = await open(server);
        assert.match(body, /<div class="strength" hidden data-password-meter/);
        assert.match(body, /<p class="hint" role="status"><\/p>/);
        assert.match(body, /<script src="\/passwords\.js\?v=[\w-]{16}" defer><\/script>/);
        const policy = headers.get("content-security-policy") ?? "";
        assert.match(policy, /script-src https:\/\/auth\.example\.com\/passwords\.js; connect-src 'self'/);
      },
    );
  }

  spec("I6-STRENGTH", "is the only one that may ask the server anything", async (t) => {
    const server = await openedForAll(t);
    const browser = new ABrowser(server);
    for (const path of ["/account", "/reset", "/"]) {
      const { headers, body } = await browser.open(path);
      assert.doesNotMatch(headers.get("content-security-policy") ?? "", /connect-src|passwords/);
      assert.doesNotMatch(body, /passwords\.js/);
    }
  });
});
