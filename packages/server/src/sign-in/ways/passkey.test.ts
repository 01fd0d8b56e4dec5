import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { describe, it } from "node:test";
import type { Passkey } from "../../records/passkey.ts";
import { type AServer, aServer, issuer, password, usualSettings } from "../../testing/a-server.ts";
import { ASignIn } from "../../testing/a-sign-in.ts";
import { AnAuthenticator, type Tampering } from "../../testing/an-authenticator.ts";

const account = `${issuer}/account`;
const usual = usualSettings(issuer).signIn;

/** A person with a passkey, on an authenticator of their own. */
async function withPasskey(
  server: AServer,
  about: { email?: string; isSynced?: boolean; counts?: boolean } = {},
) {
  const { email = "ada@example.com", ...options } = about;
  const person = await server.person({ email });
  const authenticator = new AnAuthenticator({ origin: issuer, ...options });
  const userHandle = Buffer.from(person.id).toString("base64url");
  const challenge = "x".repeat(43);
  const made = authenticator.create({ rp: { id: "auth.example.com" }, user: { id: userHandle }, challenge });
  const { passkeysOf } = await import("../../adapters/passkeys/passkeys.ts");
  const passkey: Passkey = {
    ...(await passkeysOf()({ issuer, name: "" }).created(made, challenge)),
    accountId: person.id,
    name: "Phone",
    createdAt: 0,
    lastUsedAt: null,
  };
  await server.store.passkeys.add(passkey);
  return { person, authenticator, passkey };
}

async function sessionOf(server: AServer, accountId: string) {
  const [session] = await server.store.sessions.listOf(accountId);
  return session;
}

