import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Opened } from "./place.ts";
import { aClient, aCode, anAccount, anInteraction, aRotation, earnedBy, fresh } from "./records.ts";

const hostile = {
  "quotes and comments": `'"; DROP TABLE account; -- /* $1 ? :x @y`,
  "percent, underscore and backslash": "100%_\\' \\\\ \\u0000",
  NUL: "before\0after",
  "a lone surrogate": "\uD83D and \uDE00",
  "the character that marks what text cannot hold": "\uFFFE0000\uFFFE",
  emoji: "👩🏽‍🚀🏳️‍🌈",
  "right to left and line breaks": "\u202Eabc\r\n\t\u2028",
  "the empty string": "",
  "a hundred thousand characters": "äx".repeat(50_000),
} as const;

export function valuesContract(at: Opened): void {
  describe("values", () => {
    for (const [what, text] of Object.entries(hostile)) {
      it(`gives ${what} back as it came, in columns and in lists`, async () => {
        const account = anAccount({ name: text, roles: [text, text] });
        await at.store.accounts.add(account);
        assert.deepEqual(await at.store.accounts.find(account.id), account);
        const interaction = anInteraction({ query: text, clientId: text });
        await at.store.interactions.begin(interaction);
        assert.deepEqual(await at.store.interactions.find(interaction.id), interaction);
        await at.store.journal.append([{ at: 1, what: "x", detail: text }], []);
        assert.equal((await at.store.journal.events(1))[0]?.detail, text);
      });

      it(`finds nothing by ${what}, and fails no request with it`, async () => {
        assert.equal(await at.store.accounts.find(text), undefined);
        assert.equal(await at.store.accounts.findByEmail(text), undefined);
        assert.equal(await at.store.clients.find(text), undefined);
        assert.equal(await at.store.documents.find(text), undefined);
        assert.equal(await at.store.resources.find(text), undefined);
        assert.equal(await at.store.interactions.find(text), undefined);
        assert.equal(await at.store.grants.findFor(text, text), undefined);
        assert.equal(await at.store.accessTokens.isRevoked(text), false);
        assert.equal(await at.store.settings.get(text), undefined);
      });
    }

    it("keeps apart what a database would replace by one and the same character", async () => {
      const prefix = fresh("cli_");
      const ids = ["\uD800", "\uDBFF", "\uFFFD", "\0", "\uFFFE0000", "\uFFFE"].map((end) => prefix + end);
      for (const id of ids) assert.equal(await at.store.clients.add(aClient({ id })), true);
      for (const id of ids) assert.equal((await at.store.clients.find(id))?.id, id);
    });

    it("[I2-POLLUTION] keeps keys named __proto__ as plain keys", async () => {
      const key = JSON.parse('{"kty":"EC","__proto__":{"polluted":true},"constructor":{"x":1}}');
      const client = aClient({ jwks: { keys: [key] } });
      await at.store.clients.add(client);
      const found = await at.store.clients.find(client.id);
      assert.equal(JSON.stringify(found?.jwks), JSON.stringify(client.jwks));
      assert.equal(Object.hasOwn({}, "polluted"), false);
      assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    });

    it("bears whole numbers up to 2^53 - 1 and refuses what is none", async () => {
      const most = Number.MAX_SAFE_INTEGER;
      const code = aCode({ grantId: most - 1, createdAt: most, expiresAt: most });
      const lineage = earnedBy(code, { id: most, absoluteExpiresAt: most, generation: most - 2 });
      await at.store.codes.save(code);
      await at.store.codes.redeem(code.codeHash, lineage, most);
      assert.deepEqual(await at.store.codes.find(code.codeHash), { ...code, spentAt: most });
      assert.deepEqual(await at.store.lineages.find(most), lineage);
      const rotation = aRotation({ generation: most - 1, rotatedAt: most });
      assert.equal(await at.store.lineages.rotate(lineage, rotation), true);
      assert.deepEqual(await at.store.lineages.listOf(most - 1), [{ ...lineage, ...rotation }]);
      for (const wrong of [1.5, Number.NaN, Number.POSITIVE_INFINITY, most + 1]) {
        await assert.rejects(at.store.accounts.add(anAccount({ createdAt: wrong })), TypeError);
      }
    });
  });
}
