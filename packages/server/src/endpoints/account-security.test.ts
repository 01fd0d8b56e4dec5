import assert from "node:assert/strict";
import { describe, type TestContext } from "node:test";
import {
  type AServer,
  type AServerOptions,
  aServer,
  issuer,
  password,
  usualSettings,
} from "../testing/a-server.ts";
import { ASignIn } from "../testing/a-sign-in.ts";
import { AnAccountPage, textOf } from "../testing/an-account-page.ts";
import { AnApp } from "../testing/an-app.ts";
import { AnAuthenticator } from "../testing/an-authenticator.ts";
import { aScene } from "../testing/elsewhere.ts";
import { codeTo } from "../testing/mailed.ts";
import { spec } from "../testing/spec.ts";

const email = "ada@example.com";
const next = "another horse battery staple";
const { signIn } = usualSettings(issuer);

async function aWorld(t: TestContext, options: AServerOptions = {}) {
  const server = await aServer(options);
  t.after(() => server.close());
  const ada = await server.person({ email });
  const bob = await server.person({ email: "bob@example.com" });
  return { server, ada, bob };
}

function aPasskey(accountId: string, id: string, name = "Phone") {
  return {
    ...{ id, accountId, name, publicKey: "", counter: 0, transports: [], aaguid: "" },
    ...{ isSynced: true, createdAt: 1_799_990_000, lastUsedAt: null },
  };
}

const hers = { upstream: "work", subject: "ada-there", email, createdAt: 0, lastUsedAt: null };

function happened({ audit }: AServer): readonly string[] {
  return audit.events.map(({ what }) => what);
}

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
    values: { action: "set", current: password, password: next },
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
      server.clock.advance(601);
      const visit = await page.see("security");
      assert.match(
        textOf(visit),
        /Phone It may be on several of your devices\. Added 2 hours ago\. Not used yet\./,
      );
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

describe("passkeys on the account page", () => {
  spec("I6-ACCOUNT-PASSKEYS", "are added, named and removed, each with a mail", async (t) => {
    const { server, ada } = await aWorld(t);
    const page = await AnAccountPage.open(server);
    const authenticator = new AnAuthenticator({ origin: issuer });
    const { values } = await aNewPasskey(page, authenticator);
    const added = await page.send("security/passkey", { ...values, name: "Blue key" });
    assert.match(textOf(added), /The passkey was added\. .*Blue key/);
    const [passkey] = await server.store.passkeys.listOf(ada.id);
    assert.match(server.mails.newestTo(email)?.text ?? "", /signs in .*: Blue key\./);
    const id = passkey?.id ?? "";
    const renamed = await page.send("security/passkey", { action: "rename", id, name: "Red key" });
    assert.match(textOf(renamed), /The name was saved\. .*Red key/);
    const removed = await page.send("security/passkey", { action: "remove", id });
    assert.match(textOf(removed), /The passkey was removed\./);
    assert.match(server.mails.newestTo(email)?.text ?? "", /no more: Red key\./);
    assert.deepEqual(await server.store.passkeys.listOf(ada.id), []);
    assert.deepEqual(happened(server).slice(-3), ["passkey.added", "passkey.renamed", "passkey.removed"]);
  });

  for (const [given, change] of [
    ["a challenge that was answered before", "again"],
    ["the page of another browser", "other browser"],
    ["an interaction of another page", "other page"],
    ["nothing that a browser made", "nothing"],
  ] as const) {
    spec("I6-ACCOUNT-PASSKEYS", `are not added by ${given}`, async (t) => {
      const { server, ada } = await aWorld(t);
      const page = await AnAccountPage.open(server);
      const { values } = await aNewPasskey(page, new AnAuthenticator({ origin: issuer }));
      const sender = change === "other browser" ? await AnAccountPage.open(server) : page;
      if (change === "again") {
        await page.send("security/passkey", values);
        for (const { id } of await server.store.passkeys.listOf(ada.id))
          await server.store.passkeys.remove(id, ada.id);
      }
      if (change === "nothing") values.credential = "{}";
      if (change === "other page") {
        const { url } = await page.browser.open("/account/sign-in?to=account");
        values.interaction = new URL(url).searchParams.get("interaction") ?? "";
      }
      const refused = await sender.send("security/passkey", values);
      assert.match(textOf(refused), /This passkey was not accepted/);
      assert.deepEqual(await server.store.passkeys.listOf(ada.id), []);
    });
  }
});

