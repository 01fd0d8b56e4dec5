import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { atOnce, count, type Opened } from "./place.ts";
import { aSigningKey, fresh } from "./records.ts";

export function tokensContract(at: Opened): void {
  describe("revoked access tokens", () => {
    it("remembers a revoked token, revoked twice too, and no other", async () => {
      const jti = fresh("jti_");
      await at.store.accessTokens.revoke(jti, 5_000, 4_000);
      await at.store.accessTokens.revoke(jti, 5_000, 4_000);
      assert.equal(await at.store.accessTokens.isRevoked(jti), true);
      assert.equal(await at.store.accessTokens.isRevoked(fresh("jti_")), false);
    });
  });

  describe("assertions", () => {
    it("lets one of a hundred simultaneous uses of an assertion through", async () => {
      const spent = await atOnce(100, () => at.store.assertions.spend("cli_1", "one", 5_000));
      assert.equal(count(spent, "fresh"), 1);
      assert.equal(count(spent, "replayed"), 99);
    });

    it("keeps clients and ids apart, however the characters fall, and bears long ids", async () => {
      const long = "j".repeat(100_000);
      for (const [client, jti] of [
        ["a", "bc"],
        ["ab", "c"],
        ["a", "b\0c"],
        ["a", long],
      ] as const) {
        assert.equal(await at.store.assertions.spend(client, jti, 5_000), "fresh");
        assert.equal(await at.store.assertions.spend(client, jti, 5_000), "replayed");
      }
    });
  });

  describe("signing keys", () => {
    it("adds one key when fifty nodes saw the same keys, lists keys in order, and retires one", async () => {
      const keys = Array.from({ length: 50 }, () => aSigningKey());
      const added = await Promise.all(keys.map((key) => at.store.signingKeys.add(key, 0)));
      assert.equal(count(added, true), 1);
      const first = keys[added.indexOf(true)];
      assert.ok(first);
      assert.deepEqual(await at.store.signingKeys.list(), [first]);

      const second = aSigningKey();
      assert.equal(await at.store.signingKeys.add(second, 0), false);
      assert.equal(await at.store.signingKeys.add(second, 1), true);
      await at.store.signingKeys.retire(first.kid, 2_000, 3_000);
      assert.deepEqual(await at.store.signingKeys.list(), [
        { ...first, retiredAt: 2_000, removeAt: 3_000 },
        second,
      ]);
    });
  });

  describe("settings", () => {
    it("lets the first of fifty simultaneous claims stand and tells all of them which", async () => {
      assert.equal(await at.store.settings.get("check"), undefined);
      const told = await atOnce(50, (index) => at.store.settings.claim("check", `${index}`));
      assert.equal(new Set(told).size, 1);
      assert.equal(await at.store.settings.get("check"), told[0]);
      assert.equal(await at.store.settings.claim("check", "later"), told[0]);
    });
  });
}
