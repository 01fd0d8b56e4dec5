import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { passkeysOf } from "../adapters/passkeys/passkeys.ts";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import type { Account } from "../records/account.ts";
import { AnAuthenticator } from "../testing/an-authenticator.ts";
import { RecordedAudit } from "../testing/recorded-audit.ts";
import { newAccount } from "./new-account.ts";
import { addPasskey, passkeyCreation, removePasskey, renamePasskey } from "./passkeys.ts";

const issuer = "https://auth.example.com";
const challenge = Buffer.alloc(32, 7).toString("base64url");
const about = { address: "203.0.113.9", now: 1_000 };
const offered = {
  signIn: { password: true, passkeys: true, email: false },
  canMail: false,
  upstreams: [],
};

async function aPlace() {
  const store = await sqliteStore(":memory:");
  const audit = new RecordedAudit();
  const context = { store, passkeys: passkeysOf()({ issuer, name: "Example" }), audit };
  const person = (email: string) => newAccount({ email, name: "", passwordHash: null, roles: [] }, 0);
  const [ada, bob] = [person("ada@example.com"), person("bob@example.com")];
  for (const account of [ada, bob]) await store.accounts.add(account);
  /** Makes one more on a new authenticator. */
  const add = async (account: Account, name = "") => {
    const options = await passkeyCreation(context, account, challenge);
    const answer = new AnAuthenticator({ origin: issuer }).create(options);
    return await addPasskey(context, account, { answer, challenge, name }, about);
  };
  return { store, audit, context, ada, bob, add };
}

describe("looking after passkeys", () => {
  it("adds one by the name that its person gives it, and tells the operator", async () => {
    const { store, audit, ada, add } = await aPlace();
    const passkey = await add(ada, " Work\tlaptop ");
    assert.equal(passkey?.name, "Work laptop");
    assert.deepEqual(await store.passkeys.listOf(ada.id), [passkey]);
    assert.deepEqual(
      audit.events.map(({ what, accountId, detail }) => [what, accountId, detail]),
      [["passkey.added", ada.id, "Work laptop"]],
    );
    await store.close();
  });

  it("asks the browser for no second one on the same device", async () => {
    const { store, context, ada, add } = await aPlace();
    const first = await add(ada);
    const options = await passkeyCreation(context, ada, challenge);
    assert.deepEqual(
      (options.excludeCredentials as { id: string }[]).map(({ id }) => id),
      [first?.id],
    );
    await store.close();
  });

  it("adds none twice, whoever brings it", async () => {
    const { store, context, audit, ada, bob } = await aPlace();
    const answer = new AnAuthenticator({ origin: issuer }).create(
      await passkeyCreation(context, ada, challenge),
    );
    const made = { answer, challenge, name: "" };
    assert.ok(await addPasskey(context, ada, made, about));
    for (const account of [ada, bob])
      assert.equal(await addPasskey(context, account, made, about), undefined);
    assert.deepEqual(await store.passkeys.listOf(bob.id), []);
    assert.equal(audit.events.at(-1)?.detail, "The passkey is known already.");
    await store.close();
  });

  it("adds no answer to another challenge, and tells the operator why", async () => {
    const { store, context, audit, ada } = await aPlace();
    const other = Buffer.alloc(32, 8).toString("base64url");
    const answer = new AnAuthenticator({ origin: issuer }).create(await passkeyCreation(context, ada, other));
    assert.equal(await addPasskey(context, ada, { answer, challenge, name: "" }, about), undefined);
    assert.equal(audit.events.at(-1)?.what, "passkey.refused");
    await store.close();
  });

  it("has an end", async () => {
    const { store, ada, add } = await aPlace();
    for (let n = 0; n < 30; n++) assert.ok(await add(ada));
    assert.equal(await add(ada), undefined);
    await store.close();
  });

  it("[I6-LAST-WAY] renames and removes one's own alone", async () => {
    const { store, context, audit, ada, bob, add } = await aPlace();
    const { id } = (await add(ada, "Phone")) ?? assert.fail();
    const other = await add(ada, "Laptop");
    assert.equal(await renamePasskey(context, bob.id, id, "Mine"), false);
    assert.equal(await removePasskey(context, bob, id, offered, about), "unknown");
    assert.equal(await renamePasskey(context, ada.id, id, "Tablet"), true);
    assert.equal((await store.passkeys.find(id))?.name, "Tablet");
    assert.equal(await removePasskey(context, ada, id, offered, about), "removed");
    assert.equal(await removePasskey(context, ada, id, offered, about), "unknown");
    assert.deepEqual(await store.passkeys.listOf(ada.id), [other]);
    const [event] = audit.events.slice(-1);
    assert.deepEqual([event?.what, event?.detail], ["passkey.removed", "Tablet"]);
    await store.close();
  });

  it("[I6-LAST-WAY] leaves the last way in where it is, and takes recovery codes with the last second factor", async () => {
    const { store, context, ada, add } = await aPlace();
    const { id } = (await add(ada)) ?? assert.fail();
    await store.recoveryCodes.replace(ada.id, ["a".repeat(64)]);
    assert.equal(await removePasskey(context, ada, id, offered, about), "last");
    await store.accounts.setPassword(ada.id, "hash");
    assert.equal(await store.recoveryCodes.left(ada.id), 1);
    assert.equal(await removePasskey(context, ada, id, offered, about), "removed");
    assert.equal(await store.recoveryCodes.left(ada.id), 0);
    await store.close();
  });
});
