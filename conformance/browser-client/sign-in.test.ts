import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { refresh } from "../../packages/server/src/testing/a-login.ts";
import type { Page } from "../../packages/server/src/testing/browser.ts";
import { Profile } from "./a-profile.ts";
import { type AStage, approve, aStage, notes, signIn, until, waitFor } from "./a-stage.ts";

describe("a sign-in, in a real browser", () => {
  const profile = new Profile();

  it("brings a person back to where it began, with the URL clean, and the API's answer", () =>
    profile.staged({}, async (stage) => {
      const page = await stage.signedOut(profile, "/notes?of=today#third");
      await page.evaluate("void client.signIn()");
      await approve(page);
      await waitFor(page, "signed-in");
      assert.equal(page.url(), `${stage.app.origin}/notes?of=today#third`);
      const session = await page.evaluate("client.session()");
      assert.partialDeepStrictEqual(session, { account: { name: "Ada", email: "ada@example.com" } });
      const answer = await page.evaluate("client.fetch(options.resource + '/notes').then((r) => r.json())");
      assert.partialDeepStrictEqual(answer, { scopes: ["notes:read"] });
    }));

  it("[O21-C-02] is asked for with PKCE by S256, its challenge, state and nonce fresh each time", () =>
    profile.staged({}, async (stage) => {
      const asked: URLSearchParams[] = [];
      profile.context.on("request", (request) => {
        const url = new URL(request.url());
        if (url.pathname === "/authorize") asked.push(url.searchParams);
      });
      const page = await stage.signedIn(profile);
      await signIn(page);
      await signIn(page);
      assert.equal(asked.length, 3);
      for (const name of ["code_challenge", "state", "nonce"]) {
        const values = asked.map((parameters) => parameters.get(name) ?? "");
        assert.equal(new Set(values).size, 3, name);
        for (const value of values) assert.match(value, /^[\w-]{43}(?:\.\w+)?$/);
      }
      for (const parameters of asked) assert.equal(parameters.get("code_challenge_method"), "S256");
      assert.match(stage.calls[0]?.form.get("code_verifier") ?? "", /^[\w-]{43}$/);
    }));

  describe("whose answer is altered on its way", () => {
    let stage: AStage;
    let page: Page;
    before(async () => {
      await profile.open();
      stage = await aStage();
      await stage.welcome(profile.context);
      page = await stage.signedOut(profile);
    });
    after(async () => {
      await profile.clear();
      await stage.close();
    });

    for (const { given, alter } of [
      {
        given: "another issuer's name",
        alter: (answer: URLSearchParams) => answer.set("iss", "https://evil.example"),
      },
      {
        given: "the issuer's name in another spelling",
        alter: (answer: URLSearchParams) => answer.set("iss", `${answer.get("iss")}/`),
      },
      {
        given: "no issuer's name where the issuer promises it",
        alter: (answer: URLSearchParams) => answer.delete("iss"),
      },
      {
        given: "two codes",
        alter: (answer: URLSearchParams) => answer.append("code", "another"),
      },
      {
        given: "no code but an empty one",
        alter: (answer: URLSearchParams) => answer.set("code", ""),
      },
      {
        given: "a state that nobody made",
        alter: (answer: URLSearchParams) => answer.set("state", "0".repeat(43)),
      },
    ]) {
      it(`[O21-C-04 BCP-03 ISS-01] takes no answer with ${given}, and its code goes nowhere`, async () => {
        stage.app.alter = alter;
        await signIn(page, {}, "signed-out");
        assert.equal(stage.app.alter, undefined, "nothing was altered");
        assert.equal(await page.evaluate("client.session().error.code"), "callback");
        assert.doesNotMatch(page.url(), /code=|state=/);
        assert.equal(stage.calls.length, 0);
      });
    }
  });

  it("[O21-C-03] lets nobody be signed in by a stranger's answer, nor out", () =>
    profile.staged({}, async (stage) => {
      const page = await stage.signedIn(profile);
      const answer = new URLSearchParams({ code: "stranger", state: "stranger", iss: stage.issuer });
      await page.goto(`${stage.options.redirectUri}?${answer}`);
      await waitFor(page, "signed-in");
      assert.equal(await page.evaluate("client.session().error.code"), "callback");
      assert.equal(page.url(), stage.options.redirectUri);
      assert.equal(stage.calls.length, 1);
    }));

  it("[O21-C-05] sends nobody to another origin afterwards", () =>
    profile.staged({}, async (stage) => {
      await stage.welcome(profile.context);
      const page = await stage.signedOut(profile);
      await signIn(page, { returnTo: "https://evil.example/x" });
      assert.equal(page.url(), `${stage.app.origin}/`);
    }));

  it("[O21-C-07] sends the token in one header, and to no other place than the API", () =>
    profile.staged({}, async (stage) => {
      const page = await stage.signedIn(profile);
      assert.equal((await notes(page, "/notes?of=today")).status, 200);
      const access = stage.calls[0]?.body.access_token;
      assert.equal(stage.api.state.seen.at(-1), `Bearer ${access}`);
      const sent: string[] = [];
      profile.context.on("request", (request) => sent.push(request.url()));
      const { origin } = new URL(stage.options.resource ?? "");
      for (const url of [
        "https://evil.example/notes",
        "/notes",
        origin.replace("http:", "https:"),
        origin.replace("127.0.0.1", "localhost"),
      ]) {
        const code = await page.evaluate(`client.fetch("${url}").catch((error) => error.code)`);
        assert.equal(code, "target", url);
      }
      assert.deepEqual(sent, []);
      const within = "createClient({ ...options, api: options.resource + '/v1' })";
      for (const path of ["/v1/../notes", "/v10", "/v1/%2e%2e/notes"]) {
        const code = await page.evaluate(
          `${within}.fetch(options.resource + "${path}").catch((error) => error.code)`,
        );
        assert.equal(code, "target", path);
      }
      assert.deepEqual(sent, []);
    }));

  it("goes on at an issuer that is away for a while: nobody is signed out", () =>
    profile.staged({}, async (stage) => {
      const page = await stage.signedIn(profile);
      stage.api.state.refused.add(stage.calls[0]?.body.access_token ?? "");
      stage.away.is = true;
      assert.deepEqual(await notes(page), { error: "unreachable" });
      assert.equal(await page.evaluate("client.session().status"), "signed-in");
      stage.away.is = false;
      assert.equal((await notes(page)).status, 200);
    }));

  it("stays over when a person signs out while a new token is on its way", () =>
    profile.staged({}, async (stage) => {
      const page = await stage.signedIn(profile);
      stage.api.state.refused.add(stage.calls[0]?.body.access_token ?? "");
      let release = () => {};
      stage.pause.until = new Promise((resolve) => {
        release = resolve;
      });
      const answer = notes(page);
      await until(() => stage.refreshes().length > 0);
      await page.evaluate("client.signOut({ local: true })");
      release();
      assert.deepEqual(await answer, { error: "signed_out" });
      assert.deepEqual(await notes(page), { error: "signed_out" });
      assert.equal(await page.evaluate("client.session().status"), "signed-out");
      const last = stage.refreshTokens().at(-1) ?? "";
      const { body } = await refresh(stage.server, { id: stage.options.clientId }, last);
      assert.equal(body.error, "invalid_grant");
    }));

  it("runs under a policy that lets scripts and workers come from the app alone", () => {
    const policy = (stage: string) =>
      `default-src 'none'; script-src 'self'; worker-src 'self'; connect-src ${stage}; base-uri 'none'`;
    return profile.staged({ policy }, async (stage) => {
      const page = await stage.signedIn(profile);
      assert.equal((await notes(page)).status, 200);
      await page.evaluate("client.signOut({ local: true })");
      await waitFor(page, "signed-out");
    });
  });

  it("says so when a policy forbids the worker", () =>
    profile.staged({ policy: () => "worker-src 'none'" }, async (stage) => {
      const page = await stage.signedOut(profile);
      assert.equal(await page.evaluate("client.session().error.code"), "worker");
    }));

  it("ends at the issuer too, which sends the person back", () =>
    profile.staged({}, async (stage) => {
      const signedIn = await stage.signedIn(profile);
      await signedIn.evaluate("void client.signOut()");
      await signedIn.waitForURL(/\/bye$|end-session|signed-out/);
      assert.deepEqual(
        (await profile.context.cookies(stage.issuer)).filter(({ name }) => name.includes("session")),
        [],
      );
    }));
});
