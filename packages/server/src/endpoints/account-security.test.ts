import assert from "node:assert/strict";
import { describe } from "node:test";
import { type AServer, issuer, password, usualSettings } from "../testing/a-server.ts";
import { ASignIn } from "../testing/a-sign-in.ts";
import { AnAccountPage, textOf } from "../testing/an-account-page.ts";
import { aPasskey, aWorld, email, happened, hers, nextPassword } from "../testing/an-account-world.ts";
import { AnAuthenticator } from "../testing/an-authenticator.ts";
import { spec } from "../testing/spec.ts";

const { signIn } = usualSettings(issuer);

/** Every change of how somebody signs in, with what stands for it. */
const changes: readonly {
  readonly named: string;
  readonly path: string;
  readonly values: Readonly<Record<string, string>>;
}[] = [
  { named: "removing a passkey", path: "security/passkey", values: { action: "remove", id: "pk-ada" } },
  {
    named: "renaming a passkey",
    path: "security/passkey",
    values: { action: "rename", id: "pk-ada", name: "X" },
  },
  {
    named: "setting a password",
    path: "security/password",
    values: { action: "set", current: password, password: nextPassword },
  },
  { named: "removing the password", path: "security/password", values: { action: "remove" } },
  { named: "removing the app", path: "security", values: { action: "remove-app" } },
  { named: "making recovery codes", path: "security", values: { action: "new-codes" } },
  {
    named: "disconnecting an account",
    path: "security",
    values: { action: "disconnect", upstream: "work", subject: "ada-there" },
  },
  {
    named: "changing the address",
    path: "security/email",
    values: { action: "mail", email: "new@example.com" },
  },
  { named: "deleting the account", path: "delete", values: { email } },
];

async function withEverything(server: AServer, accountId: string): Promise<void> {
  const { store } = server;
  await store.passkeys.add(aPasskey(accountId, "pk-ada"));
  const secret = { accountId, sealedSecret: "", keyId: "", lastStep: 0, createdAt: 0 };
  await store.oneTimePasswords.add(secret);
  await store.identities.add({ ...hers, accountId });
}

/** Everything that an account has, to be compared with itself. */
async function stateOf({ store }: AServer, id: string) {
  return [
    await store.accounts.find(id),
    await store.passkeys.listOf(id),
    await store.oneTimePasswords.find(id),
    await store.recoveryCodes.left(id),
    await store.identities.listOf(id),
  ];
}

describe("a change of how somebody signs in", () => {
  for (const { named, path, values } of changes) {
    for (const [given, forged, headers, refusal] of [
      ["without the token of its page", { form_token: "" }, {}, "request.form-token"],
      ["from another site", {}, { "sec-fetch-site": "cross-site" }, "request.cross-site"],
    ] as const) {
      spec("I6-ACCOUNT-FORMS", `${named} ${given} is refused`, async (t) => {
        const { server, ada } = await aWorld(t);
        const page = await AnAccountPage.open(server);
        await withEverything(server, ada.id);
        const before = await stateOf(server, ada.id);
        const { status } = await page.send(path, { ...values, ...forged }, headers);
        assert.deepEqual([status, server.audit.lastRefusal], [400, refusal]);
        assert.deepEqual(await stateOf(server, ada.id), before);
      });
    }

    spec("I6-ACCOUNT-FRESH", `${named} takes a sign-in of the last ten minutes`, async (t) => {
      const { server, ada } = await aWorld(t);
      const page = await AnAccountPage.open(server);
      await withEverything(server, ada.id);
      const before = await stateOf(server, ada.id);
      server.clock.advance(601);
      const { url } = await page.send(path, values);
      assert.match(url, /\/sign-in\?interaction=/);
      assert.deepEqual(await stateOf(server, ada.id), before);
      assert.deepEqual(server.mails.sent, []);
    });

    spec("I6-ACCOUNT-FORMS", `${named} with a page of another account is refused`, async (t) => {
      const { server, ada, bob } = await aWorld(t);
      const page = await AnAccountPage.open(server);
      const stale = await page.token();
      await withEverything(server, ada.id);
      const visit = await page.browser.open("/account/sign-in?to=account");
      await page.browser.submit(visit, { email: bob.email, password });
      const [before, bobs] = [await stateOf(server, ada.id), await stateOf(server, bob.id)];
      const { status } = await page.send(path, { ...values, form_token: stale });
      assert.deepEqual([status, server.audit.lastRefusal], [400, "request.form-token"]);
      assert.deepEqual([await stateOf(server, ada.id), await stateOf(server, bob.id)], [before, bobs]);
    });
  }

  for (const { named, path, values } of changes.filter(({ values }) => values.id || values.subject)) {
    spec("I6-ACCOUNT-FORMS", `${named} of another person does what it does for nothing`, async (t) => {
      const { server, ada } = await aWorld(t);
      await withEverything(server, ada.id);
      const bob = await AnAccountPage.open(server, { email: "bob@example.com" });
      const before = await stateOf(server, ada.id);
      const [theirs, nobodys] = [
        await bob.send(path, values),
        await bob.send(path, { ...values, id: "gone", subject: "gone" }),
      ];
      assert.equal(theirs.url, nobodys.url);
      assert.equal(textOf(theirs), textOf(nobodys));
      assert.deepEqual(await stateOf(server, ada.id), before);
    });
  }
});

