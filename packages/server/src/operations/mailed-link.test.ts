import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { MailedProofStore } from "../ports/store.ts";
import { readMailedLink } from "./mailed-link.ts";

describe("a mailed link", () => {
  for (const link of ["", "vku_", "vku_nothing", `vku_${"a".repeat(49)}`, "vks_x", "x".repeat(100_000)]) {
    it(`is refused without a read when it is ${JSON.stringify(link.slice(0, 20))}`, async () => {
      let reads = 0;
      const mailedProofs = { findByLink: async () => void reads++ } as unknown as MailedProofStore;
      assert.equal(await readMailedLink({ mailedProofs }, "reset-password", link, 1), undefined);
      assert.equal(reads, 0);
    });
  }
});
