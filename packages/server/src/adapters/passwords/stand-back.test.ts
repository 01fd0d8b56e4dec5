import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { getPriority, platform } from "node:os";
import { describe, it } from "node:test";
import { argon2Passwords } from "./argon2.ts";
import { standBack } from "./stand-back.ts";

const passwords = argon2Passwords({ cost: { memory: 64, passes: 1, parallelism: 1 } });

describe("the threads that hash", () => {
  it("stand back behind the main thread once they have hashed, where the system lets them", async () => {
    await passwords.hash("a");
    if (platform() !== "linux") {
      assert.equal(standBack(), 0);
      return;
    }
    const threads = readdirSync("/proc/self/task").map((id) => getPriority(Number(id)));
    const main = getPriority();
    const stood = standBack();
    assert.ok(stood >= 4, "the pool has four threads");
    // 19 is the last there is.
    assert.equal(threads.filter((nice) => nice > main).length, main === 19 ? 0 : stood);
  });
});
