import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { allow, disallow } from "../../operations/allowances.ts";
import { atOnce, count, type Opened } from "./place.ts";
import { aCode, aHash, anAccount, aSession, earnedBy, fresh } from "./records.ts";

export function peopleContract(at: Opened): void {
  describe("accounts", () => {
    it("gives an account back by id and by email as it was added", async () => {
      const account = anAccount({ emailVerified: false, passwordHash: null, disabledAt: 7 });
      assert.equal(await at.store.accounts.add(account), true);
      assert.deepEqual(await at.store.accounts.find(account.id), account);
      assert.deepEqual(await at.store.accounts.findByEmail(account.email), account);
    });

    it("knows nothing of an account that was never added", async () => {
      assert.equal(await at.store.accounts.find("acc_nobody"), undefined);
      assert.equal(await at.store.accounts.findByEmail("nobody@example.com"), undefined);
    });

    it("refuses a second account with the email or the id of the first, and leaves the first alone", async () => {
      const account = anAccount();
      await at.store.accounts.add(account);
      assert.equal(await at.store.accounts.add(anAccount({ email: account.email })), false);
      assert.equal(await at.store.accounts.add(anAccount({ id: account.id })), false);
      assert.deepEqual(await at.store.accounts.find(account.id), account);
    });

    it("lets one of fifty simultaneous accounts have an email address", async () => {
      const email = `${fresh("one").toLowerCase()}@example.com`;
      const added = await atOnce(50, () => at.store.accounts.add(anAccount({ email })));
      assert.equal(count(added, true), 1);
    });

    it("lists accounts in the order of creation, those of one second in the order they came", async () => {
      const accounts = [5_000, 4_000, 4_000, 4_000].map((createdAt) => anAccount({ createdAt }));
      for (const account of accounts) await at.store.accounts.add(account);
      const ids = (await at.store.accounts.list())
        .map(({ id }) => id)
        .filter((id) => accounts.some((a) => a.id === id));
      const [last, ...firsts] = accounts.map(({ id }) => id);
      assert.deepEqual(ids, [...firsts, last]);
    });

    it("sets a password and ends the account's sessions, and nobody else's", async () => {
      const account = anAccount();
      const [own, foreign] = [aSession({ accountId: account.id }), aSession()];
      await at.store.accounts.add(account);
      await at.store.sessions.begin(own);
      await at.store.sessions.begin(foreign);
      assert.equal(await at.store.accounts.setPassword(account.id, "$argon2id$new"), true);
      assert.equal((await at.store.accounts.find(account.id))?.passwordHash, "$argon2id$new");
      assert.equal(await at.store.sessions.find(own.idHash), undefined);
      assert.deepEqual(await at.store.sessions.find(foreign.idHash), foreign);
    });

    it("says false for a password, roles or a switch of an account that does not exist", async () => {
      assert.equal(await at.store.accounts.setPassword("acc_nobody", "x"), false);
      assert.equal(await at.store.accounts.setRoles("acc_nobody", []), false);
      assert.equal(await at.store.accounts.setDisabled("acc_nobody", 5), false);
    });

    it("sets roles", async () => {
      const account = anAccount();
      await at.store.accounts.add(account);
      assert.equal(await at.store.accounts.setRoles(account.id, ["a", "b"]), true);
      assert.deepEqual((await at.store.accounts.find(account.id))?.roles, ["a", "b"]);
    });

    it("sets roles that were read before only while they are as they were read", async () => {
      const account = anAccount({ roles: ["a", "b"] });
      await at.store.accounts.add(account);
      assert.equal(await at.store.accounts.setRoles(account.id, ["a"], account.roles), true);
      assert.equal(await at.store.accounts.setRoles(account.id, ["b"], account.roles), false);
      assert.deepEqual((await at.store.accounts.find(account.id))?.roles, ["a"]);
    });

    it("ends sessions, waiting codes and lineages of an account that is disabled, and enables it without them", async () => {
      const account = anAccount();
      const session = aSession({ accountId: account.id });
      const [spent, waiting, foreign] = [
        aCode({ accountId: account.id }),
        aCode({ accountId: account.id }),
        aCode(),
      ];
      const [lineage, other] = [earnedBy(spent), earnedBy(foreign)];
      await at.store.accounts.add(account);
      await at.store.sessions.begin(session);
      for (const code of [spent, waiting, foreign]) await at.store.codes.save(code);
      await at.store.codes.redeem(spent.codeHash, lineage, 1_010);
      await at.store.codes.redeem(foreign.codeHash, other, 1_010);

      assert.equal(await at.store.accounts.setDisabled(account.id, 1_020), true);
      assert.equal((await at.store.accounts.find(account.id))?.disabledAt, 1_020);
      assert.equal(await at.store.sessions.find(session.idHash), undefined);
      assert.equal(await at.store.codes.redeem(waiting.codeHash, earnedBy(waiting), 1_021), "replayed");
      const ended = await at.store.lineages.find(lineage.id);
      assert.deepEqual([ended?.endedAt, ended?.endReason], [1_020, "account.disabled"]);
      assert.equal((await at.store.lineages.find(other.id))?.endedAt, null);

      assert.equal(await at.store.accounts.setDisabled(account.id, null), true);
      assert.equal((await at.store.accounts.find(account.id))?.disabledAt, null);
      assert.equal((await at.store.lineages.find(lineage.id))?.endedAt, 1_020);
    });
  });

  describe("roles", () => {
    it("adds, replaces, lists by name and removes roles", async () => {
      const allows = [{ resource: "https://api.example.com", scope: "training:write" }];
      await at.store.roles.put({ name: "trainer", description: "Trains", allows });
      await at.store.roles.put({ name: "everyone", description: "All", allows: [] });
      await at.store.roles.put({ name: "trainer", description: "Trains models", allows });
      assert.deepEqual(await at.store.roles.list(), [
        { name: "everyone", description: "All", allows: [] },
        { name: "trainer", description: "Trains models", allows },
      ]);
      assert.equal(await at.store.roles.remove("everyone"), true);
      assert.equal(await at.store.roles.remove("everyone"), false);
      assert.equal((await at.store.roles.list()).length, 1);
    });

    it("writes a role that was read before only while it is as it was read", async () => {
      const { roles } = at.store;
      const one = { name: "reader", description: "Reads", allows: [{ resource: "r", scope: "a" }] };
      const other = { ...one, description: "Reads on" };
      assert.equal(await roles.put(other, one), false, "there is none");
      assert.equal(await roles.put(one, null), true);
      assert.equal(await roles.put(other, null), false, "there is one");
      assert.equal(await roles.put(other, { ...one, allows: [] }), false);
      assert.equal(await roles.put(other, { ...one, description: "" }), false);
      const found = async () => (await roles.list()).find(({ name }) => name === "reader");
      assert.deepEqual(await found(), one);
      assert.equal(await roles.put(other, one), true);
      assert.deepEqual(await found(), other);
      await roles.remove("reader");
    });

    it("lets each of twenty operators who allow and disallow at once keep what they changed", async () => {
      const { roles } = at.store;
      const scopes = Array.from({ length: 20 }, (_, index) => `scope:${index}`);
      const old = scopes.map((scope) => ({ resource: "old", scope }));
      await roles.remove("busy");
      const { role } = await allow(roles, "busy", old);
      const [first] = await Promise.all([
        Promise.all(scopes.map((scope) => allow(roles, "busy", [{ resource: "new", scope }]))),
        Promise.all(old.map((one) => disallow(roles, role, [one]))),
      ]);
      assert.equal(first.filter(({ isNew }) => isNew).length, 0);
      const busy = (await roles.list()).find(({ name }) => name === "busy");
      assert.deepEqual(
        busy?.allows.map(({ resource, scope }) => `${resource} ${scope}`).toSorted(),
        scopes.map((scope) => `new ${scope}`).toSorted(),
      );
      await roles.remove("busy");
      const made = await Promise.all(scopes.map((scope) => allow(roles, "busy", [{ resource: "r", scope }])));
      assert.equal(made.filter(({ isNew }) => isNew).length, 1, "one of them made it");
      assert.equal((await roles.list()).find(({ name }) => name === "busy")?.allows.length, 20);
      assert.deepEqual((await disallow(roles, { ...role, name: "gone" }, old)).allows, []);
      await roles.remove("busy");
    });
  });

  describe("set-up links", () => {
    const aLink = () => ({ hash: aHash(), createdAt: 1_000, expiresAt: 2_000 });

    it("makes one account when fifty redeem one link at once, and the link is gone", async () => {
      const link = aLink();
      const accounts = Array.from({ length: 50 }, () => anAccount());
      await at.store.setUpLinks.put(link);
      assert.deepEqual(await at.store.setUpLinks.find(link.hash), link);
      const outcomes = await Promise.all(
        accounts.map((account) => at.store.setUpLinks.redeem(link.hash, account, 1_500)),
      );
      assert.equal(count(outcomes, "fresh"), 1);
      assert.equal(count(outcomes, "spent"), 49);
      const made = await Promise.all(accounts.map(({ id }) => at.store.accounts.find(id)));
      assert.deepEqual(made.filter(Boolean), [accounts[outcomes.indexOf("fresh")]]);
      assert.equal(await at.store.setUpLinks.find(link.hash), undefined);
    });

    it("lets one of two links make an account, also when both are redeemed at once", async () => {
      const links = [aLink(), aLink()] as const;
      for (const link of links) await at.store.setUpLinks.put(link);
      const outcomes = await Promise.all(
        links.map(({ hash }) => at.store.setUpLinks.redeem(hash, anAccount(), 1_500)),
      );
      assert.deepEqual(outcomes.toSorted(), ["fresh", "spent"]);
      for (const { hash } of links) assert.equal(await at.store.setUpLinks.find(hash), undefined);
    });

    it("keeps the link when the email is taken", async () => {
      const [link, account] = [aLink(), anAccount()];
      await at.store.setUpLinks.put(link);
      await at.store.accounts.add(account);
      const taken = await at.store.setUpLinks.redeem(link.hash, anAccount({ email: account.email }), 1_500);
      assert.equal(taken, "taken");
      assert.equal(await at.store.setUpLinks.redeem(link.hash, anAccount(), 1_500), "fresh");
    });

    it("calls a link spent that expired or never was", async () => {
      const [link, account] = [aLink(), anAccount()];
      await at.store.setUpLinks.put(link);
      assert.equal(await at.store.setUpLinks.redeem(link.hash, account, 2_000), "spent");
      assert.equal(await at.store.setUpLinks.redeem(aHash(), account, 1_500), "spent");
      assert.equal(await at.store.accounts.find(account.id), undefined);
    });
  });
}
