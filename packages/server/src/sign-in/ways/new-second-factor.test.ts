import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ABrowser } from "../../testing/a-browser.ts";
import { authorizationUrl, pkce } from "../../testing/a-login.ts";
import { type AServer, aServer, issuer, password, usualSettings } from "../../testing/a-server.ts";
import { ASignIn } from "../../testing/a-sign-in.ts";
import { AnApp } from "../../testing/an-app.ts";
import { AnAuthenticator } from "../../testing/an-authenticator.ts";

const account = `${issuer}/account`;
const required = { signIn: { ...usualSettings(issuer).signIn, secondFactor: "required" as const } };
const ada = { email: "ada@example.com", password };

/** Somebody who has the password of an account without a second factor, where one is required. */
async function afterPassword(server: AServer): Promise<ASignIn> {
  const signIn = await ASignIn.begin(server, account);
  const told = await signIn.act("password", ada);
  assert.equal(told.step, "new-second-factor");
  return signIn;
}

describe("a second factor that is required and missing", () => {
  it("[I6-NEW-FACTOR] may be a passkey, made on the way", async () => {
    const server = await aServer({ settings: required });
    const person = await server.person();
    const signIn = await afterPassword(server);
    const { passkey_creation: creation = {}, actions } = await signIn.state();
    assert.deepEqual(actions, ["new-passkey", "new-one-time-password"]);
    const authenticator = new AnAuthenticator({ origin: issuer });
    const told = await signIn.act("new-passkey", { credential: authenticator.create(creation) });
    assert.equal(told.step, "done");
    const [session] = await server.store.sessions.listOf(person.id);
    assert.deepEqual(session?.amr, ["pwd", "swk", "user", "mfa"]);
    assert.equal((await server.store.passkeys.listOf(person.id)).length, 1);
    assert.ok(server.audit.events.some(({ what }) => what === "passkey.added"));
    await server.close();
  });

  it("[I6-NEW-FACTOR OTP-04] may be an authenticator app: its first code counts, and recovery codes are shown once", async () => {
    const server = await aServer({ settings: required });
    const person = await server.person();
    const signIn = await afterPassword(server);
    const shown = await signIn.act("new-one-time-password");
    assert.equal(shown.step, "new-one-time-password");
    const { uri = "", secret = "" } = shown.one_time_password ?? {};
    assert.match(decodeURIComponent(uri), /^otpauth:\/\/totp\/Valetkey:ada@example\.com\?/);
    assert.equal(
      (await signIn.act("confirm-one-time-password", { code: "000000" })).fault,
      "one-time-password.wrong",
    );
    const app = new AnApp(secret);
    const codes = await signIn.act("confirm-one-time-password", { code: app.codeAt(server.clock.now()) });
    assert.deepEqual([codes.step, codes.recovery_codes?.length], ["recovery-codes", 10]);
    assert.deepEqual(await server.store.sessions.listOf(person.id), []);
    assert.equal((await signIn.act("kept-recovery-codes")).step, "done");
    const [session] = await server.store.sessions.listOf(person.id);
    assert.deepEqual(session?.amr, ["pwd", "otp", "mfa"]);

    const next = await ASignIn.begin(server, account);
    await next.act("password", ada);
    assert.equal((await next.act("recovery-code", { code: codes.recovery_codes?.[7] })).step, "done");
    await server.close();
  });

  it("can be chosen anew before it is confirmed", async () => {
    const server = await aServer({ settings: required });
    await server.person();
    const signIn = await afterPassword(server);
    await signIn.act("new-one-time-password");
    const told = await signIn.act("other-second-factor");
    assert.deepEqual([told.step, told.one_time_password], ["new-second-factor", undefined]);
    await server.close();
  });

  it("[I6-NEW-FACTOR] is not to be set up by whoever kept an old page open, once the person has one", async () => {
    const server = await aServer({ settings: required });
    const person = await server.person();
    const [thief, other] = [await afterPassword(server), await afterPassword(server)];
    const { passkey_creation: creation = {} } = await thief.state();
    const begun = await other.act("new-one-time-password");
    const app = new AnApp(begun.one_time_password?.secret ?? "");

    const own = await afterPassword(server);
    const { passkey_creation: options = {} } = await own.state();
    const credential = new AnAuthenticator({ origin: issuer }).create(options);
    assert.equal((await own.act("new-passkey", { credential })).step, "done");

    const stolen = new AnAuthenticator({ origin: issuer }).create(creation);
    assert.equal((await thief.act("new-passkey", { credential: stolen })).fault, "page.stale");
    assert.equal((await thief.act("new-one-time-password")).fault, "page.stale");
    const code = app.codeAt(server.clock.now());
    assert.equal((await other.act("confirm-one-time-password", { code })).fault, "page.stale");
    assert.equal((await server.store.passkeys.listOf(person.id)).length, 1);
    assert.equal(await server.store.oneTimePasswords.find(person.id), undefined);
    await server.close();
  });

  it("[WA-02] is not made from an answer that another interaction asked for", async () => {
    const server = await aServer({ settings: required });
    const person = await server.person();
    const [mine, other] = [await afterPassword(server), await afterPassword(server)];
    const { passkey_creation: creation = {} } = await other.state();
    const credential = new AnAuthenticator({ origin: issuer }).create(creation);
    assert.equal((await mine.act("new-passkey", { credential })).fault, "passkey.refused");
    assert.deepEqual(await server.store.passkeys.listOf(person.id), []);
    await server.close();
  });

  it("keeps the account's own name for a passkey within bounds", async () => {
    const server = await aServer({ settings: required });
    const person = await server.person();
    const signIn = await afterPassword(server);
    const { passkey_creation: creation = {} } = await signIn.state();
    const credential = new AnAuthenticator({ origin: issuer }).create(creation);
    await signIn.act("new-passkey", { credential, name: `  \u202eMy\nphone ${"x".repeat(500)}` });
    const [passkey] = await server.store.passkeys.listOf(person.id);
    assert.match(passkey?.name ?? "", /^My phone x{51}$/);
    await server.close();
  });
});

describe("a stronger sign-in than the session", () => {
  it("[SU-01] is asked for alone, and reaches what the client wanted", async () => {
    const server = await aServer();
    const person = await server.person();
    const client = await server.client();
    const browser = new ABrowser(server);
    const asked = { code_challenge: pkce().challenge };
    await browser.approve(authorizationUrl(server, client, asked), ada);
    const stronger = authorizationUrl(server, client, { ...asked, acr_values: "aal2" });

    // Who has no second factor signs in anew before one is set up.
    const first = await ASignIn.begin(server, stronger, browser);
    assert.equal((await first.state()).step, "sign-in");
    await first.act("password", ada);
    const { passkey_creation: creation = {} } = await first.state();
    const authenticator = new AnAuthenticator({ origin: issuer });
    await first.act("new-passkey", { credential: authenticator.create(creation) });
    const visit = await browser.open(stronger);
    assert.ok(!visit.url.includes("/sign-in"), visit.url);

    // From then on the passkey alone is asked for.
    const weak = new ABrowser(server);
    await weak.approve(authorizationUrl(server, client, asked), ada);
    const second = await ASignIn.begin(server, stronger, weak);
    const told = await second.state();
    assert.deepEqual([told.step, told.actions], ["second-factor", ["passkey"]]);
    await second.act("passkey", { credential: authenticator.get(told.passkey_request ?? {}) });
    const newest = (await server.store.sessions.listOf(person.id)).map(({ amr }) => amr.join(" "));
    assert.ok(newest.includes("pwd swk user mfa"), String(newest));
    await server.close();
  });
});
