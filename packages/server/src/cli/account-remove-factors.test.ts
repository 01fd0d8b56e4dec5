import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openStore } from "../adapters/open-store.ts";
import { aConfigured } from "./testing/a-configured.ts";
import { factsOf, inProcess } from "./testing/in-process.ts";

const email = "ada@example.com";

describe("valetkey account remove-factors", () => {
  it("takes every factor but the password and every session of that person, and of nobody else", async () => {
    const { folder } = await aConfigured();
    for (const one of [email, "bob@example.com"])
      await inProcess(folder, ["account", "add", one, "--generate-password"]);
    const store = await openStore(`${folder}/valetkey-data/valetkey.sqlite`);
    const [ada, bob] = (await store.accounts.list()).map(({ id }) => id) as [string, string];
    const times = { createdAt: 0, lastUsedAt: null };
    const passkey = { ...times, publicKey: "", counter: 0, transports: [], name: "", aaguid: "" };
    for (const accountId of [ada, bob]) {
      await store.passkeys.add({ ...passkey, id: accountId, accountId, isSynced: true });
      await store.oneTimePasswords.add({
        ...{ accountId, sealedSecret: "", keyId: "k", lastStep: 0, createdAt: 0 },
      });
      await store.recoveryCodes.replace(accountId, ["a".repeat(64)]);
    }
    const left = async (accountId: string) => [
      (await store.passkeys.listOf(accountId)).length,
      (await store.oneTimePasswords.find(accountId)) !== undefined,
      await store.recoveryCodes.left(accountId),
      (await store.accounts.find(accountId))?.passwordHash !== null,
    ];

    const facts = await factsOf(folder, ["account", "remove-factors", "ADA@example.com"]);
    assert.deepEqual(
      [facts.email, facts.passkeys, facts.one_time_passwords, facts.sessions],
      [email, 1, true, 0],
    );
    assert.deepEqual(await left(ada), [0, false, 0, true]);
    assert.deepEqual(await left(bob), [1, true, 1, true]);
    const [event] = await store.journal.events(1);
    assert.deepEqual([event?.what, event?.accountId], ["account.factors-removed", ada]);
    await store.close();

    const again = await inProcess(folder, ["account", "remove-factors", email]);
    assert.equal(again.status, 0);
    const unknown = await inProcess(folder, ["account", "remove-factors", "eve@example.com"]);
    assert.equal(unknown.status, 2);
  });
});
