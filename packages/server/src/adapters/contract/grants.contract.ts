import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { atOnce, type Opened } from "./place.ts";
import { aClient, aCode, earnedBy, fresh } from "./records.ts";

const [api, mcp] = ["https://api.example.com", "https://mcp.example.com"];

export function grantsContract(at: Opened): void {
  describe("grants", () => {
    const pair = () => [fresh("acc_"), fresh("cli_")] as const;

    it("makes a grant and gives it back by id, by pair and by account", async () => {
      const [account, client] = pair();
      const grant = await at.store.grants.consent(
        account,
        client,
        [{ resource: mcp, scopes: ["b", "a"] }],
        1_000,
      );
      assert.ok(Number.isSafeInteger(grant.id));
      assert.deepEqual(grant, {
        id: grant.id,
        accountId: account,
        clientId: client,
        permissions: [{ resource: mcp, scopes: ["a", "b"] }],
        createdAt: 1_000,
        updatedAt: 1_000,
      });
      assert.deepEqual(await at.store.grants.find(grant.id), grant);
      assert.deepEqual(await at.store.grants.findFor(account, client), grant);
      assert.deepEqual(await at.store.grants.listOf(account), [grant]);
      assert.equal(await at.store.grants.find(grant.id + 1_000), undefined);
      assert.equal(await at.store.grants.findFor(client, account), undefined);
    });

    it("joins what is granted later into the grant that stands", async () => {
      const [account, client] = pair();
      const first = await at.store.grants.consent(account, client, [{ resource: mcp, scopes: ["a"] }], 1_000);
      const later = [
        { resource: mcp, scopes: ["b", "a"] },
        { resource: api, scopes: ["x"] },
      ];
      const second = await at.store.grants.consent(account, client, later, 2_000);
      assert.deepEqual(second, {
        ...first,
        updatedAt: 2_000,
        permissions: [
          { resource: api, scopes: ["x"] },
          { resource: mcp, scopes: ["a", "b"] },
        ],
      });
      assert.deepEqual(await at.store.grants.find(first.id), second);
    });

    it("loses none of a hundred scopes granted at once, and makes one grant of them", async () => {
      const [account, client] = pair();
      const all = await atOnce(100, (index) =>
        at.store.grants.consent(
          account,
          client,
          [{ resource: mcp, scopes: [`scope:${index}`, "shared"] }],
          1_000,
        ),
      );
      assert.equal(new Set(all.map(({ id }) => id)).size, 1);
      const [grant, ...others] = await at.store.grants.listOf(account);
      assert.deepEqual(others, []);
      const expected = ["shared", ...Array.from({ length: 100 }, (_, index) => `scope:${index}`)];
      assert.deepEqual(grant?.permissions, [{ resource: mcp, scopes: expected.sort() }]);
      all.forEach(({ permissions }, index) => {
        assert.ok(permissions[0]?.scopes.includes(`scope:${index}`), "each consent sees its own scope");
      });
    });

    it("keeps for how long each scope is remembered, as it was said last, and says nothing of the others", async () => {
      const [account, client] = pair();
      const consent = (resource: string, scopes: string[], endsAt?: number) =>
        at.store.grants.consent(account, client, [{ resource, scopes }], 1_000, endsAt);
      await consent(mcp, ["a", "b"], 5_000);
      await consent(mcp, ["b", "c"], 9_000);
      const limits = [
        { resource: mcp, scope: "a", endsAt: 5_000 },
        { resource: mcp, scope: "b", endsAt: 9_000 },
        { resource: mcp, scope: "c", endsAt: 9_000 },
      ];
      assert.deepEqual((await consent(api, ["a"])).limits, limits);
      await consent(mcp, ["a"]);
      const { id } = await consent(mcp, ["b"], 2_000);
      const grant = await at.store.grants.find(id);
      assert.deepEqual(grant?.limits, [{ ...limits[1], endsAt: 2_000 }, limits[2]]);
      assert.deepEqual(grant?.permissions, [
        { resource: api, scopes: ["a"] },
        { resource: mcp, scopes: ["a", "b", "c"] },
      ]);
    });

    it("keeps for how long a resource without scopes is remembered", async () => {
      const [account, client] = pair();
      const whole = [{ resource: mcp, scopes: [] }];
      const grant = await at.store.grants.consent(account, client, whole, 1_000, 5_000);
      assert.deepEqual(grant.permissions, whole);
      assert.deepEqual(grant.limits, [{ resource: mcp, scope: "", endsAt: 5_000 }]);
      assert.equal("limits" in (await at.store.grants.consent(account, client, whole, 1_001)), false);
    });

    it("keeps a grant without scopes", async () => {
      const [account, client] = pair();
      const grant = await at.store.grants.consent(account, client, [], 1_000);
      assert.deepEqual(grant.permissions, []);
      assert.deepEqual(await at.store.grants.find(grant.id), grant);
    });

    it("keeps a resource that was granted without a scope, and joins scopes to it later", async () => {
      const [account, client] = pair();
      const grant = await at.store.grants.consent(account, client, [{ resource: mcp, scopes: [] }], 1_000);
      assert.deepEqual(grant.permissions, [{ resource: mcp, scopes: [] }]);
      const later = await at.store.grants.consent(account, client, [{ resource: mcp, scopes: ["a"] }], 1_001);
      assert.deepEqual(later.permissions, [{ resource: mcp, scopes: ["a"] }]);
    });

    it("ends a grant with its waiting codes and its lineages, and never gives its number again", async () => {
      const [account, client] = pair();
      await at.store.clients.add(aClient({ id: client }));
      const { id } = await at.store.grants.consent(
        account,
        client,
        [{ resource: mcp, scopes: ["a"] }],
        1_000,
      );
      const [spent, waiting, foreign] = [aCode({ grantId: id }), aCode({ grantId: id }), aCode()];
      for (const code of [spent, waiting, foreign]) await at.store.codes.save(code);
      const [lineage, other] = [earnedBy(spent), earnedBy(foreign)];
      await at.store.codes.redeem(spent.codeHash, lineage, 1_010);
      await at.store.codes.redeem(foreign.codeHash, other, 1_010);

      assert.equal(await at.store.grants.end(id, 1_100), true);
      assert.equal(await at.store.grants.end(id, 1_101), false);
      assert.equal(await at.store.grants.find(id), undefined);
      assert.equal(await at.store.codes.redeem(waiting.codeHash, earnedBy(waiting), 1_102), "replayed");
      const ended = await at.store.lineages.find(lineage.id);
      assert.deepEqual([ended?.endedAt, ended?.endReason], [1_100, "grant.ended"]);
      assert.equal((await at.store.lineages.find(other.id))?.endedAt, null);
      assert.notEqual((await at.store.grants.consent(account, client, [], 1_200)).id, id);
    });

    it("pages through grants by id: all, those of a client, those of an account", async () => {
      const [ada, agent] = pair();
      const [bob, other] = pair();
      const consent = (account: string, client: string) =>
        at.store.grants.consent(account, client, [{ resource: mcp, scopes: ["a", "b"] }], 1_000);
      const made = [await consent(ada, agent), await consent(bob, agent), await consent(ada, other)];
      const after = (made[0]?.id ?? 0) - 1;
      const page = at.store.grants.page;
      assert.deepEqual(await page({ after, limit: 10 }), made);
      assert.deepEqual(await page({ after, limit: 2 }), made.slice(0, 2));
      assert.deepEqual(await page({ after: made[1]?.id ?? 0, limit: 2 }), made.slice(2));
      assert.deepEqual(await page({ clientId: agent, after: 0, limit: 10 }), made.slice(0, 2));
      assert.deepEqual(await page({ accountId: ada, after: 0, limit: 10 }), [made[0], made[2]]);
      assert.deepEqual(await page({ accountId: bob, clientId: other, after: 0, limit: 10 }), []);
    });

    it("leaves no lineage alive when a grant ends while its codes are redeemed", async () => {
      for (let round = 0; round < 10; round++) {
        const [account, client] = pair();
        const { id } = await at.store.grants.consent(account, client, [], 1_000);
        const codes = Array.from({ length: 8 }, () => aCode({ grantId: id }));
        for (const code of codes) await at.store.codes.save(code);
        const redeemed = codes.map((code) => at.store.codes.redeem(code.codeHash, earnedBy(code), 1_010));
        redeemed.splice(
          round % 8,
          0,
          at.store.grants.end(id, 1_011).then(() => "replayed" as const),
        );
        await Promise.all(redeemed);
        const alive = (await at.store.lineages.listOf(id)).filter(({ endedAt }) => endedAt === null);
        assert.deepEqual(alive, []);
      }
    });
  });
}
