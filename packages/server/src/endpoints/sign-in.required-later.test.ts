import assert from "node:assert/strict";
import { describe, type TestContext } from "node:test";
import { ABrowser } from "../testing/a-browser.ts";
import { authorizationUrl, login, pkce } from "../testing/a-login.ts";
import { aServer, callback, issuer, password, usualSettings } from "../testing/a-server.ts";
import { ASignIn } from "../testing/a-sign-in.ts";
import { addPasskeyTo } from "../testing/factors.ts";
import { spec } from "../testing/spec.ts";

const required = { signIn: { ...usualSettings(issuer).signIn, secondFactor: "required" } } as const;
const session = "__Host-valetkey-session";

/** Ada signed in with a password, and let an app in; then the operator asks everybody for a second factor. */
async function aWorld(t: TestContext, about: { readonly hasPasskey: boolean }) {
  const before = await aServer();
  t.after(() => before.close());
  const client = await before.client({ authMethods: ["client_secret_post"] });
  const { browser: old } = await login(before, client);
  const person = await before.store.accounts.findByEmail("ada@example.com");
  assert.ok(person);
  const authenticator = about.hasPasskey ? await addPasskeyTo(before, person) : undefined;
  const server = await aServer({ store: before.store, settings: required, now: before.clock.now() + 100 });
  const browser = new ABrowser(server);
  for (const [name, value] of old.cookies) browser.cookies.set(name, value);
  const request = (asked = {}) =>
    authorizationUrl(server, client, { code_challenge: pkce().challenge, ...asked });
  return { server, browser, person, authenticator, request };
}

type World = Awaited<ReturnType<typeof aWorld>>;

const pages: Readonly<Record<string, (world: World) => string>> = {
  "an app that was let in before": ({ request }) => request(),
  "the account": () => "/account",
  "the security of the account": () => "/account/security",
  "a device": () => "/device",
};

describe("a session of one factor, where everybody must have two since", () => {
  for (const [place, url] of Object.entries(pages)) {
    spec("I6-STEP-UP", `is asked for the other factor alone before ${place}`, async (t) => {
      const world = await aWorld(t, { hasPasskey: true });
      const { server, browser, authenticator, person } = world;
      const old = browser.cookies.get(session);
      const stepUp = await ASignIn.begin(server, url(world), browser);
      const { step, actions, passkey_request = {} } = await stepUp.state();
      assert.deepEqual([step, actions], ["second-factor", ["passkey"]]);
      const done = await stepUp.act("passkey", { credential: authenticator?.get(passkey_request) });
      assert.equal(done.step, "done");
      assert.notEqual(browser.cookies.get(session), old);
      const [now, ...others] = await server.store.sessions.listOf(person.id);
      assert.ok(now?.amr.includes("pwd") && now.amr.includes("mfa"));
      assert.deepEqual(others, []);
      const { url: shown, status } = await browser.open(url(world));
      assert.doesNotMatch(shown, /\/sign-in/);
      assert.ok(shown.startsWith(`${callback}?code=`) || status === 200, shown);
    });

    spec("I6-STEP-UP", `signs in anew and sets one up before ${place}, where there is none`, async (t) => {
      const world = await aWorld(t, { hasPasskey: false });
      const stepUp = await ASignIn.begin(world.server, url(world), world.browser);
      assert.equal((await stepUp.state()).step, "sign-in");
      const told = await stepUp.act("password", { email: "ada@example.com", password });
      assert.equal(told.step, "new-second-factor");
    });
  }

  spec("I6-STEP-UP", "signs nobody in silently", async (t) => {
    const { browser, request } = await aWorld(t, { hasPasskey: true });
    const { url } = await browser.open(request({ prompt: "none" }));
    assert.equal(new URL(url).searchParams.get("error"), "login_required");
  });

  spec("I6-STEP-UP", "decides nothing on a page that was opened before", async (t) => {
    const { server, browser, request, person } = await aWorld(t, { hasPasskey: true });
    const visit = await browser.open(request({ prompt: "consent" }));
    const interaction = new URL(visit.url).searchParams.get("interaction");
    const { url } = await browser.open(`/consent?interaction=${interaction}`);
    assert.match(url, /\/sign-in\?/);
    const { status, url: left } = await browser.open("/account/security/password", {
      method: "POST",
      body: new URLSearchParams({ action: "remove" }),
      headers: { "sec-fetch-site": "same-origin" },
    });
    assert.deepEqual([status, new URL(left).pathname], [200, "/sign-in"]);
    assert.ok((await server.store.accounts.find(person.id))?.passwordHash);
  });
});
