import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { anIdentity, aOneTimePassword, aPasskey } from "./people-records.ts";
import { atOnce, count, type Opened } from "./place.ts";
import { aHash, anAccount, fresh } from "./records.ts";

/** What people prove with that they are who they were. */
export function factorsContract(at: Opened): void {
  describe("passkeys", () => {
    it("gives a passkey back by its id, and those of an account in the order of creation", async () => {
      const accountId = fresh("acc_");
      const [late, early] = [
        aPasskey({ accountId, createdAt: 2_000, lastUsedAt: 2_001, isSynced: false, transports: [] }),
        aPasskey({ accountId }),
      ];
      for (const one of [late, early, aPasskey()]) assert.equal(await at.store.passkeys.add(one), true);
      assert.deepEqual(await at.store.passkeys.find(late.id), late);
      assert.deepEqual(await at.store.passkeys.listOf(accountId), [early, late]);
      assert.equal(await at.store.passkeys.find("nobody's"), undefined);
      assert.deepEqual(await at.store.passkeys.listOf("acc_nobody"), []);
    });

    it("keeps one of fifty passkeys with one id, and refuses another account's with that id", async () => {
      const passkey = aPasskey();
      const added = await atOnce(50, () => at.store.passkeys.add(passkey));
      assert.equal(count(added, true), 1);
      assert.equal(await at.store.passkeys.add(aPasskey({ id: passkey.id })), false);
      assert.deepEqual(await at.store.passkeys.find(passkey.id), passkey);
    });

    it("renames and removes a passkey for its own account only", async () => {
      const [own, foreign] = [aPasskey(), aPasskey()];
      for (const one of [own, foreign]) await at.store.passkeys.add(one);
      assert.equal(await at.store.passkeys.rename(foreign.id, own.accountId, "Mine"), false);
      assert.equal(await at.store.passkeys.remove(foreign.id, own.accountId), false);
      assert.deepEqual(await at.store.passkeys.find(foreign.id), foreign);

      assert.equal(await at.store.passkeys.rename(own.id, own.accountId, "Key ring"), true);
      assert.deepEqual(await at.store.passkeys.find(own.id), { ...own, name: "Key ring" });
      assert.equal(await at.store.passkeys.remove(own.id, own.accountId), true);
      assert.equal(await at.store.passkeys.remove(own.id, own.accountId), false);
      assert.equal(await at.store.passkeys.find(own.id), undefined);
    });

    it("notes one of fifty uses of one count of signatures", async () => {
      const passkey = aPasskey({ counter: 3 });
      await at.store.passkeys.add(passkey);
      const used = await atOnce(50, () => at.store.passkeys.used(passkey.id, 3, 4, 1_500));
      assert.equal(count(used, true), 1);
      assert.deepEqual(await at.store.passkeys.find(passkey.id), {
        ...passkey,
        counter: 4,
        lastUsedAt: 1_500,
      });
      for (const seen of [3, 5])
        assert.equal(await at.store.passkeys.used(passkey.id, seen, 6, 1_600), false);
      assert.equal(await at.store.passkeys.used("nobody's", 3, 4, 1_600), false);
    });

    it("notes each use of an authenticator that does not count", async () => {
      const passkey = aPasskey({ counter: 0 });
      await at.store.passkeys.add(passkey);
      for (const time of [1_500, 1_600])
        assert.equal(await at.store.passkeys.used(passkey.id, 0, 0, time), true);
      assert.equal((await at.store.passkeys.find(passkey.id))?.lastUsedAt, 1_600);
    });
  });

  describe("one-time passwords", () => {
    it("keeps one secret of an account, of fifty that come at once", async () => {
      const accountId = fresh("acc_");
      const secrets = Array.from({ length: 50 }, (_, lastStep) => aOneTimePassword({ accountId, lastStep }));
      const added = await atOnce(50, (index) =>
        at.store.oneTimePasswords.add(secrets[index] ?? assert.fail()),
      );
      assert.equal(count(added, true), 1);
      assert.deepEqual(await at.store.oneTimePasswords.find(accountId), secrets[added.indexOf(true)]);
      assert.equal(await at.store.oneTimePasswords.find("acc_nobody"), undefined);
    });

    it("spends a time step once, however many bring it at once, and every step before it", async () => {
      const [own, foreign] = [aOneTimePassword({ lastStep: 33 }), aOneTimePassword({ lastStep: 33 })];
      for (const one of [own, foreign]) await at.store.oneTimePasswords.add(one);
      const used = await atOnce(50, () => at.store.oneTimePasswords.use(own.accountId, 40));
      assert.equal(count(used, true), 1);
      for (const step of [39, 40])
        assert.equal(await at.store.oneTimePasswords.use(own.accountId, step), false);
      assert.equal(await at.store.oneTimePasswords.use(own.accountId, 41), true);
      assert.deepEqual(await at.store.oneTimePasswords.find(own.accountId), { ...own, lastStep: 41 });
      assert.deepEqual(await at.store.oneTimePasswords.find(foreign.accountId), foreign);
      assert.equal(await at.store.oneTimePasswords.use("acc_nobody", 40), false);
    });

    it("seals a secret anew with the use that was not refused, and names the keys in use", async () => {
      const secret = aOneTimePassword({ keyId: fresh("ring_"), lastStep: 33 });
      await at.store.oneTimePasswords.add(secret);
      const named = async () => (await at.store.oneTimePasswords.keyIds()).filter((id) => ids.includes(id));
      const resealed = { sealedSecret: "YW5ldw", keyId: fresh("ring_") };
      const ids = [secret.keyId, resealed.keyId];
      assert.equal(await at.store.oneTimePasswords.use(secret.accountId, 33, resealed), false);
      assert.deepEqual(await named(), [secret.keyId]);
      assert.equal(await at.store.oneTimePasswords.use(secret.accountId, 34, resealed), true);
      assert.deepEqual(await named(), [resealed.keyId]);
      assert.deepEqual(await at.store.oneTimePasswords.find(secret.accountId), {
        ...secret,
        ...resealed,
        lastStep: 34,
      });
    });

    it("removes a secret, and the recovery codes when told so, of the one account", async () => {
      const [one, other] = [anAccount(), anAccount()];
      for (const { id: accountId } of [one, other]) {
        await at.store.accounts.add({ ...one, id: accountId, email: `${accountId}@example.com` });
        await at.store.oneTimePasswords.add(aOneTimePassword({ accountId }));
        await at.store.recoveryCodes.replace(accountId, [aHash(), aHash()]);
      }
      const left = () =>
        Promise.all(
          [one, other].map(async ({ id }) => [
            (await at.store.oneTimePasswords.find(id)) !== undefined,
            await at.store.recoveryCodes.left(id),
          ]),
        );
      assert.equal(await at.store.oneTimePasswords.remove(one.id, false), true);
      assert.deepEqual(await left(), [
        [false, 2],
        [true, 2],
      ]);
      assert.equal(await at.store.oneTimePasswords.remove(one.id, true), false);
      assert.equal((await left())[0]?.[1], 2);
      assert.equal(await at.store.oneTimePasswords.remove(other.id, true), true);
      assert.deepEqual(await left(), [
        [false, 2],
        [false, 0],
      ]);
    });
  });

  describe("recovery codes", () => {
    async function anAccountsId(): Promise<string> {
      const account = anAccount();
      await at.store.accounts.add(account);
      return account.id;
    }
    const ten = () => Array.from({ length: 10 }, aHash);

    it("puts new codes in the place of the old ones, for the one account", async () => {
      const [id, foreign] = [await anAccountsId(), await anAccountsId()];
      const [old, anew, others] = [ten(), ten(), ten()];
      await at.store.recoveryCodes.replace(foreign, others);
      await at.store.recoveryCodes.replace(id, old);
      assert.equal(await at.store.recoveryCodes.left(id), 10);
      await at.store.recoveryCodes.replace(id, anew.slice(0, 8));
      assert.equal(await at.store.recoveryCodes.left(id), 8);
      assert.equal(await at.store.recoveryCodes.spend(id, old[0] ?? ""), false);
      assert.equal(await at.store.recoveryCodes.spend(id, anew[0] ?? ""), true);
      assert.equal(await at.store.recoveryCodes.left(foreign), 10);
      await at.store.recoveryCodes.replace(id, []);
      assert.equal(await at.store.recoveryCodes.left(id), 0);
    });

    it("leaves the codes of one of twenty replacements at once, whole", async () => {
      const id = await anAccountsId();
      const sets = Array.from({ length: 20 }, ten);
      await atOnce(20, (index) => at.store.recoveryCodes.replace(id, sets[index] ?? []));
      assert.equal(await at.store.recoveryCodes.left(id), 10);
      const spent = await Promise.all(
        sets.map(
          async (set) =>
            await Promise.all(set.map((hash) => at.store.recoveryCodes.spend(id, hash))).then(
              (all) => count(all, true) === 10,
            ),
        ),
      );
      assert.equal(count(spent, true), 1);
    });

    it("spends a code once, however many bring it at once, and never another account's", async () => {
      const [id, foreign] = [await anAccountsId(), await anAccountsId()];
      const [code = "", ...rest] = ten();
      await at.store.recoveryCodes.replace(id, [code, ...rest]);
      assert.equal(await at.store.recoveryCodes.spend(foreign, code), false);
      const spent = await atOnce(50, () => at.store.recoveryCodes.spend(id, code));
      assert.equal(count(spent, true), 1);
      assert.equal(await at.store.recoveryCodes.left(id), 9);
    });

    it("keeps none for an account that is not there", async () => {
      await at.store.recoveryCodes.replace("acc_nobody", ten());
      assert.equal(await at.store.recoveryCodes.left("acc_nobody"), 0);
    });
  });

  describe("upstream identities", () => {
    it("comes with a new account in one commit: of a hundred at once one, and no account without it", async () => {
      const identity = anIdentity();
      const accounts = Array.from({ length: 100 }, () => anAccount());
      const outcomes = await atOnce(100, (index) => {
        const account = accounts[index] ?? anAccount();
        return at.store.accounts.add(account, { ...identity, accountId: account.id });
      });
      assert.equal(count(outcomes, true), 1);
      const linked = await at.store.identities.find(identity.upstream, identity.subject);
      for (const [index, { id }] of accounts.entries()) {
        assert.equal((await at.store.accounts.find(id)) !== undefined, outcomes[index]);
        assert.equal(linked?.accountId === id, outcomes[index]);
      }
      // Nor a connection without the account, whose address is taken.
      const [winner] = accounts.filter((_, index) => outcomes[index]);
      const late = anIdentity();
      const taken = anAccount({ email: winner?.email ?? "" });
      assert.equal(await at.store.accounts.add(taken, { ...late, accountId: taken.id }), false);
      assert.equal(await at.store.identities.find(late.upstream, late.subject), undefined);
    });

    it("gives an identity back by upstream and subject, and those of an account in order", async () => {
      const accountId = fresh("acc_");
      const [late, early] = [
        anIdentity({ accountId, createdAt: 2_000, email: null, lastUsedAt: 2_001 }),
        anIdentity({ accountId, upstream: "github" }),
      ];
      for (const one of [late, early, anIdentity()]) assert.equal(await at.store.identities.add(one), true);
      assert.deepEqual(await at.store.identities.find("google", late.subject), late);
      assert.equal(await at.store.identities.find("github", late.subject), undefined);
      assert.deepEqual(await at.store.identities.listOf(accountId), [early, late]);
    });

    it("links a subject to one of fifty accounts, and the same subject of another upstream too", async () => {
      const identity = anIdentity();
      const accounts = Array.from({ length: 50 }, () => fresh("acc_"));
      const added = await atOnce(50, (index) =>
        at.store.identities.add({ ...identity, accountId: accounts[index] ?? "" }),
      );
      assert.equal(count(added, true), 1);
      const found = await at.store.identities.find(identity.upstream, identity.subject);
      assert.equal(found?.accountId, accounts[added.indexOf(true)]);
      assert.equal(await at.store.identities.add({ ...identity, upstream: "github" }), true);
    });

    it("notes a sign-in and the address that was said with it, of the one upstream", async () => {
      const identity = anIdentity();
      const elsewhere = { ...identity, upstream: "github" };
      for (const one of [identity, elsewhere]) await at.store.identities.add(one);
      await at.store.identities.used("google", identity.subject, null, 1_500);
      const now = { ...identity, email: null, lastUsedAt: 1_500 };
      assert.deepEqual(await at.store.identities.find("google", identity.subject), now);
      assert.deepEqual(await at.store.identities.find("github", identity.subject), elsewhere);
    });

    it("unlinks an identity from its own account only", async () => {
      const identity = anIdentity();
      const { upstream, subject, accountId } = identity;
      await at.store.identities.add(identity);
      assert.equal(await at.store.identities.remove(upstream, subject, "acc_nobody"), false);
      assert.equal(await at.store.identities.remove("github", subject, accountId), false);
      assert.deepEqual(await at.store.identities.find(upstream, subject), identity);
      assert.equal(await at.store.identities.remove(upstream, subject, accountId), true);
      assert.equal(await at.store.identities.find(upstream, subject), undefined);
    });
  });
}
