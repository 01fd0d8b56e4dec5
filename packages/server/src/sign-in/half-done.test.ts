import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import type { Store } from "../ports/store.ts";
import { ABrowser } from "../testing/a-browser.ts";
import { authorizationUrl, pkce } from "../testing/a-login.ts";
import { type AServer, aServer, issuer, password, usualSettings } from "../testing/a-server.ts";
import { ASignIn } from "../testing/a-sign-in.ts";
import { AnApp } from "../testing/an-app.ts";
import { AnAuthenticator } from "../testing/an-authenticator.ts";

const account = `${issuer}/account`;
const ada = { email: "ada@example.com", password };
const required = { signIn: { ...usualSettings(issuer).signIn, secondFactor: "required" as const } };

/** A store in which something happens at the last moment before a verb is done. */
async function aStore(change: (store: Store, before: () => Promise<void>) => Partial<Store>) {
  const store = await sqliteStore(":memory:");
  const happening = { before: async () => {} };
  return { happening, store: { ...store, ...change(store, () => happening.before()) } };
}

async function afterPassword(server: AServer): Promise<ASignIn> {
  const signIn = await ASignIn.begin(server, account);
  assert.equal((await signIn.act("password", ada)).step, "new-second-factor");
  return signIn;
}

describe("a sign-in while something is taken from it", () => {
  it("[I6-NEW-FACTOR] is over with the address by whose mail it began", async () => {
    const server = await aServer({ settings: required });
    const person = await server.person();
    const thief = await ASignIn.begin(server, account);
    await thief.act("email", { email: ada.email });
    const code = /\b[0-9]{4} ?[0-9]{4}\b/.exec(server.mails.sent.at(-1)?.text ?? "")?.[0];
    const told = await thief.act("email-code", { code });
    assert.equal(told.step, "new-second-factor");
    const { passkey_creation: creation = {} } = await thief.state();

    await server.store.accounts.setEmail(person.id, "ada@example.org", ada.email);
    const credential = new AnAuthenticator({ origin: issuer }).create(creation);
    assert.equal((await thief.act("new-passkey", { credential })).fault, "page.stale");
    assert.equal((await thief.act("new-one-time-password")).fault, "page.stale");
    assert.deepEqual(await server.store.passkeys.listOf(person.id), []);
    assert.deepEqual(await server.store.sessions.listOf(person.id), []);
    await server.close();
  });

  it("leaves no session that would live again when an account is switched on again", async () => {
    const { store, happening } = await aStore(({ sessions }, before) => ({
      sessions: { ...sessions, begin: (given) => before().then(() => sessions.begin(given)) },
    }));
    const server = await aServer({ store });
    const person = await server.person();
    happening.before = async () => void (await store.accounts.setDisabled(person.id, 1_800_000_000));
    const signIn = await ASignIn.begin(server, account);
    assert.equal((await signIn.act("password", ada)).fault, "page.stale");
    await store.accounts.setDisabled(person.id, null);
    assert.deepEqual(await store.sessions.listOf(person.id), []);
    await server.close();
  });

  it("[I6-NEW-FACTOR] leaves no passkey to whoever had the password that was replaced meanwhile", async () => {
    const { store, happening } = await aStore(({ passkeys }, before) => ({
      passkeys: {
        ...passkeys,
        add: async (given) => {
          await before();
          return await passkeys.add(given);
        },
      },
    }));
    const server = await aServer({ store, settings: required });
    const person = await server.person();
    const thief = await afterPassword(server);
    const { passkey_creation: creation = {} } = await thief.state();
    happening.before = async () => void (await store.accounts.setPassword(person.id, "$argon2id$another"));
    const credential = new AnAuthenticator({ origin: issuer }).create(creation);
    assert.equal((await thief.act("new-passkey", { credential })).fault, "page.stale");
    assert.deepEqual(await store.passkeys.listOf(person.id), []);
    assert.deepEqual(await store.sessions.listOf(person.id), []);
    await server.close();
  });

  it("[I6-NEW-FACTOR] leaves no authenticator app to whoever had the password that was replaced meanwhile", async () => {
    const { store, happening } = await aStore(({ oneTimePasswords }, before) => ({
      oneTimePasswords: {
        ...oneTimePasswords,
        add: async (given) => {
          await before();
          return await oneTimePasswords.add(given);
        },
      },
    }));
    const server = await aServer({ store, settings: required });
    const person = await server.person();
    const thief = await afterPassword(server);
    const shown = await thief.act("new-one-time-password");
    const code = new AnApp(shown.one_time_password?.secret ?? "").codeAt(server.clock.now());
    happening.before = async () => void (await store.accounts.setPassword(person.id, "$argon2id$another"));
    assert.equal((await thief.act("confirm-one-time-password", { code })).fault, "page.stale");
    assert.equal(await store.oneTimePasswords.find(person.id), undefined);
    assert.equal(await store.recoveryCodes.left(person.id), 0);
    await server.close();
  });

  for (const { given, late, step } of [
    { given: "asks for the second factor alone within max_age", late: 50, step: "done" },
    {
      given: "asks for both factors where the first grew older than max_age meanwhile",
      late: 500,
      step: "sign-in",
    },
  ]) {
    it(`[I6-STEP-UP] ${given}`, async () => {
      const server = await aServer();
      await server.person();
      const client = await server.client();
      const asked = { code_challenge: pkce().challenge };
      const strong = authorizationUrl(server, client, { ...asked, acr_values: "aal2" });
      const first = await ASignIn.begin(server, strong);
      await first.act("password", ada);
      const authenticator = new AnAuthenticator({ origin: issuer });
      const { passkey_creation: creation = {} } = await first.state();
      await first.act("new-passkey", { credential: authenticator.create(creation) });

      const weak = new ABrowser(server);
      await weak.approve(authorizationUrl(server, client, asked), ada);
      server.clock.advance(500);
      const url = authorizationUrl(server, client, { ...asked, acr_values: "aal2", max_age: "600" });
      const signIn = await ASignIn.begin(server, url, weak);
      const { step: at, passkey_request: request = {} } = await signIn.state();
      assert.equal(at, "second-factor");
      server.clock.advance(late);
      assert.equal((await signIn.act("passkey", { credential: authenticator.get(request) })).step, step);
      await server.close();
    });
  }
});
