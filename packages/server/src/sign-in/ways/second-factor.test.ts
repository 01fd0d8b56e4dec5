import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openKeys } from "../../adapters/keys/keys.ts";
import { KeyRing, newRingKey } from "../../adapters/keys/ring.ts";
import { otpauthPasswords as oneTimePasswords } from "../../adapters/one-time-passwords/otpauth.ts";
import {
  confirmOneTimePassword,
  newOneTimePassword,
  shownOneTimePassword,
} from "../../operations/one-time-passwords.ts";
import { newRecoveryCodes } from "../../operations/recovery-codes.ts";
import { type AServer, type AServerOptions, aServer, issuer, password } from "../../testing/a-server.ts";
import { ASignIn } from "../../testing/a-sign-in.ts";
import { AnApp } from "../../testing/an-app.ts";
import { from } from "../../testing/from-address.ts";

const account = `${issuer}/account`;
const usualRing = new KeyRing([newRingKey()]);
const about = { address: "203.0.113.9" };

/** A server, and Ada with an authenticator app and ten recovery codes. */
async function withApp(options: AServerOptions = {}) {
  const server = await aServer({ ring: usualRing, ...options });
  const person = await server.person();
  const { ring = usualRing } = options;
  const rotation = { every: 90 * 86_400, publishAhead: 86_400, keepAfter: 2 * 86_400 };
  const keys = await openKeys({ ring, store: server.store, clock: server.clock, rotation });
  const context = { store: server.store, keys, oneTimePasswords, audit: server.audit };
  const newSecret = newOneTimePassword(context, person.id);
  const setUp = shownOneTimePassword(context, person, newSecret, "Example");
  const app = new AnApp(setUp?.secret ?? "");
  const now = server.clock.now();
  const given = { newSecret, code: app.codeAt(now) };
  assert.equal(await confirmOneTimePassword(context, person.id, given, { ...about, now }), "on");
  const codes = await newRecoveryCodes(context, person.id, { ...about, now });
  server.clock.advance(60);
  return { server, person, app, codes };
}

/** The sign-in of somebody who has the password. */
async function afterPassword(server: AServer): Promise<ASignIn> {
  const signIn = await ASignIn.begin(server, account);
  const told = await signIn.act("password", { email: "ada@example.com", password });
  assert.equal(told.step, "second-factor");
  return signIn;
}

async function methodsOf(server: AServer, accountId: string) {
  return (await server.store.sessions.listOf(accountId)).map(({ amr }) => amr);
}