async function aNewPasskey(page: AnAccountPage, authenticator: AnAuthenticator) {
  const { body, headers } = await page.see("security/passkey");
  assert.match(
    headers.get("content-security-policy") ?? "",
    /script-src https:\/\/auth\.example\.com\/passkeys\.js/,
  );
  const options = JSON.parse(
    (/data-options="([^"]*)"/.exec(body)?.[1] ?? "").replaceAll("&quot;", '"').replaceAll("&amp;", "&"),
  );
  const interaction = /name="interaction" value="([^"]*)"/.exec(body)?.[1] ?? "";
  const credential = JSON.stringify(authenticator.create(options));
  return { values: { interaction, credential, name: "Key" } as Record<string, string> };
}

describe("the password on the account page", () => {
  async function twoBrowsers(t: TestContext) {
    const world = await aWorld(t);
    const [page, other] = [await AnAccountPage.open(world.server), await AnAccountPage.open(world.server)];
    return { ...world, page, other };
  }

  for (const [given, sign_out, left] of [
    ["and signs every other browser out", "on", 1],
    ["and leaves the others where the person says so", "", 2],
  ] as const) {
    spec("I6-ACCOUNT-PASSWORD", `is changed ${given}`, async (t) => {
      const { server, ada, page } = await twoBrowsers(t);
      const done = await page.send("security/password", {
        ...{ action: "set", current: password, password: next },
        ...(sign_out && { sign_out }),
      });
      assert.match(textOf(done), /Your new password is set/);
      assert.equal((await server.store.sessions.listOf(ada.id)).length, left);
      assert.equal((await page.see("security")).status, 200);
      assert.match(server.mails.newestTo(email)?.subject ?? "", /Your password at Valetkey changed/);
      assert.equal(happened(server).at(-1), "account.password-set");
      const again = await page.send("security/password", {
        action: "set",
        current: password,
        password: next,
      });
      assert.match(textOf(again), /The current password is wrong/);
    });
  }

  spec("I6-ACCOUNT-PASSWORD", "has the box that signs the others out ticked", async (t) => {
    const { page } = await twoBrowsers(t);
    assert.match((await page.see("security/password")).body, /name="sign_out" value="on" checked/);
  });

  for (const [given, values, says] of [
    ["a wrong current one", { current: "wrong" }, /The current password is wrong/],
    ["none where one stands", { current: "" }, /The current password is wrong/],
    ["a short one", { password: "short" }, /must have at least 12 characters/],
    ["one that leaked", { password: "leaked horse battery" }, /collections of leaked passwords/],
  ] as const) {
    spec("I6-ACCOUNT-PASSWORD", `is not changed by ${given}`, async (t) => {
      const { server, ada } = await aWorld(t, { leaked: { "leaked horse battery": 3 } });
      const page = await AnAccountPage.open(server);
      const refused = await page.send("security/password", {
        ...{ action: "set", current: password, password: next, sign_out: "on" },
        ...values,
      });
      assert.equal(refused.status, 400);
      assert.match(textOf(refused), says);
      assert.equal((await server.store.accounts.find(ada.id))?.passwordHash, ada.passwordHash);
      assert.deepEqual(server.mails.sent, []);
    });
  }

  spec("I6-ACCOUNT-PASSWORD", "is guessed at no oftener here than at the sign-in page", async (t) => {
    const { server } = await aWorld(t, { limits: { sign_in: { limit: 3, window: 600 } } });
    const page = await AnAccountPage.open(server);
    const guess = { action: "set", current: "wrong", password: next };
    for (let count = 0; count < 3; count++) await page.send("security/password", guess);
    const { status } = await page.send("security/password", { ...guess, current: password });
    assert.deepEqual([status, server.audit.lastRefusal], [429, "request.rate"]);
  });

  spec("I6-ACCOUNT-PASSWORD", "is set by who has none, without asking for one", async (t) => {
    const { server, ada } = await aWorld(t);
    const page = await AnAccountPage.open(server);
    await server.store.accounts.setPassword(ada.id, null, "all");
    assert.doesNotMatch((await page.see("security/password")).body, /name="current"/);
    await page.send("security/password", { action: "set", password: next, sign_out: "on" });
    assert.ok((await server.store.accounts.find(ada.id))?.passwordHash);
  });

  spec("I6-ACCOUNT-PASSWORD", "is taken away where another way in is left", async (t) => {
    const { server, ada } = await aWorld(t);
    const page = await AnAccountPage.open(server);
    const removed = await page.send("security/password", { action: "remove" });
    assert.match(textOf(removed), /The password was removed\. .*You have no password\./);
    assert.equal((await server.store.accounts.find(ada.id))?.passwordHash, null);
    assert.match(server.mails.newestTo(email)?.subject ?? "", /password at Valetkey was removed/);
    const again = await page.send("security/password", { action: "remove" });
    assert.match(textOf(again), /Something changed meanwhile/);
  });
});

