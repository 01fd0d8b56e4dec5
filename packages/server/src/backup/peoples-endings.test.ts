import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { anIdentity, aOneTimePassword, aPasskey } from "../adapters/contract/people-records.ts";
import { aHash, anAccount } from "../adapters/contract/records.ts";
import type { SqlStore } from "../adapters/sql/store.ts";
import { SqliteConnection } from "../adapters/sqlite/connection.ts";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { carryEndings, type Endings } from "./endings.ts";
import { aServerWithACopy } from "./testing/a-copy.ts";

/** The copy after it took over what happened to the store since, and the counts that are not 0. */
async function restored(
  t: TestContext,
  before: (store: SqlStore) => Promise<unknown>,
  since: (store: SqlStore) => Promise<unknown>,
) {
  const { location, file } = await aServerWithACopy(
    t,
    async (store) => void (await before(store)),
    async (store) => {
      await since(store);
      // However little was left: the newest event says how long the store was in use.
      await store.journal.append([{ at: 3_000, what: "sign-in.done" }], []);
    },
  );
  const db = new SqliteConnection(file);
  db.run("ATTACH ? AS gone", [location]);
  const carried: Endings = carryEndings(db, 9_000);
  db.close();
  const store = await sqliteStore(file);
  t.after(() => store.close());
  return { store, carried: Object.fromEntries(Object.entries(carried).filter(([, count]) => count !== 0)) };
}

