import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Account } from "../../records/account.ts";
import { aMailedProof, anIdentity, aOneTimePassword, aPasskey } from "./people-records.ts";
import { atOnce, count, type Opened } from "./place.ts";
import { aCode, aDevice, aHash, anAccount, anApproval, aSession, earnedBy, fresh } from "./records.ts";

/** What people do with their own accounts. */
export function accountsContract(at: Opened): void {
  async function added(given?: Partial<Account>): Promise<Account> {
    const account = anAccount(given);
    assert.equal(await at.store.accounts.add(account), true);
    return account;
  }
  const found = (account: Account) => at.store.accounts.find(account.id);
  const anAddress = () => `${fresh("").toLowerCase()}@example.com`;

  describe("an account's password", () => {
    async function withSessions() {
      const account = await added();
      const [kept, other, foreign] = [
        aSession({ accountId: account.id }),
        aSession({ accountId: account.id }),
        aSession(),
      ];
      for (const session of [kept, other, foreign]) await at.store.sessions.begin(session);
      const left = async () =>
        (await Promise.all([kept, other, foreign].map(({ idHash }) => at.store.sessions.find(idHash)))).map(
          (session) => session !== undefined,
        );
      return { account, kept, left };
    }

    it("is set while exactly the session stays that was named", async () => {
      const { account, kept, left } = await withSessions();
      assert.equal(await at.store.accounts.setPassword(account.id, "$new", kept), true);
      assert.equal((await found(account))?.passwordHash, "$new");
      assert.deepEqual(await left(), [true, false, true]);
    });

    it("is set, and every session stays where the person wants that", async () => {
      const { account, left } = await withSessions();
      assert.equal(await at.store.accounts.setPassword(account.id, "$new", "all"), true);
      assert.equal((await found(account))?.passwordHash, "$new");
      assert.deepEqual(await left(), [true, true, true]);
    });

    it("is taken away, and no session stays that was not named", async () => {
      const { account, left } = await withSessions();
      assert.equal(await at.store.accounts.setPassword(account.id, null), true);
      assert.equal((await found(account))?.passwordHash, null);
      assert.deepEqual(await left(), [false, false, true]);
    });

    it("ends what was mailed for the account, and nobody else's", async () => {
      const account = await added();
      const [reset, code, foreign] = [
        aMailedProof({ accountId: account.id, purpose: "reset-password" }),
        aMailedProof({ accountId: account.id }),
        aMailedProof(),
      ];
      for (const proof of [reset, code, foreign]) await at.store.mailedProofs.put(proof);
      await at.store.accounts.setPassword(account.id, "$new");
      for (const { linkHash } of [reset, code])
        assert.equal(await at.store.mailedProofs.findByLink(linkHash ?? ""), undefined);
      assert.deepEqual(await at.store.mailedProofs.findByLink(foreign.linkHash ?? ""), foreign);
    });

    it("is not set, and nothing ends, where there is no such account", async () => {
      const session = aSession();
      const proof = aMailedProof({ accountId: session.accountId });
      await at.store.sessions.begin(session);
      await at.store.mailedProofs.put(proof);
      assert.equal(await at.store.accounts.setPassword(session.accountId, "$new"), false);
      assert.deepEqual(await at.store.sessions.find(session.idHash), session);
      assert.deepEqual(await at.store.mailedProofs.findByLink(proof.linkHash ?? ""), proof);
    });
  });

  describe("an account's name, language and address", () => {
    it("sets name and language, and takes the language away again", async () => {
      const [account, foreign] = [await added(), await added()];
      assert.equal(await at.store.accounts.setProfile(account.id, { name: "Ada", locale: "pt-BR" }), true);
      assert.deepEqual(await found(account), { ...account, name: "Ada", locale: "pt-BR" });
      assert.equal(await at.store.accounts.setProfile(account.id, { name: "A." }), true);
      assert.deepEqual(await found(account), { ...account, name: "A." });
      assert.deepEqual(await found(foreign), foreign);
      assert.equal(await at.store.accounts.setProfile("acc_nobody", { name: "A." }), false);
    });

    it("gives a language back that an account was added with", async () => {
      const account = await added({ locale: "he" });
      assert.deepEqual(await found(account), account);
    });

    it("sets a proven address while the old one is as it was seen, and ends what was mailed to that", async () => {
      const [account, foreign] = [await added({ emailVerified: false }), await added()];
      const [proof, other] = [aMailedProof({ accountId: account.id }), aMailedProof()];
      for (const one of [proof, other]) await at.store.mailedProofs.put(one);
      const email = anAddress();
      assert.equal(await at.store.accounts.setEmail(account.id, email, "another@example.com"), false);
      assert.deepEqual(await found(account), account);
      assert.ok(await at.store.mailedProofs.findByLink(proof.linkHash ?? ""));

      assert.equal(await at.store.accounts.setEmail(account.id, email, account.email), true);
      assert.deepEqual(await found(account), { ...account, email, emailVerified: true });
      assert.deepEqual((await at.store.accounts.findByEmail(email))?.id, account.id);
      assert.equal(await at.store.accounts.findByEmail(account.email), undefined);
      assert.equal(await at.store.mailedProofs.findByLink(proof.linkHash ?? ""), undefined);
      assert.ok(await at.store.mailedProofs.findByLink(other.linkHash ?? ""));
      assert.deepEqual(await found(foreign), foreign);
    });

    it("does not set an address that another account has, nor one of an account that is not there", async () => {
      const [account, foreign] = [await added(), await added()];
      assert.equal(await at.store.accounts.setEmail(account.id, foreign.email, account.email), false);
      assert.deepEqual(await found(account), account);
      assert.equal(await at.store.accounts.setEmail("acc_nobody", anAddress(), account.email), false);
    });

    it("lets one of four accounts have an address that all set at once, whichever step they meet at", async () => {
      for (let turn = 0; turn < 10; turn++) {
        const accounts = await atOnce(4, () => added());
        const email = anAddress();
        const set = await atOnce(4, (index) => {
          const { id, email: seen } = accounts[index] ?? assert.fail();
          return at.store.accounts.setEmail(id, email, seen);
        });
        assert.equal(count(set, true), 1);
        assert.equal((await at.store.accounts.findByEmail(email))?.id, accounts[set.indexOf(true)]?.id);
      }
    });

    it("lets one of thirty addresses be the account's that are set at once", async () => {
      const account = await added();
      const emails = Array.from({ length: 30 }, anAddress);
      const set = await atOnce(30, (index) =>
        at.store.accounts.setEmail(account.id, emails[index] ?? "", account.email),
      );
      assert.equal(count(set, true), 1);
      assert.equal((await found(account))?.email, emails[set.indexOf(true)]);
    });

    it("notes that the person reads the mail of their address, and of no other", async () => {
      const account = await added({ emailVerified: false });
      assert.equal(await at.store.accounts.verifyEmail(account.id, "another@example.com"), false);
      assert.deepEqual(await found(account), account);
      assert.equal(await at.store.accounts.verifyEmail(account.id, account.email), true);
      assert.deepEqual(await found(account), { ...account, emailVerified: true });
      assert.equal(await at.store.accounts.verifyEmail("acc_nobody", account.email), false);
    });
  });

  describe("an account that is removed", () => {
    /** An account with everything an account may have, and how much of it is there. */
    async function aFullAccount() {
      const account = await added();
      const accountId = account.id;
      const [session, passkey, identity, proof] = [
        aSession({ accountId }),
        aPasskey({ accountId }),
        anIdentity({ accountId }),
        aMailedProof({ accountId }),
      ];
      await at.store.sessions.begin(session);
      await at.store.passkeys.add(passkey);
      await at.store.identities.add(identity);
      await at.store.mailedProofs.put(proof);
      await at.store.oneTimePasswords.add(aOneTimePassword({ accountId }));
      await at.store.recoveryCodes.replace(accountId, [aHash()]);
      const clientId = fresh("cli_");
      const grant = await at.store.grants.consent(accountId, clientId, [], 1_000);
      const [spent, waiting] = [1, 2].map(() => aCode({ accountId, clientId, grantId: grant.id })) as [
        ReturnType<typeof aCode>,
        ReturnType<typeof aCode>,
      ];
      for (const code of [spent, waiting]) await at.store.codes.save(code);
      const lineage = earnedBy(spent);
      await at.store.codes.redeem(spent.codeHash, lineage, 1_010);
      const device = aDevice({ clientId });
      await at.store.deviceCodes.begin(device);
      await at.store.deviceCodes.approve(device.deviceCodeHash, anApproval({ accountId, clientId }), 1_010);
      const has = async () => ({
        account: await at.store.accounts.find(accountId),
        session: await at.store.sessions.find(session.idHash),
        passkey: await at.store.passkeys.find(passkey.id),
        identity: await at.store.identities.find(identity.upstream, identity.subject),
        proof: await at.store.mailedProofs.findByLink(proof.linkHash ?? ""),
        secret: await at.store.oneTimePasswords.find(accountId),
        code: (await at.store.recoveryCodes.left(accountId)) || undefined,
        grant: await at.store.grants.find(grant.id),
        waiting: await at.store.codes.find(waiting.codeHash),
        device: await at.store.deviceCodes.find(device.deviceCodeHash),
      });
      return { account, lineage, has };
    }

    it("goes with all that it has, and another's stays whole", async () => {
      const [own, foreign] = [await aFullAccount(), await aFullAccount()];
      const before = await foreign.has();
      for (const [what, one] of Object.entries(await own.has())) assert.ok(one, what);
      assert.equal(await at.store.accounts.remove(own.account.id, 1_020), true);
      for (const [what, one] of Object.entries(await own.has())) assert.equal(one, undefined, what);
      assert.deepEqual(await foreign.has(), before);
      assert.equal((await at.store.lineages.find(foreign.lineage.id))?.endedAt, null);
    });

    it("ends its lineages, so that the revocation feed tells of them, and leaves its audit events", async () => {
      const { account, lineage } = await aFullAccount();
      const event = { at: 1_000, what: "sign-in.done", accountId: account.id };
      await at.store.journal.append([event], []);
      const second = 40_000_000;
      await at.store.accounts.remove(account.id, second);
      const ended = await at.store.lineages.find(lineage.id);
      assert.deepEqual([ended?.endedAt, ended?.endReason], [second, "account.removed"]);
      const told = await at.store.endings.page("lineage", { at: second, id: "" }, 10);
      assert.deepEqual(told, [{ kind: "lineage", id: String(lineage.id), at: second }]);
      assert.deepEqual(await at.store.journal.eventsOfAccount(account.id, 10), [event]);
    });

    it("is removed once, leaves its address to others, and ends nothing where there is none", async () => {
      const account = await added();
      const session = aSession();
      await at.store.sessions.begin(session);
      const removed = await atOnce(50, () => at.store.accounts.remove(account.id, 1_020));
      assert.equal(count(removed, true), 1);
      assert.equal(await at.store.accounts.add(anAccount({ email: account.email })), true);
      assert.equal(await at.store.accounts.remove(session.accountId, 1_020), false);
      assert.deepEqual(await at.store.sessions.find(session.idHash), session);
    });

    it("gains nothing from a code that is redeemed at the same time", async () => {
      for (let turn = 0; turn < 10; turn++) {
        const account = await added();
        const code = aCode({ accountId: account.id });
        await at.store.codes.save(code);
        const lineage = earnedBy(code);
        await Promise.all([
          at.store.codes.redeem(code.codeHash, lineage, 1_010),
          at.store.accounts.remove(account.id, 1_020),
        ]);
        const begun = await at.store.lineages.find(lineage.id);
        assert.notEqual(begun?.endedAt, null);
      }
    });
  });
}
