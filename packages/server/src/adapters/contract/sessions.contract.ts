import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Session } from "../../records/session.ts";
import { atOnce, count, type Opened } from "./place.ts";
import { aCode, aSession, earnedBy, fresh } from "./records.ts";

export function sessionsContract(at: Opened): void {
  describe("sessions", () => {
    it("gives a session back as it began, and no more once it ended", async () => {
      const session = aSession();
      await at.store.sessions.begin(session);
      assert.deepEqual(await at.store.sessions.find(session.idHash), session);
      await at.store.sessions.end(session.idHash);
      assert.equal(await at.store.sessions.find(session.idHash), undefined);
      await at.store.sessions.end(session.idHash);
    });

    /** A session in which two clients have a lineage each, the first a second one that outlives it. */
    async function aBusySession() {
      const session = aSession();
      const offline = [{ resource: "https://mcp.example.com", scopes: ["calendar:read", "offline_access"] }];
      const { sid } = session;
      const first = aCode({ sid });
      const codes = [
        first,
        aCode({ sid, clientId: first.clientId, permissions: offline }),
        aCode({ sid }),
      ] as const;
      await at.store.sessions.begin(session);
      for (const code of codes) await at.store.codes.save(code);
      const made = codes.map((code) => earnedBy(code));
      for (const lineage of made) await at.store.codes.redeem(lineage.codeHash, lineage, 1_010);
      const reasons = async () =>
        await Promise.all(made.map(async ({ id }) => (await at.store.lineages.find(id))?.endReason));
      return { session, clientId: first.clientId, reasons };
    }

    it("signs out: ends the session and what the client began in it without offline_access", async () => {
      const { session, clientId, reasons } = await aBusySession();
      const waiting = aCode({ sid: session.sid, clientId });
      await at.store.codes.save(waiting);
      await at.store.sessions.signOut(session.idHash, session.sid, clientId, 1_100);
      assert.equal(await at.store.sessions.find(session.idHash), undefined);
      assert.deepEqual(await reasons(), ["signed-out", null, null]);
      assert.equal(await at.store.codes.find(waiting.codeHash), undefined);
    });

    it("signs out without a client: ends the session alone", async () => {
      const { session, reasons } = await aBusySession();
      await at.store.sessions.signOut(session.idHash, session.sid, null, 1_100);
      assert.equal(await at.store.sessions.find(session.idHash), undefined);
      assert.deepEqual(await reasons(), [null, null, null]);
    });

    it("signs out of a session that is gone: its lineages end all the same", async () => {
      const { session, clientId, reasons } = await aBusySession();
      await at.store.sessions.end(session.idHash);
      await at.store.sessions.signOut(session.idHash, session.sid, clientId, 1_100);
      assert.deepEqual(await reasons(), ["signed-out", null, null]);
    });
  });

  describe("an account's sessions", () => {
    async function threeAndAForeign() {
      const accountId = fresh("acc_");
      const [oldest, middle, newest] = [2_000, 3_000, 4_000].map((lastUsedAt) =>
        aSession({ accountId, lastUsedAt }),
      ) as [Session, Session, Session];
      const foreign = aSession();
      for (const session of [middle, newest, foreign, oldest]) await at.store.sessions.begin(session);
      const left = async () => (await at.store.sessions.listOf(accountId)).map(({ sid }) => sid);
      return { accountId, oldest, middle, newest, foreign, left };
    }

    it("are listed by their newest use, and are nobody else's", async () => {
      const { accountId, oldest, middle, newest } = await threeAndAForeign();
      assert.deepEqual(await at.store.sessions.listOf(accountId), [newest, middle, oldest]);
      assert.deepEqual(await at.store.sessions.listOf("acc_nobody"), []);
    });

    it("note a use, and no earlier one after it", async () => {
      const { oldest, newest, middle, left } = await threeAndAForeign();
      await at.store.sessions.used(oldest.idHash, 5_000);
      await at.store.sessions.used(oldest.idHash, 4_500);
      assert.deepEqual(await at.store.sessions.find(oldest.idHash), { ...oldest, lastUsedAt: 5_000 });
      assert.deepEqual(await left(), [oldest.sid, newest.sid, middle.sid]);
    });

    it("end one by one by their sid, and never another account's", async () => {
      const { accountId, oldest, middle, newest, foreign, left } = await threeAndAForeign();
      assert.equal(await at.store.sessions.endOf(accountId, foreign.sid), false);
      assert.deepEqual(await at.store.sessions.find(foreign.idHash), foreign);
      const ended = await atOnce(50, () => at.store.sessions.endOf(accountId, middle.sid));
      assert.equal(count(ended, true), 1);
      assert.deepEqual(await left(), [newest.sid, oldest.sid]);
    });

    it("end but for the one that is kept, which must be the account's own to be kept", async () => {
      const { accountId, middle, foreign, left } = await threeAndAForeign();
      assert.equal(await at.store.sessions.endOthers(accountId, middle.idHash), 2);
      assert.equal(await at.store.sessions.endOthers(accountId, middle.idHash), 0);
      assert.deepEqual(await left(), [middle.sid]);
      assert.equal(await at.store.sessions.endOthers(accountId, foreign.idHash), 1);
      assert.deepEqual(await left(), []);
      assert.deepEqual(await at.store.sessions.find(foreign.idHash), foreign);
    });

    it("end all where none is kept", async () => {
      const { accountId, foreign, left } = await threeAndAForeign();
      assert.equal(await at.store.sessions.endOthers(accountId, null), 3);
      assert.deepEqual(await left(), []);
      assert.deepEqual(await at.store.sessions.find(foreign.idHash), foreign);
    });
  });
}
