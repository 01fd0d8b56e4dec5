import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { MailedProof } from "../../records/mailed-proof.ts";
import { aMailedProof } from "./people-records.ts";
import { atOnce, count, type Opened } from "./place.ts";
import { aHash, anAccount, fresh } from "./records.ts";

export function mailedProofsContract(at: Opened): void {
  describe("mailed proofs", () => {
    /** Which of these still stand. */
    const standing = async (proofs: readonly MailedProof[]) => {
      const found = await Promise.all(
        proofs.map(({ linkHash }) => at.store.mailedProofs.findByLink(linkHash ?? "")),
      );
      return found.map((one) => one !== undefined);
    };

    it("gives a proof back by its link, and by its interaction and purpose", async () => {
      const proof = aMailedProof();
      const bare = aMailedProof({ accountId: null, linkHash: null, purpose: "sign-up", details: {} });
      const alone = aMailedProof({ accountId: null, interactionId: null, codeMac: null });
      for (const one of [proof, bare, alone]) await at.store.mailedProofs.put(one);
      assert.deepEqual(await at.store.mailedProofs.findByLink(proof.linkHash ?? ""), proof);
      assert.deepEqual(await at.store.mailedProofs.findFor(proof.interactionId ?? "", "sign-in"), proof);
      assert.deepEqual(await at.store.mailedProofs.findFor(bare.interactionId ?? "", "sign-up"), bare);
      assert.deepEqual(await at.store.mailedProofs.findByLink(alone.linkHash ?? ""), alone);
      assert.equal(await at.store.mailedProofs.findFor(bare.interactionId ?? "", "sign-in"), undefined);
      assert.equal(await at.store.mailedProofs.findFor("int_nobody", "sign-in"), undefined);
      assert.equal(await at.store.mailedProofs.findByLink(aHash()), undefined);
    });

    const interactionId = () => ({ interactionId: fresh("int_"), accountId: null });
    const accountId = () => ({ interactionId: null, accountId: fresh("acc_") });
    const email = () => ({ interactionId: null, accountId: null, email: `${fresh("")}@example.com` });
    for (const { of, same, other } of [
      { of: "an interaction", same: interactionId(), other: interactionId() },
      { of: "an account", same: accountId(), other: accountId() },
      { of: "an address that has neither", same: email(), other: email() },
    ]) {
      it(`keeps the newest proof of ${of} for a purpose, and leaves other purposes and others' alone`, async () => {
        const [old, verifying, foreign, anew] = [
          aMailedProof(same),
          aMailedProof({ ...same, purpose: "verify-email" }),
          aMailedProof(other),
          aMailedProof(same),
        ];
        for (const one of [old, verifying, foreign, anew]) await at.store.mailedProofs.put(one);
        assert.deepEqual(await standing([old, verifying, foreign, anew]), [false, true, true, true]);
      });

      it(`keeps one of fifty proofs of ${of} for a purpose that come at once`, async () => {
        const proofs = Array.from({ length: 50 }, () => aMailedProof({ ...same, purpose: "reset-password" }));
        await atOnce(50, (index) => at.store.mailedProofs.put(proofs[index] ?? assert.fail()));
        assert.equal(count(await standing(proofs), true), 1);
      });
    }

    it("leaves a person's codes alone when somebody asks for one in another browser, or for a link", async () => {
      const [theirs, other, link] = [aMailedProof(), aMailedProof(), aMailedProof({ interactionId: null })];
      const { accountId } = theirs;
      for (const one of [theirs, { ...other, accountId }, { ...link, accountId }])
        await at.store.mailedProofs.put(one);
      assert.deepEqual(await standing([theirs, other, link]), [true, true, true]);
    });

    it("leaves a person's proof alone when somebody without an account gives their address", async () => {
      const theirs = aMailedProof({ interactionId: null });
      const alone = aMailedProof({ ...email(), email: theirs.email });
      for (const one of [theirs, alone]) await at.store.mailedProofs.put(one);
      assert.deepEqual(await standing([theirs, alone]), [true, true]);
    });

    it("takes one guess away at a time, and no more than there are, of fifty that come at once", async () => {
      const [proof, foreign] = [aMailedProof({ guessesLeft: 5 }), aMailedProof()];
      for (const one of [proof, foreign]) await at.store.mailedProofs.put(one);
      assert.equal(await at.store.mailedProofs.guess(proof.id), true);
      const left = () => at.store.mailedProofs.findByLink(proof.linkHash ?? "");
      assert.deepEqual(await left(), { ...proof, guessesLeft: 4 });
      const guesses = await atOnce(50, () => at.store.mailedProofs.guess(proof.id));
      assert.equal(count(guesses, true), 4);
      assert.equal((await left())?.guessesLeft, 0);
      assert.deepEqual(await at.store.mailedProofs.findByLink(foreign.linkHash ?? ""), foreign);
      assert.equal(await at.store.mailedProofs.guess("mail_nobody"), false);
    });

    it("lets one of fifty make an account of a proof, which is gone then", async () => {
      const proof = aMailedProof({ purpose: "invitation", accountId: null, interactionId: null });
      await at.store.mailedProofs.put(proof);
      const accounts = Array.from({ length: 50 }, () => anAccount());
      const outcomes = await atOnce(50, (index) =>
        at.store.mailedProofs.redeem(proof.id, accounts[index] ?? assert.fail()),
      );
      assert.deepEqual([count(outcomes, "fresh"), count(outcomes, "spent")], [1, 49]);
      const found = await Promise.all(accounts.map(({ id }) => at.store.accounts.find(id)));
      assert.equal(found.filter(Boolean).length, 1);
      assert.equal(await at.store.mailedProofs.findByLink(proof.linkHash ?? ""), undefined);
    });

    it("keeps a proof whose account's address is taken", async () => {
      const holder = anAccount();
      await at.store.accounts.add(holder);
      const proof = aMailedProof({ purpose: "invitation", accountId: null, interactionId: null });
      await at.store.mailedProofs.put(proof);
      const taken = anAccount({ email: holder.email });
      assert.equal(await at.store.mailedProofs.redeem(proof.id, taken), "taken");
      assert.equal(await at.store.accounts.find(taken.id), undefined);
      assert.deepEqual(await at.store.mailedProofs.findByLink(proof.linkHash ?? ""), proof);
    });

    it("lets one of fifty spend a proof, which is gone then", async () => {
      const [proof, foreign] = [aMailedProof(), aMailedProof()];
      for (const one of [proof, foreign]) await at.store.mailedProofs.put(one);
      const spent = await atOnce(50, () => at.store.mailedProofs.spend(proof.id));
      assert.equal(count(spent, true), 1);
      assert.deepEqual(await standing([proof, foreign]), [false, true]);
      assert.equal(await at.store.mailedProofs.guess(proof.id), false);
    });
  });
}
