import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, type TestContext } from "node:test";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { aDeviceClient, atApproval, aWaitingDevice, decide, poll } from "../testing/a-device.ts";
import { readAll, told } from "../testing/a-feed.ts";
import { refresh } from "../testing/a-login.ts";
import { aLookout, lineageOf } from "../testing/a-program.ts";
import { type AServerOptions, aServer, issuer, mcp, usualSettings } from "../testing/a-server.ts";
import { AnAccountPage, textOf } from "../testing/an-account-page.ts";
import { aPasskey, hers } from "../testing/an-account-world.ts";
import { spec } from "../testing/spec.ts";

const email = "ada@example.com";

async function aWorld(t: TestContext, options: AServerOptions = {}) {
  const server = await aServer(options);
  t.after(() => server.close());
  const ada = await server.person({ email });
  const bob = await server.person({ email: "bob@example.com" });
  return { server, ada, bob };
}

describe("the page of what happened", () => {
  spec("I6-ACCOUNT-ACTIVITY", "tells a person's own events in words, and nobody else's", async (t) => {
    const { server, ada, bob } = await aWorld(t);
    const page = await AnAccountPage.open(server);
    const client = await server.client({ name: "Notes app" });
    const at = server.clock.now();
    const address = "192.168.1.7";
    await server.store.journal.append(
      [
        ...server.audit.events,
        { at, what: "passkey.added", accountId: ada.id, address, detail: "Blue key" },
        { at, what: "grant.ended", accountId: ada.id, clientId: client.id, grantId: 1 },
        { at, what: "sign-in.refused", accountId: ada.id, detail: "for the operator" },
        { at, what: "comet.seen", accountId: ada.id },
        { at, what: "__proto__", accountId: ada.id },
        { at, what: "token.issued", accountId: ada.id },
        { at, what: "passkey.removed", accountId: bob.id, detail: "Bob's key" },
      ],
      [],
    );
    const text = textOf(await page.see("activity"));
    for (const sentence of [
      "A passkey was added Jan 15, 2027, 8:00 AM UTC · A private network · Blue key",
      "An app was removed Jan 15, 2027, 8:00 AM UTC · App: Notes app.",
      "A sign-in was refused Jan 15, 2027, 8:00 AM UTC ",
      "comet.seen Jan 15, 2027",
      "__proto__ Jan 15, 2027",
      "You signed in",
      "What each app did with its access is not among it.",
    ])
      assert.ok(text.replace(/\u202f/g, " ").includes(sentence), `${sentence} is not in ${text}`);
    assert.doesNotMatch(text, /Bob's key|for the operator|token\.issued/);
  });

  spec("I6-ACCOUNT-ACTIVITY", "tells how many are shown where there are more", async (t) => {
    const { server, ada } = await aWorld(t);
    const page = await AnAccountPage.open(server);
    const event = { at: server.clock.now(), what: "passkey.added", accountId: ada.id };
    await server.store.journal.append(
      Array.from({ length: 101 }, () => event),
      [],
    );
    const visit = await page.see("activity");
    assert.match(textOf(visit), /The newest 100 things that happened/);
    assert.equal(visit.body.match(/id="event-/g)?.length, 100);
  });
});

describe("the page of one's data", () => {
  spec("I6-ACCOUNT-DATA", "sets name and language, over what the browser chose before", async (t) => {
    const look = { ...usualSettings(issuer).look, languages: ["en", "de"] };
    const { server, ada } = await aWorld(t, { settings: { look } });
    const page = await AnAccountPage.open(server);
    await page.browser.open("/language", {
      method: "POST",
      body: new URLSearchParams({ language: "en", back: "/account" }),
    });
    const saved = await page.send("data", { name: "  Ada\n Lovelace ", locale: "de" });
    assert.match(textOf(saved), /Gespeichert/);
    const account = await server.store.accounts.find(ada.id);
    assert.deepEqual([account?.name, account?.locale], ["Ada  Lovelace", "de"]);
    await page.send("data", { name: "Ada", locale: "browser" });
    assert.equal((await server.store.accounts.find(ada.id))?.locale, undefined);
    const nameless = await page.send("data", { name: " " });
    assert.deepEqual([nameless.status, (await server.store.accounts.find(ada.id))?.name], [400, "Ada"]);
    await page.send("data", { name: "Ada", locale: "tlh" });
    assert.equal((await server.store.accounts.find(ada.id))?.locale, undefined);
  });

  spec(
    "I6-ACCOUNT-DATA",
    "gives a copy of everything, with no secret in it and nothing of others",
    async (t) => {
      const { server, ada } = await aWorld(t);
      const page = await AnAccountPage.open(server);
      const device = await aDeviceOf(server, undefined, "day");
      await server.store.passkeys.add({
        ...{ id: "secret-id", accountId: ada.id, publicKey: "secret-key", counter: 0, transports: [] },
        ...{ name: "Blue key", aaguid: "", isSynced: true, createdAt: 0, lastUsedAt: null },
      });
      const secret = {
        accountId: ada.id,
        sealedSecret: "secret-seal",
        keyId: "ring",
        lastStep: 0,
        createdAt: 0,
      };
      await server.store.oneTimePasswords.add(secret);
      await server.store.recoveryCodes.replace(ada.id, ["c".repeat(64)]);
      await server.store.journal.append(server.audit.events, []);
      await AnAccountPage.open(server, { email: "bob@example.com" });
      const { status, headers, body } = await page.send("export", {});
      assert.equal(status, 200);
      assert.equal(headers.get("content-disposition"), 'attachment; filename="account.json"');
      assert.equal(headers.get("cache-control"), "no-store");
      const all = JSON.parse(body);
      assert.equal(all.account.email, email);
      assert.equal(all.account.has_password, true);
      assert.deepEqual(all.passkeys[0].name, "Blue key");
      assert.equal(all.recovery_codes_left, 1);
      assert.equal(all.sessions.length >= 1, true);
      assert.equal(all.apps[0].devices.length, 1);
      const ends_at = new Date((server.clock.now() + 86_400) * 1_000).toISOString();
      assert.deepEqual(all.apps[0].limits, [{ resource: mcp, scope: "tools:use", ends_at }]);
      assert.ok(all.events.some(({ event }: { event: string }) => event === "sign-in.done"));
      const cookies = [...page.browser.cookies.values()];
      for (const hidden of [
        ...cookies,
        ...[ada.passwordHash ?? "", "secret-", "argon2", "c".repeat(64), device.refresh_token, "bob@"],
        ...(await server.store.sessions.listOf(ada.id)).flatMap(({ idHash, sid }) => [idHash, sid]),
      ])
        assert.ok(!body.includes(hidden), hidden);
      assert.equal(server.audit.events.at(-1)?.what, "account.exported");
    },
  );

  spec("I6-ACCOUNT-FORMS", "gives no copy without the token of its page", async (t) => {
    const { server } = await aWorld(t);
    const page = await AnAccountPage.open(server);
    const { status, body } = await page.send("export", { form_token: "x" });
    assert.equal(status, 400);
    assert.doesNotMatch(body, /exported_at/);
  });
});

describe("the end of an account", () => {
  spec("I6-ACCOUNT-DATA", "ends every session and all access at once, and tells the person", async (t) => {
    const { server, ada } = await aWorld(t);
    const client = await aDeviceClient(server);
    const lookout = await aLookout(server, mcp);
    const [page, other] = [await AnAccountPage.open(server), await AnAccountPage.open(server)];
    const bob = await AnAccountPage.open(server, { email: "bob@example.com" });
    const device = await aDeviceOf(server, client);
    const done = await page.send("delete", { email: " ADA@example.com " });
    assert.match(textOf(done), /Your account is deleted/);
    assert.equal(await server.store.accounts.find(ada.id), undefined);
    assert.equal((await refresh(server, client, device.refresh_token)).status, 400);
    assert.deepEqual(told((await readAll(server, lookout)).events), [`lineage ${device.lineageId}`]);
    for (const one of [page, other]) assert.match((await one.see()).url, /\/sign-in\?/);
    assert.equal((await bob.see()).url, `${issuer}/account`);
    assert.match(server.mails.newestTo(email)?.subject ?? "", /was deleted/);
    const { what, accountId } =
      server.audit.events.findLast((event) => event.what === "account.removed") ?? {};
    assert.deepEqual([what, accountId], ["account.removed", ada.id]);
  });

  spec(
    "I6-ACCOUNT-DATA",
    "leaves no word of the person in the store, but their id in what happened",
    async (t) => {
      const folder = await mkdtemp(join(tmpdir(), "valetkey-account-"));
      t.after(() => rm(folder, { recursive: true }));
      const file = join(folder, "store.db");
      const { server, ada } = await aWorld(t, { store: await sqliteStore(file) });
      const { store, audit } = server;
      await store.accounts.setProfile(ada.id, { name: "Ada Lovelace" });
      const page = await AnAccountPage.open(server);
      const client = await aDeviceClient(server);
      await aDeviceOf(server, client);
      await decide(server, (await aWaitingDevice(server, client)).user_code, "deny");
      await store.passkeys.add(aPasskey(ada.id, "pk-ada", "Lovelace's phone"));
      await store.identities.add({ ...hers, accountId: ada.id });
      await page.send("security/email", { action: "mail", email: "lovelace@example.net" });
      await page.send("security", { action: "verify-email" });
      const words = [email, "ovelace", hers.subject];
      const left = async () => {
        await store.journal.append(audit.events.splice(0), audit.steps.splice(0));
        return tablesWith(file, [...words, ada.id]);
      };
      assert.ok((await left()).length > 10);

      assert.match(textOf(await page.send("delete", { email })), /Your account is deleted/);
      server.clock.advance(1_801);
      await store.collect(server.clock.now(), { unused: 0, events: 0 }, 1_000);
      assert.deepEqual(await left(), [`${ada.id} in audit_event`, `${ada.id} in lineage`]);
    },
  );

  for (const typed of ["", "bob@example.com", "ada"]) {
    spec("I6-ACCOUNT-DATA", `takes the account's own address, not ${JSON.stringify(typed)}`, async (t) => {
      const { server, ada } = await aWorld(t);
      const page = await AnAccountPage.open(server);
      const refused = await page.send("delete", { email: typed });
      assert.equal(refused.status, 400);
      assert.match(textOf(refused), /This is not the address of this account/);
      assert.ok(await server.store.accounts.find(ada.id));
      assert.equal((await server.store.accounts.list()).length, 2);
    });
  }
});

/** Which of the words stand in which tables of the file. */
function tablesWith(file: string, words: readonly string[]): readonly string[] {
  const db = new DatabaseSync(file, { readOnly: true });
  const found = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
    .all()
    .flatMap(({ name }) => {
      const rows = db.prepare(`SELECT * FROM "${name}"`).all();
      const text = rows.flatMap((row) => Object.values(row)).join("\n");
      return words.filter((word) => text.includes(word)).map((word) => `${word} in ${name}`);
    });
  db.close();
  return found.toSorted();
}

async function aDeviceOf(
  server: Awaited<ReturnType<typeof aServer>>,
  client?: { id: string },
  until = "ended",
) {
  const app = client ?? (await aDeviceClient(server));
  const codes = await aWaitingDevice(server, app);
  const { browser, visit } = await atApproval(server, codes.user_code, email);
  await browser.submit(visit, { decision: "allow", until });
  const { body } = await poll(server, app, codes, {}, { "user-agent": "Radio/1.0" });
  return { ...body, lineageId: (await lineageOf(server, body.access_token)).id };
}
