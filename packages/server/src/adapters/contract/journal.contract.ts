import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { AuditEvent } from "../../records/audit-event.ts";
import type { TraceStep } from "../../records/trace-step.ts";
import { inOnePlace, type NewPlace } from "./place.ts";

export function journalContract(newPlace: NewPlace): void {
  describe("journal", () => {
    const at = inOnePlace(newPlace);
    const aStep = (given: Partial<TraceStep> = {}): TraceStep => ({
      at: 1_000,
      step: "token",
      outcome: "done",
      says: "Gave a token.",
      address: "127.0.0.1",
      userAgent: "Agent/1.0",
      ...given,
    });

    it("gives events and steps back newest first, absent fields absent", async () => {
      const bare: AuditEvent = { at: 1_000, what: "token.issued" };
      const full: AuditEvent = {
        at: 1_001,
        what: "lineage.ended",
        clientId: "cli_1",
        accountId: "acc_1",
        grantId: 1,
        lineageId: 2,
        address: "::1",
        userAgent: "",
        detail: "replay",
      };
      const steps = [aStep(), aStep({ outcome: "refused", refusal: "code.unknown", clientId: "cli\0_1" })];
      await at.store.journal.append([bare, full], steps);
      await at.store.journal.append([], []);
      assert.deepEqual(await at.store.journal.events(10), [full, bare]);
      assert.deepEqual(await at.store.journal.events(1), [full]);
      assert.deepEqual(await at.store.journal.steps(10), steps.toReversed());
    });

    it("gives the events of one grant", async () => {
      const [one, two, other] = [1, 2, 3].map((lineageId) => ({
        ...{ at: 1_000, what: "lineage.began", lineageId },
        grantId: lineageId === 3 ? 778 : 777,
      })) as [AuditEvent, AuditEvent, AuditEvent];
      await at.store.journal.append([one, other, two], []);
      assert.deepEqual(await at.store.journal.eventsOfGrant(777, 10), [two, one]);
      assert.deepEqual(await at.store.journal.eventsOfGrant(777, 1), [two]);
    });

    it("gives what a person would know of their account, without what each token did", async () => {
      const account = (what: string, accountId: string): AuditEvent => ({ at: 1_000, what, accountId });
      const [signIn, consent, other] = [
        account("sign-in.done", "acc_5"),
        account("consent.given", "acc_5"),
        account("sign-in.done", "acc_6"),
      ];
      const ofTokens = [
        "lineage.began",
        "token.issued",
        "token.exchanged",
        "refresh.repeated-late",
        "refresh.ahead-of-store",
      ].map((what) => account(what, "acc_5"));
      await at.store.journal.append([signIn, other, ...ofTokens, consent], []);
      assert.deepEqual(await at.store.journal.eventsOfAccount("acc_5", 10), [consent, signIn]);
      assert.deepEqual(await at.store.journal.eventsOfAccount("acc_5", 1), [consent]);
      assert.deepEqual(await at.store.journal.eventsOfAccount("acc_nobody", 10), []);
    });

    it("keeps order and count of many steps appended at once, and trims to the newest", async () => {
      const says = Array.from({ length: 213 }, (_, index) => `step ${index}`);
      await at.store.journal.append(
        [],
        says.map((one) => aStep({ says: one })),
      );
      const found = await at.store.journal.steps(213);
      assert.deepEqual(
        found.map((one) => one.says),
        says.toReversed(),
      );
      await at.store.journal.trimSteps(50);
      await at.store.journal.trimSteps(500);
      assert.deepEqual(
        (await at.store.journal.steps(1_000)).map((one) => one.says),
        says.slice(-50).reverse(),
      );
      await at.store.journal.trimSteps(0);
      assert.deepEqual(await at.store.journal.steps(10), []);
    });
  });
}