describe("what a restore takes over of how people prove who they are", () => {
  it("is nothing when nothing ended; passkeys and identities made since stay away", async (t) => {
    const account = anAccount({ locale: "de" });
    const accountId = account.id;
    const [passkey, identity] = [aPasskey({ accountId }), anIdentity({ accountId })];
    const [later, linked] = [
      aPasskey({ accountId, createdAt: 3_000 }),
      anIdentity({ accountId, createdAt: 3_000 }),
    ];
    const { store, carried } = await restored(
      t,
      async (store) => {
        await store.accounts.add(account);
        await store.passkeys.add(passkey);
        await store.identities.add(identity);
      },
      async (store) => {
        await store.passkeys.add(later);
        await store.identities.add(linked);
        await store.accounts.setProfile(accountId, { name: "Other" });
      },
    );
    assert.deepEqual(carried, {});
    assert.deepEqual(await store.accounts.find(accountId), account);
    assert.deepEqual(await store.passkeys.listOf(accountId), [passkey]);
    assert.deepEqual(await store.identities.listOf(accountId), [identity]);
  });

  it("is that an account was removed, with all that it had", async (t) => {
    const [account, kept] = [anAccount(), anAccount()];
    const accountId = account.id;
    const [passkey, identity] = [aPasskey({ accountId }), anIdentity({ accountId })];
    const theirs = aPasskey({ accountId: kept.id });
    const { store, carried } = await restored(
      t,
      async (store) => {
        for (const one of [account, kept]) await store.accounts.add(one);
        for (const one of [passkey, theirs]) await store.passkeys.add(one);
        await store.identities.add(identity);
        await store.oneTimePasswords.add(aOneTimePassword({ accountId }));
        await store.recoveryCodes.replace(accountId, [aHash()]);
      },
      (store) => store.accounts.remove(accountId, 3_000),
    );
    assert.deepEqual(carried, { accounts_removed: 1 });
    assert.equal(await store.accounts.find(accountId), undefined);
    assert.equal(await store.passkeys.find(passkey.id), undefined);
    assert.equal(await store.identities.find(identity.upstream, identity.subject), undefined);
    assert.equal(await store.oneTimePasswords.find(accountId), undefined);
    assert.equal(await store.recoveryCodes.left(accountId), 0);
    assert.deepEqual(await store.accounts.find(kept.id), kept);
    assert.deepEqual(await store.passkeys.find(theirs.id), theirs);
  });

  it("is an address that was replaced, also where two accounts changed theirs with each other", async (t) => {
    const [one, other, still] = [anAccount({ emailVerified: false }), anAccount(), anAccount()];
    const { store, carried } = await restored(
      t,
      async (store) => {
        for (const account of [one, other, still]) await store.accounts.add(account);
      },
      async (store) => {
        await store.accounts.setEmail(one.id, "aside@example.com", one.email);
        await store.accounts.setEmail(other.id, one.email, other.email);
        await store.accounts.setEmail(one.id, other.email, "aside@example.com");
      },
    );
    assert.deepEqual(carried, { addresses_replaced: 2 });
    assert.deepEqual(await store.accounts.find(one.id), { ...one, email: other.email, emailVerified: true });
    assert.equal((await store.accounts.findByEmail(one.email))?.id, other.id);
    assert.deepEqual(await store.accounts.find(still.id), still);
  });

  it("leaves an account without an address when an account of the copy alone has the new one", async (t) => {
    const [account, unheard] = [anAccount(), anAccount({ createdAt: 5_000 })];
    const { store, carried } = await restored(
      t,
      async (store) => {
        for (const one of [account, unheard]) await store.accounts.add(one);
      },
      async (store) => {
        await store.accounts.remove(unheard.id, 3_000);
        await store.accounts.setEmail(account.id, unheard.email, account.email);
      },
    );
    assert.deepEqual(carried, { addresses_replaced: 1 });
    const found = await store.accounts.find(account.id);
    assert.deepEqual([found?.email, found?.emailVerified], [`${account.id}@address.invalid`, false]);
    assert.deepEqual(await store.accounts.find(unheard.id), unheard);
  });

  it("is a second factor that was replaced, removed or set up since, and each spent code and step", async (t) => {
    const accounts = [anAccount(), anAccount(), anAccount(), anAccount()] as const;
    const [same, replaced, removed, setUp] = accounts;
    const codes = [aHash(), aHash()] as const;
    const [old, anew] = [
      aOneTimePassword({ accountId: replaced.id, keyId: "ring-1" }),
      aOneTimePassword({ accountId: replaced.id, keyId: "ring-2", createdAt: 3_000 }),
    ];
    const first = aOneTimePassword({ accountId: setUp.id, createdAt: 3_000 });
    const { store, carried } = await restored(
      t,
      async (store) => {
        for (const account of accounts) await store.accounts.add(account);
        for (const { id: accountId } of [same, removed]) {
          await store.oneTimePasswords.add(aOneTimePassword({ accountId, lastStep: 33 }));
          await store.recoveryCodes.replace(accountId, codes);
        }
        await store.oneTimePasswords.add(old);
      },
      async (store) => {
        await store.oneTimePasswords.use(same.id, 40);
        await store.recoveryCodes.spend(same.id, codes[0]);
        await store.oneTimePasswords.remove(removed.id, true);
        await store.oneTimePasswords.remove(replaced.id, true);
        for (const secret of [anew, first]) await store.oneTimePasswords.add(secret);
        await store.recoveryCodes.replace(replaced.id, codes);
      },
    );
    assert.deepEqual(carried, { second_factors_replaced: 3 });
    assert.equal(await store.oneTimePasswords.use(same.id, 40), false);
    assert.equal(await store.recoveryCodes.spend(same.id, codes[0]), false);
    assert.equal(await store.recoveryCodes.spend(same.id, codes[1]), true);
    assert.equal(await store.oneTimePasswords.find(removed.id), undefined);
    assert.equal(await store.recoveryCodes.left(removed.id), 0);
    assert.deepEqual(await store.oneTimePasswords.find(replaced.id), anew);
    assert.equal(await store.recoveryCodes.left(replaced.id), 2);
    assert.deepEqual(await store.oneTimePasswords.find(setUp.id), first);
  });

  it("is a passkey that was removed, an identity that was unlinked, and how far a passkey has counted", async (t) => {
    const account = anAccount();
    const accountId = account.id;
    const [kept, removed] = [aPasskey({ accountId, counter: 3 }), aPasskey({ accountId })];
    const [linked, unlinked, moved] = [
      anIdentity({ accountId }),
      anIdentity({ accountId }),
      anIdentity({ accountId }),
    ];
    const { store, carried } = await restored(
      t,
      async (store) => {
        await store.accounts.add(account);
        for (const passkey of [kept, removed]) await store.passkeys.add(passkey);
        for (const identity of [linked, unlinked, moved]) await store.identities.add(identity);
      },
      async (store) => {
        await store.passkeys.remove(removed.id, accountId);
        await store.passkeys.used(kept.id, 3, 9, 3_000);
        for (const { upstream, subject } of [unlinked, moved])
          await store.identities.remove(upstream, subject, accountId);
        await store.identities.add({ ...moved, accountId: "acc_other" });
      },
    );
    assert.deepEqual(carried, { passkeys_removed: 1, identities_unlinked: 2 });
    assert.deepEqual(await store.passkeys.listOf(accountId), [{ ...kept, counter: 9 }]);
    assert.deepEqual(await store.identities.listOf(accountId), [linked]);
    assert.equal(await store.passkeys.used(kept.id, 3, 4, 9_100), false);
  });
});