describe("the second step on the account page", () => {
  async function anApp(page: AnAccountPage) {
    const { body } = await page.see("security/app");
    const secret = /<code dir="ltr">([^<]*)</.exec(body)?.[1]?.replaceAll(" ", "") ?? "";
    const new_secret = /name="new_secret" value="([^"]*)"/.exec(body)?.[1] ?? "";
    return { app: new AnApp(secret), new_secret };
  }

  spec(
    "I6-ACCOUNT-SECOND-FACTOR",
    "is an app from its first code on, with codes that are shown once",
    async (t) => {
      const { server, ada } = await aWorld(t);
      const page = await AnAccountPage.open(server);
      const { app, new_secret } = await anApp(page);
      const wrong = await page.send("security/app", { new_secret, code: "000000" });
      assert.deepEqual([wrong.status, await server.store.oneTimePasswords.find(ada.id)], [400, undefined]);
      const code = app.codeAt(server.clock.now());
      const codes = await page.send("security/app", { new_secret, code });
      assert.match(textOf(codes), /Keep your recovery codes/);
      assert.equal(await server.store.recoveryCodes.left(ada.id), 10);
      assert.match(server.mails.newestTo(email)?.subject ?? "", /has a second factor/);
      const shown = codes.body.match(/<li><code>([^<]*)/g) ?? [];
      assert.equal(shown.length, 10);
      const kept = await page.browser.submit(codes, { action: "kept-codes" });
      assert.match(textOf(kept), /Set up less than a minute ago\..*10 codes are left/);
      assert.doesNotMatch(kept.body, /<li><code>/);
      const again = await page.send("security/app", { new_secret, code });
      assert.match(textOf(again), /Something changed meanwhile/);
      assert.equal(await server.store.recoveryCodes.left(ada.id), 10);
    },
  );

  spec("I6-ACCOUNT-SECOND-FACTOR", "is none that another account's page gave out", async (t) => {
    const { server, ada } = await aWorld(t);
    const [page, bob] = [
      await AnAccountPage.open(server),
      await AnAccountPage.open(server, { email: "bob@example.com" }),
    ];
    const { app, new_secret } = await anApp(bob);
    const code = app.codeAt(server.clock.now());
    const refused = await page.send("security/app", { new_secret, code });
    assert.match(textOf(refused), /Something changed meanwhile/);
    assert.equal(await server.store.oneTimePasswords.find(ada.id), undefined);
  });

  spec("I6-ACCOUNT-SECOND-FACTOR", "goes with its codes; new ones replace the old", async (t) => {
    const { server, ada } = await aWorld(t);
    const page = await AnAccountPage.open(server);
    const { app, new_secret } = await anApp(page);
    await page.send("security/app", { new_secret, code: app.codeAt(server.clock.now()) });
    const again = await page.send("security", { action: "new-codes" });
    assert.match(textOf(again), /Keep your recovery codes/);
    assert.match(server.mails.newestTo(email)?.subject ?? "", /New recovery codes/);
    const removed = await page.send("security", { action: "remove-app" });
    assert.match(textOf(removed), /The authenticator app was removed/);
    assert.equal(await server.store.recoveryCodes.left(ada.id), 0);
    assert.match(server.mails.newestTo(email)?.subject ?? "", /lost its second factor/);
    const none = await page.send("security", { action: "new-codes" });
    assert.match(textOf(none), /Something changed meanwhile/);
    assert.equal(await server.store.recoveryCodes.left(ada.id), 0);
  });
});

