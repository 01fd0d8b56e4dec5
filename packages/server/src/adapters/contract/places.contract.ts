import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { SchemaTooNew } from "../sql/migrate.ts";
import { atOnce, type NewPlace, type Place } from "./place.ts";
import { aClient, aCode, anAccount, anInteraction, aRotation, aSession, earnedBy, fresh } from "./records.ts";

/** Takes step 6 of the schema back, as a database of the version before stands. */
const withoutPeople = `
  DROP TABLE passkey; DROP TABLE one_time_password; DROP TABLE recovery_code; DROP TABLE mailed_proof;
  DROP TABLE upstream_identity; DROP INDEX audit_event_of_account;
  ALTER TABLE account DROP COLUMN locale;
  ALTER TABLE session DROP COLUMN address; ALTER TABLE session DROP COLUMN last_used_at;
  ALTER TABLE interaction DROP COLUMN progress; ALTER TABLE interaction DROP COLUMN version;
  ALTER TABLE permission DROP COLUMN ends_at; ALTER TABLE code DROP COLUMN access_ends_at;
  ALTER TABLE device_code DROP COLUMN access_ends_at;
  DELETE FROM schema_version WHERE number = 6;`;

/** What a store is across processes and time. */
export function placesContract(newPlace: NewPlace): void {
  describe("places", () => {
    let place: Place;
    before(async () => {
      place = await newPlace();
    });
    after(async () => place.remove());

    it("[I2-MIGRATIONS P-4] lets five nodes start at once on an empty database, each with the whole schema", async () => {
      const stores = await atOnce(5, () => place.open());
      for (const store of stores) await store.ping();
      const account = anAccount();
      await stores[0]?.accounts.add(account);
      for (const store of stores) assert.deepEqual(await store.accounts.find(account.id), account);
    });

    it("[P-4] shows each store at its next read what another one wrote", async () => {
      const [here, there] = [await place.open(), await place.open()];
      const client = aClient();
      assert.equal(await here.clients.find(client.id), undefined);
      await there.clients.add(client);
      assert.deepEqual(await here.clients.find(client.id), client);
      await here.clients.replace({ ...client, name: "changed here" });
      assert.equal((await there.clients.find(client.id))?.name, "changed here");
    });

    it("[P-4] loses no row when two stores write at once", async () => {
      const stores = [await place.open(), await place.open()] as const;
      const clients = Array.from({ length: 100 }, () => aClient());
      await Promise.all(clients.map((client, index) => stores[index % 2 === 0 ? 0 : 1].clients.add(client)));
      const listed = new Set((await stores[0].clients.list()).map(({ id }) => id));
      assert.deepEqual(
        clients.filter(({ id }) => !listed.has(id)),
        [],
      );
    });

    it("[P-4 I2-DURABLE] keeps across closing and opening what was answered", async () => {
      const first = await place.open();
      const code = aCode();
      const lineage = earnedBy(code, { id: await first.lineages.nextId() });
      await first.codes.save(code);
      await first.codes.redeem(code.codeHash, lineage, 1_010);
      await first.lineages.rotate(lineage, aRotation());
      await first.close();

      const second = await place.open();
      assert.deepEqual(await second.lineages.find(lineage.id), { ...lineage, ...aRotation() });
      assert.equal(await second.codes.redeem(code.codeHash, earnedBy(code), 1_020), "replayed");
      assert.ok((await second.lineages.nextId()) > lineage.id);
    });

    it("waits for writes under way when it closes, and closes twice as well as once", async () => {
      const store = await place.open();
      const name = fresh("setting ");
      const claimed = store.settings.claim(name, "written");
      await store.close();
      await store.close();
      assert.equal(await claimed, "written");
      await assert.rejects(store.settings.get(name));
      assert.equal(await (await place.open()).settings.get(name), "written");
    });

    it("[I2-MIGRATIONS] brings a database of the version before up to date, and sessions and logins under way go on", async () => {
      const older = await newPlace();
      try {
        const [account, session, interaction] = [
          anAccount(),
          aSession({ lastUsedAt: 5_000 }),
          anInteraction(),
        ];
        const first = await older.open();
        await first.accounts.add(account);
        await first.sessions.begin(session);
        await first.interactions.begin(interaction);
        await first.close();
        await older.execute(withoutPeople);
        const second = await older.open();
        assert.deepEqual(await second.accounts.find(account.id), account);
        assert.deepEqual(await second.sessions.find(session.idHash), {
          ...session,
          address: "",
          lastUsedAt: session.createdAt,
        });
        assert.deepEqual(await second.interactions.find(interaction.id), interaction);
        assert.deepEqual(await second.passkeys.listOf(account.id), []);
      } finally {
        await older.remove();
      }
    });

    it("[I2-MIGRATIONS] refuses a database that a newer program wrote, by both versions, and leaves it alone", async () => {
      const newer = await newPlace();
      try {
        await (await newer.open()).close();
        await newer.execute(
          "INSERT INTO schema_version (number, name, applied_at) VALUES (999, 'tomorrow', 0)",
        );
        await assert.rejects(newer.open(), (error) => {
          assert.ok(error instanceof SchemaTooNew);
          assert.equal(error.found, 999);
          assert.match(error.message, /version 999.*up to \d+.*newer Valetkey/);
          return true;
        });
        await newer.execute("DELETE FROM schema_version WHERE number = 999");
        await (await newer.open()).ping();
      } finally {
        await newer.remove();
      }
    });
  });
}
