import assert from "node:assert/strict";
import { describe } from "node:test";
import { ABrowser } from "../testing/a-browser.ts";
import { type AServer, aServer, callback, issuer, password, usualSettings } from "../testing/a-server.ts";
import { ASignIn } from "../testing/a-sign-in.ts";
import { addPasskeyTo, aRequest, setUpApp, tokensOf } from "../testing/factors.ts";
import { spec } from "../testing/spec.ts";

const ada = { email: "ada@example.com", password };
const session = "__Host-valetkey-session";

/** A browser in which Ada signed in with her password alone, before she had a second factor. */
async function weakly(server: AServer) {
  const person = await server.person();
  const request = await aRequest(server);
  const signIn = await ASignIn.begin(server, request.url);
  assert.equal((await signIn.act("password", ada)).step, "consent");
  const since = server.clock.now();
  return { person, browser: signIn.browser, since, first: signIn, request };
}

async function errorOf(server: AServer, browser: ABrowser, asked: Readonly<Record<string, string>>) {
  const { url } = await browser.open((await aRequest(server, asked)).url);
  return url.startsWith(callback) ? new URL(url).searchParams.get("error") : url;
}

describe("a stronger sign-in than the session's", () => {
  spec(
    "I6-STEP-UP",
    "asks for the one-time password alone, and puts a session of both factors in its place",
    async () => {
      const server = await aServer();
      const { person, browser, since } = await weakly(server);
      server.clock.advance(500);
      const { app } = await setUpApp(server);
      const old = browser.cookies.get(session);
      const stepUp = await ASignIn.begin(
        server,
        (await aRequest(server, { acr_values: "aal2" })).url,
        browser,
      );
      const told = await stepUp.state();
      assert.deepEqual([told.step, told.actions], ["second-factor", ["one-time-password", "recovery-code"]]);
      const done = await stepUp.act("one-time-password", { code: app.codeAt(server.clock.now()) });
      assert.equal(done.step, "consent");
      assert.notEqual(browser.cookies.get(session), old);
      const sessions = await server.store.sessions.listOf(person.id);
      const ours = sessions.filter(({ authenticatedAt }) => authenticatedAt === since);
      assert.deepEqual(
        ours.map(({ amr }) => amr),
        [["pwd", "otp", "mfa"]],
      );
      await server.close();
    },
  );

  spec("I6-STEP-UP", "asks for a passkey alone of who has no authenticator app", async () => {
    const server = await aServer();
    const { person, browser } = await weakly(server);
    const authenticator = await addPasskeyTo(server, person);
    const request = await aRequest(server, { acr_values: "aal2" });
    const stepUp = await ASignIn.begin(server, request.url, browser);
    const { step, actions, passkey_request = {} } = await stepUp.state();
    assert.deepEqual([step, actions], ["second-factor", ["passkey"]]);
    await stepUp.act("passkey", { credential: authenticator.get(passkey_request) });
    assert.ok((await tokensOf(server, request, stepUp)).access_token);
    await server.close();
  });

  for (const { given, signOut } of [
    {
      given: "was signed out",
      signOut: async (server: AServer, person: string) => await server.store.sessions.endOthers(person, null),
    },
    {
      given: "ran out",
      signOut: async (server: AServer) => server.clock.advance(server.settings.lifetimes.session),
    },
  ]) {
    spec("I6-STEP-UP", `counts for nothing once the session that it builds on ${given}`, async () => {
      const { signIn, lifetimes } = usualSettings(issuer);
      const server = await aServer({
        settings: { signIn, lifetimes: { ...lifetimes, interaction: 90_000 } },
      });
      const { person, browser } = await weakly(server);
      const { app } = await setUpApp(server);
      const stepUp = await ASignIn.begin(
        server,
        (await aRequest(server, { acr_values: "aal2" })).url,
        browser,
      );
      await stepUp.state();
      await signOut(server, person.id);
      // A new page, with the token of now: what it goes on with is gone.
      await stepUp.state();
      const told = await stepUp.act("one-time-password", { code: app.codeAt(server.clock.now()) });
      assert.equal(told.fault, "page.stale", JSON.stringify(told));
      const live = await server.store.sessions.listOf(person.id);
      assert.deepEqual(
        live.filter(({ expiresAt }) => expiresAt > server.clock.now()),
        [],
      );
      await server.close();
    });
  }

  spec("I6-STEP-UP", "does not go on with the session of somebody else who signed in meanwhile", async () => {
    const server = await aServer();
    const { browser } = await weakly(server);
    await server.person({ email: "bob@example.com" });
    const { app } = await setUpApp(server);
    const stepUp = await ASignIn.begin(server, (await aRequest(server, { acr_values: "aal2" })).url, browser);
    await stepUp.state();
    const other = await ASignIn.begin(server, (await aRequest(server, { prompt: "login" })).url, browser);
    assert.equal((await other.act("password", { email: "bob@example.com", password })).step, "consent");
    await stepUp.state();
    const told = await stepUp.act("one-time-password", { code: app.codeAt(server.clock.now()) });
    assert.equal(told.fault, "page.stale");
    await server.close();
  });

  spec("I6-STEP-UP", "asks who has no second factor to sign in anew, and to set one up then", async () => {
    const server = await aServer();
    const { browser } = await weakly(server);
    const stepUp = await ASignIn.begin(server, (await aRequest(server, { acr_values: "aal2" })).url, browser);
    const { step, actions } = await stepUp.state();
    assert.equal(step, "sign-in");
    for (const action of ["new-one-time-password", "new-passkey", "kept-recovery-codes"]) {
      assert.equal(actions.includes(action), false);
      assert.equal((await stepUp.act(action)).fault, "page.stale");
    }
    assert.equal((await stepUp.act("password", ada)).step, "new-second-factor");
    await server.close();
  });

  spec("I6-STEP-UP", "is refused under prompt=none, and where it cannot be reached at all", async () => {
    const server = await aServer();
    const { browser } = await weakly(server);
    assert.equal(await errorOf(server, browser, { acr_values: "aal2", prompt: "none" }), "login_required");
    const gold = { acr_values: "urn:example:gold", prompt: "none" };
    assert.equal(await errorOf(server, browser, gold), "unmet_authentication_requirements");
    assert.equal(await errorOf(server, new ABrowser(server), { prompt: "none" }), "login_required");
    await server.close();
  });

  for (const { given, asked } of [
    { given: "is older than max_age", asked: { max_age: "60" } },
    { given: "will not do (max_age=0)", asked: { max_age: "0" } },
    { given: "will not do (prompt=login)", asked: { prompt: "login" } },
    { given: "may be somebody else's (prompt=select_account)", asked: { prompt: "select_account" } },
  ]) {
    spec("I6-STEP-UP", `asks for both factors where the first one ${given}`, async () => {
      const server = await aServer();
      const { browser } = await weakly(server);
      const { app } = await setUpApp(server);
      server.clock.advance(120);
      const request = await aRequest(server, { acr_values: "aal2", ...asked });
      const stepUp = await ASignIn.begin(server, request.url, browser);
      assert.equal((await stepUp.state()).step, "sign-in");
      const code = () => ({ code: app.codeAt(server.clock.now()) });
      assert.equal((await stepUp.act("one-time-password", code())).fault, "page.stale");
      assert.equal((await stepUp.act("password", ada)).step, "second-factor");
      assert.equal((await stepUp.act("one-time-password", code())).step, "consent");
      await server.close();
    });
  }
});