describe("a one-time password", () => {
  it("[SU-01] is asked for after the password of who set them up, and makes two factors of it", async () => {
    const { server, person, app } = await withApp();
    const signIn = await ASignIn.begin(server, account);
    const first = await signIn.act("password", { email: "ada@example.com", password });
    assert.deepEqual([first.step, first.actions], ["second-factor", ["one-time-password", "recovery-code"]]);
    const told = await signIn.act("one-time-password", { code: app.codeAt(server.clock.now()) });
    assert.equal(told.step, "done");
    assert.deepEqual(await methodsOf(server, person.id), [["pwd", "otp", "mfa"]]);
    await server.close();
  });

  it("[OTP-01] counts once: neither twice, nor by two at once, nor the one that turned it on", async () => {
    const { server, person, app } = await withApp();
    const now = server.clock.now();
    const setUpCode = app.codeAt(now - 60);
    assert.equal(
      (await (await afterPassword(server)).act("one-time-password", { code: setUpCode })).fault,
      "one-time-password.wrong",
    );
    const both = [await afterPassword(server), await afterPassword(server)];
    const told = await Promise.all(
      both.map((one) => one.act("one-time-password", { code: app.codeAt(now) })),
    );
    assert.deepEqual(told.map(({ step }) => step).sort(), ["done", "second-factor"]);
    const again = await afterPassword(server);
    assert.equal(
      (await again.act("one-time-password", { code: app.codeAt(now) })).fault,
      "one-time-password.wrong",
    );
    assert.equal((await methodsOf(server, person.id)).length, 1);
    await server.close();
  });

  it("[OTP-01] of an earlier step does not count after one of a later step did", async () => {
    const { server, app } = await withApp();
    const now = server.clock.now();
    const later = app.codeAt(now + 30);
    assert.equal(
      (await (await afterPassword(server)).act("one-time-password", { code: later })).step,
      "done",
    );
    const told = await (await afterPassword(server)).act("one-time-password", { code: app.codeAt(now) });
    assert.equal(told.fault, "one-time-password.wrong");
    await server.close();
  });

  it("is not judged before a first factor fitted", async () => {
    const { server, app } = await withApp();
    const signIn = await ASignIn.begin(server, account);
    const told = await signIn.act("one-time-password", { code: app.codeAt(server.clock.now()) });
    assert.equal(told.fault, "page.stale");
    await server.close();
  });

  it("[OTP-03] is guessed at a few times only, whatever interaction and address the guesses come from", async () => {
    const limits = { second_factor: { limit: 5, window: 300 } };
    const { server, app } = await withApp({ limits });
    for (let n = 0; n < 5; n++)
      assert.equal(
        (await (await afterPassword(server)).act("one-time-password", { code: "000000" })).status,
        400,
      );
    const signIn = await afterPassword(server);
    const told = await signIn.act("one-time-password", { code: app.codeAt(server.clock.now()) });
    assert.deepEqual([told.status, told.error], [429, "temporarily_unavailable"]);
    server.clock.advance(330);
    const later = await (await afterPassword(server)).act("one-time-password", {
      code: app.codeAt(server.clock.now()),
    });
    assert.equal(later.step, "done");
    await server.close();
  });

  it("[OTP-03] is guessed at a limited number of times a day, however slowly", async () => {
    const limits = {
      second_factor: { limit: 5, window: 300 },
      second_factor_day: { limit: 7, window: 86_400 },
    };
    const { server, app } = await withApp({ limits });
    for (let n = 0; n < 7; n++) {
      await (await afterPassword(server)).act("one-time-password", { code: "000000" });
      server.clock.advance(600);
    }
    const told = await (await afterPassword(server)).act("one-time-password", {
      code: app.codeAt(server.clock.now()),
    });
    assert.equal(told.status, 429);
    await server.close();
  });

  it("[OTP-03] locks nobody out from outside: guesses without the password do not count", async () => {
    const limits = { second_factor: { limit: 1, window: 300 } };
    const { server, app } = await withApp({ limits });
    for (let n = 0; n < 5; n++)
      await (await ASignIn.begin(server, account)).act("one-time-password", { code: "1" });
    const told = await (await afterPassword(server)).act("one-time-password", {
      code: app.codeAt(server.clock.now()),
    });
    assert.equal(told.step, "done");
    await server.close();
  });

  it("[OTP-03] is told to the operator each time that it is wrong, whatever junk came before", async () => {
    const limits = { sign_in_address: { limit: 2, window: 300 } };
    const { server, person } = await withApp({ limits });
    for (let n = 0; n < 4; n++)
      await (await ASignIn.begin(server, account)).act("passkey", { credential: { id: "junk" } });
    for (let n = 0; n < 3; n++)
      await (await afterPassword(server)).act("one-time-password", { code: "000000" });
    const ofAda = server.audit.events.filter(({ accountId }) => accountId === person.id);
    assert.equal(ofAda.filter(({ what }) => what === "sign-in.refused").length, 3);
    await server.close();
  });

  it("[OTP-02] is kept sealed, and its secret and codes are nowhere in the audit or the trace", async () => {
    const { server, person, app } = await withApp();
    const code = app.codeAt(server.clock.now());
    await (await afterPassword(server)).act("one-time-password", { code });
    const kept = await server.store.oneTimePasswords.find(person.id);
    const sealed = Buffer.from(kept?.sealedSecret ?? "", "base64url");
    assert.ok(sealed.length > app.secret.length && !sealed.includes(Buffer.from(app.secret)));
    assert.ok(!server.audit.text.includes(code));
    await server.close();
  });

  it("[OTP-02] brings its secret to the newest key of the ring, so that an older one may leave", async () => {
    const [old, young] = [newRingKey(), newRingKey()];
    const { server, person, app } = await withApp({ ring: new KeyRing([old]) });
    const { store } = server;
    const before = await store.oneTimePasswords.keyIds();
    for (const keys of [[young, old], [young]]) {
      const now = server.clock.now();
      const next = await aServer({ store, ring: new KeyRing(keys), now });
      const signIn = await afterPassword(next);
      assert.equal((await signIn.act("one-time-password", { code: app.codeAt(now) })).step, "done");
      assert.notDeepEqual(await store.oneTimePasswords.keyIds(), before);
      server.clock.advance(60);
    }
    assert.equal((await methodsOf(server, person.id)).length, 2);
    await server.close();
  });

  it("[OTP-02] of another person's secret in this person's row opens nothing", async () => {
    const { server, app } = await withApp();
    const bob = await server.person({ email: "bob@example.com" });
    const [ada] = await server.store.accounts.list();
    const kept = await server.store.oneTimePasswords.find(ada?.id ?? "");
    assert.ok(kept);
    await server.store.oneTimePasswords.add({ ...kept, accountId: bob.id, lastStep: 0 });
    const signIn = await ASignIn.begin(server, account);
    await signIn.act("password", { email: "bob@example.com", password });
    const told = await signIn.act("one-time-password", { code: app.codeAt(server.clock.now()) });
    assert.equal(told.status, 500);
    assert.deepEqual(await methodsOf(server, bob.id), []);
    await server.close();
  });
});