describe("the address on the account page", () => {
  const fresh = "ada@new.example";

  async function asked(t: TestContext) {
    const world = await aWorld(t);
    const page = await AnAccountPage.open(world.server);
    const waits = await page.send("security/email", { action: "mail", email: ` ${fresh.toUpperCase()} ` });
    assert.match(textOf(waits), /A code is on its way to ada@new\.example/);
    const interaction = new URL(waits.url).searchParams.get("interaction") ?? "";
    const code = codeTo(world.server, fresh);
    return { ...world, page, interaction, code };
  }

  spec(
    "I6-ACCOUNT-EMAIL",
    "changes when the code of the new one is typed, and the old one is told",
    async (t) => {
      const { server, ada, page, interaction, code } = await asked(t);
      assert.equal((await server.store.accounts.find(ada.id))?.email, email);
      const done = await page.send("security/email", { action: "confirm", interaction, code });
      assert.match(textOf(done), /Your address was changed/);
      const account = await server.store.accounts.find(ada.id);
      assert.deepEqual([account?.email, account?.emailVerified], [fresh, true]);
      assert.match(server.mails.newestTo(email)?.text ?? "", /another address now: ada@new\.example/);
      assert.equal(happened(server).at(-1), "account.email-changed");
    },
  );

  for (const given of [
    "a wrong code",
    "another browser",
    "a spent code",
    "an address changed meanwhile",
  ] as const) {
    spec("I6-ACCOUNT-EMAIL", `stays with ${given}`, async (t) => {
      const { server, ada, page, interaction, code } = await asked(t);
      let sender = page;
      let typed = code;
      if (given === "a wrong code") typed = code === "00000000" ? "11111111" : "00000000";
      if (given === "another browser") sender = await AnAccountPage.open(server);
      if (given === "an address changed meanwhile")
        await server.store.accounts.setEmail(ada.id, "third@example.com", email);
      if (given === "a spent code") {
        await page.send("security/email", { action: "confirm", interaction, code });
        await server.store.accounts.setEmail(ada.id, email, fresh);
      }
      await sender.send("security/email", { action: "confirm", interaction, code: typed });
      assert.notEqual((await server.store.accounts.find(ada.id))?.email, fresh);
    });
  }

  spec(
    "I6-ACCOUNT-EMAIL",
    "is not another account's, of which nobody learns who does not read its mail",
    async (t) => {
      const { server, ada } = await aWorld(t);
      const page = await AnAccountPage.open(server);
      const waits = await page.send("security/email", { action: "mail", email: "bob@example.com" });
      assert.match(textOf(waits), /A code is on its way to bob@example\.com/);
      const interaction = new URL(waits.url).searchParams.get("interaction") ?? "";
      const code = codeTo(server, "bob@example.com");
      const taken = await page.send("security/email", { action: "confirm", interaction, code });
      assert.match(textOf(taken), /belongs to another account/);
      assert.equal((await server.store.accounts.find(ada.id))?.email, email);
    },
  );

  spec("I6-ACCOUNT-EMAIL", "fills the code of the mail's link in, and changes nothing by it", async (t) => {
    const { server, ada, page, interaction, code } = await asked(t);
    const link = /https:\/\/\S+/.exec(server.mails.newestTo(fresh)?.text ?? "")?.[0] ?? "";
    const visit = await page.browser.open(link);
    assert.ok(visit.body.includes(`value="${code}"`));
    assert.ok(link.includes(interaction));
    assert.equal((await server.store.accounts.find(ada.id))?.email, email);
  });

  spec("I6-ACCOUNT-EMAIL", "is confirmed by a mail that the person asks for", async (t) => {
    const { server } = await aWorld(t);
    await server.person({ id: "acc_eve", email: "eve@example.com", emailVerified: false });
    const page = await AnAccountPage.open(server, { email: "eve@example.com" });
    assert.match(textOf(await page.see("security")), /You have not confirmed it yet/);
    const mailed = await page.send("security", { action: "verify-email" });
    assert.match(textOf(mailed), /A mail with a link is on its way/);
    assert.match(server.mails.newestTo("eve@example.com")?.text ?? "", /\/verify-email\?link=/);
  });
});

describe("accounts elsewhere on the account page", () => {
  spec("I6-ACCOUNT-MAILS", "are connected with a mail, and the page says so", async () => {
    await using scene = await aScene();
    const { server } = scene;
    const account = await server.person({ email });
    const page = await AnAccountPage.open(server);
    const offered = await page.see("security");
    assert.match(offered.body, /action="\/upstream\/work\/connect"/);
    assert.doesNotMatch(offered.headers.get("content-security-policy") ?? "", /form-action/);
    const body = new URLSearchParams({ form_token: await page.token() });
    const left = await page.post("../upstream/work/connect", body);
    const back = scene.work.approve(left.url, { sub: "ada-there", email, email_verified: true });
    const done = await page.browser.open(back.href);
    assert.match(textOf(done), /is connected\./);
    assert.equal((await server.store.identities.listOf(account.id)).length, 1);
    assert.match(server.mails.newestTo(email)?.subject ?? "", /is connected with yours/);
  });

  spec("I6-ACCOUNT-LAST-WAY", "are disconnected with a mail, while another way in is left", async (t) => {
    const { server, ada } = await aWorld(t);
    const page = await AnAccountPage.open(server);
    await server.store.identities.add({ ...hers, accountId: ada.id });
    const done = await page.send("security", {
      action: "disconnect",
      upstream: "work",
      subject: "ada-there",
    });
    assert.match(textOf(done), /The account was disconnected/);
    assert.deepEqual(await server.store.identities.listOf(ada.id), []);
    assert.match(server.mails.newestTo(email)?.text ?? "", /no more: work\./);
  });
});