describe("the page of how somebody signs in", () => {
  spec(
    "I6-ACCOUNT-FRESH",
    "shows who signed in long ago what they have, and where to prove that it is them",
    async (t) => {
      const { server, ada } = await aWorld(t);
      const page = await AnAccountPage.open(server);
      await withEverything(server, ada.id);
      const used = { lastUsedAt: server.clock.now() };
      await server.store.passkeys.add({ ...aPasskey(ada.id, "pk-used", "Laptop"), ...used });
      server.clock.advance(601);
      const visit = await page.see("security");
      assert.match(
        textOf(visit),
        /Phone It may be on several of your devices\. Added 2 hours ago\. Not used yet\./,
      );
      assert.match(textOf(visit), /Laptop .*Added 2 hours ago\. Last used 10 minutes ago\./);
      assert.match(visit.body, /href="\/account\/sign-in\?to=account\/security"/);
      assert.doesNotMatch(visit.body, /name="action"/);
      const signIn = await page.browser.open("/account/sign-in?to=account/security");
      const back = await page.browser.submit(signIn, { email, password });
      assert.match(back.url, /\/sign-in\?/);
    },
  );

  for (const path of ["security/passkey", "security/password", "security/app", "security/email", "delete"]) {
    spec("I6-ACCOUNT-FRESH", `sends who signed in long ago to sign in, and back to ${path}`, async (t) => {
      const { server } = await aWorld(t);
      const page = await AnAccountPage.open(server);
      server.clock.advance(601);
      const away = await page.see(path);
      assert.match(away.url, /\/sign-in\?interaction=/);
      const back = await page.browser.submit(away, { email, password });
      assert.equal(back.url, `${issuer}/account/${path}`);
    });
  }

  spec("I6-ACCOUNT-LAST-WAY", "says why the last way in stays", async (t) => {
    const { server, ada } = await aWorld(t, { settings: { signIn: { ...signIn, email: false } } });
    const page = await AnAccountPage.open(server);
    const own = await page.see("security/password");
    assert.match(textOf(own), /This is the only way in that you have/);
    assert.doesNotMatch(own.body, /value="remove"/);
    const kept = await page.send("security/password", { action: "remove" });
    assert.match(textOf(kept), /This is the only way in that you have/);
    assert.ok((await server.store.accounts.find(ada.id))?.passwordHash);
    await server.store.passkeys.add(aPasskey(ada.id, "pk-ada"));
    await server.store.accounts.setPassword(ada.id, null, "all");
    const passkey = await page.see("security/passkey?id=pk-ada");
    assert.match(textOf(passkey), /This is the only way in that you have/);
    assert.doesNotMatch(passkey.body, /value="remove"/);
  });

  spec("I6-ACCOUNT-LAST-WAY", "keeps one of two that are removed at once", async (t) => {
    const { server, ada } = await aWorld(t, { settings: { signIn: { ...signIn, email: false } } });
    const page = await AnAccountPage.open(server);
    await server.store.accounts.setPassword(ada.id, null, "all");
    const ids = ["a", "b", "c", "d"];
    for (const id of ids) await server.store.passkeys.add(aPasskey(ada.id, id));
    const ended = await Promise.all(ids.map((id) => page.send("security/passkey", { action: "remove", id })));
    assert.equal((await server.store.passkeys.listOf(ada.id)).length, 1);
    assert.equal(ended.filter(({ url }) => url.endsWith("kept=way")).length, 1);
    assert.equal(happened(server).filter((what) => what === "passkey.removed").length, 3);
  });

  spec("I6-ACCOUNT-LAST-WAY", "keeps the last second factor where one is required", async (t) => {
    const settings = { signIn: { ...signIn, secondFactor: "required" as const } };
    const { server, ada } = await aWorld(t, { settings });
    const steps = await ASignIn.begin(server, `${issuer}/account`);
    await steps.act("password", { email, password });
    const { passkey_creation: creation = {} } = await steps.state();
    const credential = new AnAuthenticator({ origin: issuer }).create(creation);
    assert.equal((await steps.act("new-passkey", { credential })).step, "done");
    const page = AnAccountPage.of(server, steps.browser);
    const [{ id } = { id: "" }] = await server.store.passkeys.listOf(ada.id);
    const one = await page.see(`security/passkey?${new URLSearchParams({ id })}`);
    assert.match(textOf(one), /A second step is required here/);
    const kept = await page.send("security/passkey", { action: "remove", id });
    assert.match(textOf(kept), /A second step is required here/);
    const secret = { accountId: ada.id, sealedSecret: "", keyId: "", lastStep: 0, createdAt: 0 };
    await server.store.oneTimePasswords.add(secret);
    await page.send("security/passkey", { action: "remove", id });
    assert.deepEqual(await server.store.passkeys.listOf(ada.id), []);
    const app = await page.send("security", { action: "remove-app" });
    assert.match(textOf(app), /A second step is required here/);
    assert.ok(await server.store.oneTimePasswords.find(ada.id));
  });
});
