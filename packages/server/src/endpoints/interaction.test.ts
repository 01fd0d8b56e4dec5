import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ABrowser } from "../testing/a-browser.ts";
import { authorizationUrl, pkce, redeem } from "../testing/a-login.ts";
import { type AServer, aServer, callback, password, usualSettings } from "../testing/a-server.ts";
import { ada, aScene, connected } from "../testing/elsewhere.ts";
import { linkTo } from "../testing/mailed.ts";
import { spec } from "../testing/spec.ts";

const email = "ada@example.com";
const pages = "https://login.example.com";

type State = Readonly<Record<string, unknown>> & { readonly form_token: string; readonly step: string };

/** A page that speaks the interaction API, in one browser. */
class APage {
  readonly browser: ABrowser;
  readonly server: AServer;
  interaction = "";
  token = "";

  constructor(server: AServer, browser = new ABrowser(server)) {
    this.server = server;
    this.browser = browser;
  }

  async begin(client: { readonly id: string }, asked: Readonly<Record<string, string>> = {}): Promise<State> {
    const visit = await this.browser.open(
      authorizationUrl(this.server, client, { code_challenge: pkce().challenge, ...asked }),
    );
    this.interaction = new URL(visit.url).searchParams.get("interaction") ?? assert.fail(visit.body);
    return await this.state();
  }

  async state(): Promise<State> {
    const visit = await this.browser.open(`/interaction/v1?interaction=${this.interaction}`);
    return this.#read(visit.body);
  }

  async step(members: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}) {
    const body = JSON.stringify({ interaction: this.interaction, form_token: this.token, ...members });
    const init = { method: "POST", body, headers: { "content-type": "application/json", ...headers } };
    const visit = await this.browser.open("/interaction/v1", init);
    return { status: visit.status, headers: visit.headers, state: this.#read(visit.body) };
  }

  #read(body: string): State {
    const state = JSON.parse(body) as State;
    this.token = state.form_token ?? this.token;
    return state;
  }
}

describe("the interaction API", () => {
  spec("I6-INTERACTION-API", "takes a person from the sign-in by their consent to the app", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    await server.person();
    const client = await server.client();
    const { verifier, challenge } = pkce();
    const page = new APage(server);
    const first = await page.begin(client, {
      code_challenge: challenge,
      scope: "openid tools:use",
      login_hint: email,
    });
    assert.deepEqual([first.version, first.step, first.email], [1, "sign-in", email]);
    assert.deepEqual((first.client as { name: string }).name, "Example app");
    for (const action of ["password", "email", "passkey"])
      assert.ok((first.actions as string[]).includes(action));

    const wrong = await page.step({ action: "password", email, password: "wrong" });
    assert.deepEqual(
      [wrong.status, wrong.state.step, wrong.state.fault, wrong.state.message],
      [400, "sign-in", "password.wrong", "Email or password is wrong."],
    );
    const { state } = await page.step({ action: "password", email, password });
    assert.equal(state.step, "consent");
    const scopes = (state.scopes as { name: string }[]).map(({ name }) => name);
    assert.deepEqual(scopes.toSorted(), ["openid", "tools:use"]);
    const { state: end } = await page.step({ action: "consent", decision: "allow", scope: ["tools:use"] });
    assert.equal(end.step, "done");
    const location = new URL(String(end.location));
    assert.equal(location.origin + location.pathname, callback);
    const code = location.searchParams.get("code") ?? "";
    assert.equal((await redeem(server, client, { code, verifier })).status, 200);
    assert.equal((await page.step({ action: "consent", decision: "allow", scope: [] })).status, 400, "twice");
  });

  spec("I6-INTERACTION-API", "tells where a refusal goes", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    await server.person();
    const page = new APage(server);
    await page.begin(await server.client());
    await page.step({ action: "password", email, password });
    const { state } = await page.step({ action: "consent", decision: "deny" });
    assert.deepEqual([state.step, state.error, state.ask_first], ["refused", "access_denied", false]);
    assert.match(String(state.location), /error=access_denied/);
  });

  spec("I6-INTERACTION-API", "answers nobody but the browser that began", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const page = new APage(server);
    await page.begin(await server.client());
    const thief = new ABrowser(server);
    await thief.open(authorizationUrl(server, await server.client(), { code_challenge: pkce().challenge }));
    const stolen = await thief.open(`/interaction/v1?interaction=${page.interaction}`);
    assert.deepEqual([stolen.status, server.audit.lastRefusal], [400, "interaction.unknown"]);
  });

  for (const { given, headers, members, refusal } of [
    { given: "no token", headers: {}, members: { form_token: "" }, refusal: "request.form-token" },
    {
      given: "another site",
      headers: { origin: "https://evil.example" },
      members: {},
      refusal: "request.cross-site",
    },
    {
      given: "a page of ours elsewhere, where none is set",
      headers: { origin: pages, "sec-fetch-site": "same-site" },
      members: {},
      refusal: "request.cross-site",
    },
    {
      given: "a form",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      members: {},
      refusal: "request.content-type",
    },
    { given: "no action", headers: {}, members: { action: undefined }, refusal: "parameter.missing" },
    {
      given: "a list for a token",
      headers: {},
      members: { form_token: ["a"] },
      refusal: "request.form-token",
    },
  ] as const) {
    spec("I6-INTERACTION-API", `takes no step from ${given}`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      await server.person();
      const page = new APage(server);
      await page.begin(await server.client());
      const answer = await page.step({ action: "password", email, password, ...members }, headers);
      assert.deepEqual([answer.status, server.audit.lastRefusal], [400, refusal]);
      assert.equal(page.browser.cookies.has("__Host-valetkey-session"), false);
    });
  }

  for (const body of ["", "[]", "null", '"text"', "{", '{"__proto__":{}}']) {
    it(`reads no step in ${JSON.stringify(body)}`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const page = new APage(server);
      await page.begin(await server.client());
      const init = { method: "POST", body, headers: { "content-type": "application/json" } };
      assert.equal((await page.browser.open("/interaction/v1", init)).status, 400);
    });
  }

  spec("I6-STEPS", "of one step sent fifty times at once takes one, and leaves none out", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    await server.person();
    const page = new APage(server);
    await page.begin(await server.client());
    const codeStep = await page.step({ action: "email-code", code: "12345678" });
    assert.equal(codeStep.state.fault, "page.stale", "nothing was mailed");
    const factor = await page.step({ action: "one-time-password", code: "123456" });
    assert.equal(factor.state.fault, "page.stale", "no first factor fitted");
    const asked = await Promise.all(Array.from({ length: 50 }, () => page.step({ action: "email", email })));
    assert.equal(asked.filter(({ status }) => status === 200).length, 1);
  });
});

