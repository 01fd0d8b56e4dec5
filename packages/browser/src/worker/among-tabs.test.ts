import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Answer, Question } from "../messages.ts";
import { keyOf } from "../options.ts";
import { amongTabs } from "./among-tabs.ts";
import type { Held } from "./held.ts";

const client = {
  issuer: "https://issuer.example",
  clientId: "app",
  redirectUri: "https://app.example/",
  scope: "",
};
const key = keyOf(client);

/** A tab's own worker. What it tells pages is counted. */
function aWorker(name: string) {
  const holding = new Map<string, Held>();
  const said = { told: 0 };
  const perform = async ({ id }: Question): Promise<Answer> => ({
    id,
    value: holding.has(key) ? name : undefined,
  });
  const tabs = amongTabs(perform, holding, () => said.told++);
  return {
    said,
    holds: () => holding.has(key),
    signIn() {
      holding.set(key, {} as Held);
      tabs.changed(key);
    },
    signOut() {
      holding.delete(key);
      tabs.changed(key);
    },
    async asks(): Promise<unknown> {
      const question: Question = { id: crypto.randomUUID(), client, duty: "session", given: undefined };
      return (await tabs.answer(question)).value;
    },
  };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe("workers of a tab each", () => {
  const { BroadcastChannel } = globalThis;
  const open: BroadcastChannel[] = [];
  // A worker's channel ends with its tab; here it would keep the process.
  before(() => {
    globalThis.BroadcastChannel = class extends BroadcastChannel {
      constructor(name: string) {
        super(name);
        open.push(this);
      }
    };
  });
  after(() => {
    for (const channel of open) channel.close();
    globalThis.BroadcastChannel = BroadcastChannel;
  });

  for (const { state, leave } of [
    { state: "signed out", leave: true },
    { state: "is signed in", leave: false },
  ]) {
    it(`of whom one signs in after one that ${state}: that one says so once more, and answers no longer`, async () => {
      const [first, second, third] = [aWorker("first"), aWorker("second"), aWorker("third")];
      first.signIn();
      assert.equal(await third.asks(), "first");
      if (leave) first.signOut();
      assert.equal(await third.asks(), leave ? undefined : "first");
      const told = first.said.told;

      second.signIn();
      // Who asked in between may have had the old answer: pages must hear of it after the last such answer.
      await until(() => first.said.told > told);
      assert.equal(first.holds(), false);
      for (const asking of [first, second, third]) assert.equal(await asking.asks(), "second");
      assert.equal(first.said.told, told + 1);
    });
  }
});