describe("signing in with a passkey", () => {
  for (const { isSynced, expected } of [
    { isSynced: true, expected: ["swk", "user", "mfa"] },
    { isSynced: false, expected: ["hwk", "user", "mfa"] },
  ]) {
    it(`[SU-01] is one step and two factors: ${expected.join(" ")}`, async () => {
      const server = await aServer();
      const { person, authenticator, passkey } = await withPasskey(server, { isSynced });
      const signIn = await ASignIn.begin(server, account);
      const { passkey_request: request = {}, actions } = await signIn.state();
      assert.ok(actions.includes("passkey"));
      assert.deepEqual(request.allowCredentials, []);
      const told = await signIn.act("passkey", { credential: authenticator.get(request) });
      assert.equal(told.step, "done");
      assert.deepEqual((await sessionOf(server, person.id))?.amr, expected);
      assert.equal((await server.store.passkeys.find(passkey.id))?.lastUsedAt, server.clock.now());
      await server.close();
    });
  }

  it("[WA-05] looks alike for a browser whoever has passkeys here", async () => {
    const server = await aServer();
    const shown = async () => {
      const { passkey_request: request = {}, ...told } = await (await ASignIn.begin(server, account)).state();
      return [Object.keys(told), told.actions, { ...request, challenge: "" }];
    };
    const before = await shown();
    await withPasskey(server);
    assert.deepEqual(await shown(), before);
    await server.close();
  });

  it("is not there where the operator does not offer it", async () => {
    const server = await aServer({ settings: { signIn: { ...usual, passkeys: false } } });
    const { authenticator, person } = await withPasskey(server);
    const signIn = await ASignIn.begin(server, account);
    const { actions, passkey_request } = await signIn.state();
    assert.deepEqual([actions.includes("passkey"), passkey_request], [false, undefined]);
    const credential = authenticator.get({ rpId: "auth.example.com", challenge: "x".repeat(43) });
    assert.equal((await signIn.act("passkey", { credential })).fault, "page.stale");
    assert.equal(await sessionOf(server, person.id), undefined);
    await server.close();
  });

  const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const attacks: readonly { given: string; tampering: Tampering }[] = [
    { given: "another origin", tampering: { origin: "https://auth.example.org" } },
    { given: "another relying party", tampering: { rpId: "example.com" } },
    { given: "no user verification", tampering: { userVerified: false } },
    { given: "the answer to a creation", tampering: { type: "webauthn.create" } },
    { given: "a signature by another key", tampering: { signedBy: stranger } },
    { given: "a passkey that nobody knows", tampering: { credentialId: "A".repeat(43) } },
  ];
  for (const { given, tampering } of attacks) {
    it(`[WA-01] is refused with ${given}: in the same words, and the operator is told`, async () => {
      const server = await aServer();
      const { person, authenticator } = await withPasskey(server);
      const signIn = await ASignIn.begin(server, account);
      const { passkey_request: request = {} } = await signIn.state();
      const told = await signIn.act("passkey", { credential: authenticator.get(request, tampering) });
      assert.deepEqual([told.status, told.fault, told.step], [400, "passkey.refused", "sign-in"]);
      assert.equal(server.audit.events.at(-1)?.what, "sign-in.refused");
      assert.equal(await sessionOf(server, person.id), undefined);
      await server.close();
    });
  }

  it("[WA-03] is refused with one's own passkey and another person's user handle", async () => {
    const server = await aServer();
    const { authenticator } = await withPasskey(server);
    const bob = await server.person({ email: "bob@example.com" });
    const signIn = await ASignIn.begin(server, account);
    const { passkey_request: request = {} } = await signIn.state();
    const userHandle = Buffer.from(bob.id).toString("base64url");
    const told = await signIn.act("passkey", { credential: authenticator.get(request, { userHandle }) });
    assert.equal(told.fault, "passkey.refused");
    assert.equal(await sessionOf(server, bob.id), undefined);
    await server.close();
  });

  it("[WA-02] takes a challenge once, right or wrong", async () => {
    const server = await aServer();
    const { person, authenticator } = await withPasskey(server);
    const signIn = await ASignIn.begin(server, account);
    const { passkey_request: request = {} } = await signIn.state();
    const wrong = authenticator.get(request, { userVerified: false });
    assert.equal((await signIn.act("passkey", { credential: wrong })).fault, "passkey.refused");
    const right = authenticator.get(request);
    assert.equal((await signIn.act("passkey", { credential: right })).fault, "passkey.refused");
    assert.equal(await sessionOf(server, person.id), undefined);
    const { passkey_request: next = {} } = await signIn.state();
    assert.notEqual(next.challenge, request.challenge);
    assert.equal((await signIn.act("passkey", { credential: authenticator.get(next) })).step, "done");
    await server.close();
  });

  it("[WA-02] of ten copies of one answer at once takes one", async () => {
    const server = await aServer();
    const { person, authenticator } = await withPasskey(server);
    const signIn = await ASignIn.begin(server, account);
    const { passkey_request: request = {} } = await signIn.state();
    const credential = authenticator.get(request);
    const all = await Promise.all(Array.from({ length: 10 }, () => signIn.act("passkey", { credential })));
    assert.equal(all.filter(({ step, fault }) => step === "done" && fault === undefined).length >= 1, true);
    assert.equal((await server.store.sessions.listOf(person.id)).length, 1);
    await server.close();
  });

  it("[WA-02] is refused with the challenge of another interaction", async () => {
    const server = await aServer();
    const { person, authenticator } = await withPasskey(server);
    const [mine, other] = [await ASignIn.begin(server, account), await ASignIn.begin(server, account)];
    const { passkey_request: request = {} } = await other.state();
    const told = await mine.act("passkey", { credential: authenticator.get(request) });
    assert.equal(told.fault, "passkey.refused");
    assert.equal(await sessionOf(server, person.id), undefined);
    await server.close();
  });

  it("[WA-04] is refused when the authenticator's counter went back, as a copy of it", async () => {
    const server = await aServer();
    const { person, authenticator } = await withPasskey(server, { counts: true });
    const first = await ASignIn.begin(server, account);
    const { passkey_request: request = {} } = await first.state();
    await first.act("passkey", { credential: authenticator.get(request, { counter: 9 }) });
    const second = await ASignIn.begin(server, account);
    const { passkey_request: again = {} } = await second.state();
    const told = await second.act("passkey", { credential: authenticator.get(again, { counter: 9 }) });
    assert.equal(told.fault, "passkey.refused");
    const event = server.audit.events.at(-1);
    assert.deepEqual([event?.what, event?.accountId], ["passkey.copied", person.id]);
    assert.equal((await server.store.sessions.listOf(person.id)).length, 1);
    await server.close();
  });

  it("is refused for an account that is switched off", async () => {
    const server = await aServer();
    const { person, authenticator } = await withPasskey(server);
    await server.store.accounts.setDisabled(person.id, server.clock.now());
    const signIn = await ASignIn.begin(server, account);
    const { passkey_request: request = {} } = await signIn.state();
    const told = await signIn.act("passkey", { credential: authenticator.get(request) });
    assert.equal(told.fault, "passkey.refused");
    assert.equal(await sessionOf(server, person.id), undefined);
    await server.close();
  });

  for (const { given, credential } of [
    { given: "nothing", credential: "" },
    { given: "no JSON", credential: "{" },
    { given: "a list", credential: "[1]" },
    { given: "null", credential: "null" },
    { given: "a million letters", credential: JSON.stringify({ id: "A".repeat(60_000) }) },
    { given: "JSON that is nested deeply", credential: `${"[".repeat(30_000)}${"]".repeat(30_000)}` },
    { given: "an id that is no text", credential: '{"id":{"toString":1}}' },
  ]) {
    it(`answers ${given} like any wrong passkey`, async () => {
      const server = await aServer();
      const signIn = await ASignIn.begin(server, account);
      const told = await signIn.act("passkey", { credential });
      assert.deepEqual([told.status, told.fault], [400, "passkey.refused"]);
      assert.deepEqual(server.audit.failures, []);
      await server.close();
    });
  }
});

describe("a passkey as the second factor", () => {
  it("is asked for after a password where two factors are required, and counts only for that person", async () => {
    const server = await aServer({ settings: { signIn: { ...usual, secondFactor: "required" } } });
    const ada = await withPasskey(server);
    const bob = await withPasskey(server, { email: "bob@example.com" });
    const signIn = await ASignIn.begin(server, account);
    const first = await signIn.act("password", { email: "ada@example.com", password });
    assert.deepEqual([first.step, first.actions], ["second-factor", ["passkey"]]);
    const foreign = await signIn.act("passkey", {
      credential: bob.authenticator.get(first.passkey_request ?? {}),
    });
    assert.equal(foreign.fault, "page.stale");
    assert.equal(await sessionOf(server, bob.person.id), undefined);
    const { passkey_request: request = {} } = await signIn.state();
    const told = await signIn.act("passkey", { credential: ada.authenticator.get(request) });
    assert.equal(told.step, "done");
    assert.deepEqual((await sessionOf(server, ada.person.id))?.amr, ["pwd", "swk", "user", "mfa"]);
    await server.close();
  });
});
