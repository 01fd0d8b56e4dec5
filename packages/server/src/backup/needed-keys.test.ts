import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { aOneTimePassword } from "../adapters/contract/people-records.ts";
import { aCode, aSigningKey, earnedBy } from "../adapters/contract/records.ts";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import { neededKeys } from "./needed-keys.ts";

describe("the keys that a database needs", () => {
  it("are those of its lineages, of people's one-time passwords and of its signing keys, each once", async (t) => {
    const store = await sqliteStore(":memory:");
    t.after(() => store.close());
    const code = aCode();
    await store.codes.save(code);
    await store.codes.redeem(code.codeHash, earnedBy(code, { keyId: "of-lineages" }), 1_010);
    for (const keyId of ["of-passwords", "of-passwords", "of-lineages"])
      await store.oneTimePasswords.add(aOneTimePassword({ keyId }));
    await store.signingKeys.add(aSigningKey({ sealedBy: "of-signing" }), 0);
    assert.deepEqual(await neededKeys(store, 1_020), ["of-lineages", "of-passwords", "of-signing"]);
  });
});
