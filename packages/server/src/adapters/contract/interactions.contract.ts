import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { atOnce, count, type Opened } from "./place.ts";
import { anInteraction } from "./records.ts";

export function interactionsContract(at: Opened): void {
  describe("interactions", () => {
    it("gives an interaction back, notes the sign-in, and is gone once finished", async () => {
      const interaction = anInteraction();
      await at.store.interactions.begin(interaction);
      assert.deepEqual(await at.store.interactions.find(interaction.id), interaction);
      await at.store.interactions.signedIn(interaction.id, 1_050);
      assert.deepEqual(await at.store.interactions.find(interaction.id), {
        ...interaction,
        signedInAt: 1_050,
        version: 1,
      });
      assert.equal(await at.store.interactions.finish(interaction.id), true);
      assert.equal(await at.store.interactions.find(interaction.id), undefined);
    });

    it("moves on from the version that was seen, one of fifty steps at once, and no other interaction", async () => {
      const [interaction, foreign] = [anInteraction(), anInteraction()];
      for (const one of [interaction, foreign]) await at.store.interactions.begin(one);
      const steps = Array.from({ length: 50 }, (_, index) => ({ email: `${index}@example.com` }));
      const advanced = await atOnce(50, (index) =>
        at.store.interactions.advance(interaction.id, 0, steps[index] ?? {}),
      );
      assert.equal(count(advanced, true), 1);
      const progress = steps[advanced.indexOf(true)];
      assert.deepEqual(await at.store.interactions.find(interaction.id), {
        ...interaction,
        progress,
        version: 1,
      });
      for (const seen of [0, 2])
        assert.equal(await at.store.interactions.advance(interaction.id, seen, {}), false);
      assert.equal(await at.store.interactions.advance(interaction.id, 1, { email: "a@example.com" }), true);
      assert.equal((await at.store.interactions.find(interaction.id))?.version, 2);
      assert.deepEqual(await at.store.interactions.find(foreign.id), foreign);
      assert.equal(await at.store.interactions.advance("int_nobody", 0, {}), false);
    });

    it("forgets with the sign-in how far it was, and a step that was under way changes nothing", async () => {
      const interaction = anInteraction({ progress: { email: "ada@example.com", methods: ["pwd"] } });
      await at.store.interactions.begin(interaction);
      await at.store.interactions.signedIn(interaction.id, 1_050);
      assert.equal(await at.store.interactions.advance(interaction.id, 0, { email: "b@example.com" }), false);
      assert.deepEqual((await at.store.interactions.find(interaction.id))?.progress, {});
    });

    it("lets one of a hundred simultaneous finishes through", async () => {
      const interaction = anInteraction();
      await at.store.interactions.begin(interaction);
      const finished = await atOnce(100, () => at.store.interactions.finish(interaction.id));
      assert.equal(count(finished, true), 1);
    });
  });
}