describe("a recovery code", () => {
  it("[OTP-04] stands in for the lost app, once, and the operator is told how many are left", async () => {
    const { server, person, codes } = await withApp();
    const [code = ""] = codes;
    const told = await (await afterPassword(server)).act("recovery-code", {
      code: code.toUpperCase().replaceAll("-", " "),
    });
    assert.equal(told.step, "done");
    assert.deepEqual(await methodsOf(server, person.id), [["pwd", "recovery", "mfa"]]);
    const event = server.audit.events.find(({ what }) => what === "recovery-code.used");
    assert.equal(event?.detail, "9 left.");
    assert.ok(!server.audit.text.includes(code.replaceAll("-", "")));
    const again = await (await afterPassword(server)).act("recovery-code", { code });
    assert.equal(again.fault, "recovery-code.wrong");
    await server.close();
  });

  it("[OTP-04] of two at once counts for one", async () => {
    const { server, codes } = await withApp();
    const both = [await afterPassword(server), await afterPassword(server)];
    const told = await Promise.all(both.map((one) => one.act("recovery-code", { code: codes[3] })));
    assert.deepEqual(told.map(({ step }) => step).sort(), ["done", "second-factor"]);
    await server.close();
  });

  it("[OTP-04] is tried a few times only at one address, apart from the app's codes", async () => {
    const { server, codes } = await withApp({ limits: { second_factor: { limit: 2, window: 300 } } });
    const tries = async (address: string, code = "aaaa-aaaa-aaaa-aaaa") =>
      (await (await afterPassword(from(server, address))).act("recovery-code", { code })).status;
    for (let n = 0; n < 2; n++)
      await (await afterPassword(server)).act("one-time-password", { code: "000000" });
    const statuses = [await tries("192.0.2.1"), await tries("192.0.2.1"), await tries("192.0.2.1", codes[0])];
    assert.deepEqual(statuses, [400, 400, 429]);
    assert.equal(await tries("203.0.113.9", codes[0]), 200);
    await server.close();
  });

  it("is not offered when none is left", async () => {
    const { server, codes } = await withApp();
    for (const code of codes) await (await afterPassword(server)).act("recovery-code", { code });
    assert.deepEqual((await (await afterPassword(server)).state()).actions, ["one-time-password"]);
    await server.close();
  });
});