describe("a team's own pages", () => {
  const settings = { signIn: { ...usualSettings("").signIn, pagesUrl: `${pages}/start?theme=dark` } };

  spec(
    "I6-OWN-PAGES",
    "are where the browser goes, and may call the API with its cookies, as nobody else",
    async (t) => {
      const server = await aServer({ settings });
      t.after(() => server.close());
      await server.person();
      const client = await server.client();
      const visit = await new ABrowser(server).open(
        authorizationUrl(server, client, { code_challenge: pkce().challenge }),
      );
      const url = new URL(visit.url);
      assert.equal(url.origin + url.pathname, `${pages}/start`);
      assert.equal(url.searchParams.get("theme"), "dark");
      assert.ok(url.searchParams.get("interaction"));
      const account = await new ABrowser(server).open("/account");
      assert.ok(account.url.startsWith(`${pages}/start?`));

      const page = new APage(server);
      await page.begin(client);
      const friend = { origin: pages, "sec-fetch-site": "same-site" };
      const answer = await page.step({ action: "password", email, password }, friend);
      assert.equal(answer.state.step, "consent");
      assert.equal(answer.headers.get("access-control-allow-origin"), pages);
      assert.equal(answer.headers.get("access-control-allow-credentials"), "true");

      for (const origin of ["https://evil.example", "https://login.example.com.evil.example", "null"]) {
        const preflight = await server.fetchHere(`${server.issuer}/interaction/v1`, {
          method: "OPTIONS",
          headers: { origin },
        });
        assert.equal(preflight.headers.get("access-control-allow-origin"), null, origin);
      }
      const preflight = await server.fetchHere(`${server.issuer}/interaction/v1`, {
        method: "OPTIONS",
        headers: { origin: pages },
      });
      assert.equal(preflight.headers.get("access-control-allow-origin"), pages);
      assert.equal(preflight.headers.get("vary"), "Origin");
    },
  );
});

describe("what comes back to a team's own pages", () => {
  const settings = { signIn: { ...usualSettings("").signIn, pagesUrl: pages } };

  spec("I6-OWN-PAGES", "is the link of a mail, with its code, and spends nothing there", async (t) => {
    const server = await aServer({ settings });
    t.after(() => server.close());
    await server.person();
    const page = new APage(server);
    await page.begin(await server.client());
    await page.step({ action: "email", email });
    const link = new URL(linkTo(server, email));
    assert.equal(link.origin, pages);
    assert.equal(link.searchParams.get("interaction"), page.interaction);
    const code = link.searchParams.get("code");
    assert.equal((await page.step({ action: "email-code", code })).state.step, "consent");
  });

  for (const { given, change, step, says } of [
    { given: "who signed in elsewhere", change: () => {}, step: "consent", says: undefined },
    {
      given: "who was refused there, with the reason as a sentence",
      change: (back: URL) => back.searchParams.set("error", "access_denied"),
      step: "sign-in",
      says: "Work did not sign you in. Try again, or choose another way.",
    },
  ])
    spec("I6-OWN-PAGES", `is ${given}`, async () => {
      await using scene = await aScene({}, { settings });
      const { server, browser, work } = scene;
      const { id } = await server.person();
      await server.store.identities.add({ ...connected, accountId: id });
      const page = new APage(server, browser);
      await page.begin(await server.client());
      const { state } = await page.step({ action: "upstream", upstream: "work" });
      assert.equal(state.step, "elsewhere");
      const back = work.approve(String(state.location), ada);
      change(back);
      assert.equal((await browser.open(back.href)).url, `${pages}/?interaction=${page.interaction}`);
      const told = await page.state();
      assert.deepEqual([told.step, told.message], [step, says]);
      if (step === "consent") return;
      const wrong = await page.step({ action: "password", email, password: "wrong" });
      assert.equal(wrong.state.message, "Email or password is wrong.");
    });
});
