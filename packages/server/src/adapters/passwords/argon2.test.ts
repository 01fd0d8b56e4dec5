import assert from "node:assert/strict";
import { argon2Sync } from "node:crypto";
import { describe, it } from "node:test";
import { OAuthError } from "@valetkey/protocol/errors";
import { argon2Passwords } from "./argon2.ts";
import { parsePhc } from "./phc.ts";

const quick = { memory: 64, passes: 1, parallelism: 1 };

describe("passwords", () => {
  const passwords = argon2Passwords({ cost: quick });

  it("are hashed with argon2id at 19 MiB, two passes, one lane, unless told otherwise", async () => {
    const hash = await argon2Passwords().hash("correct horse");
    assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    assert.equal(await argon2Passwords().verify("correct horse", hash), true);
  });

  it("are the argon2id of RFC 9106 over the salt in the string", async () => {
    const parsed = parsePhc(await passwords.hash("a"));
    assert.ok(parsed);
    const { salt, hash } = parsed;
    const expected = argon2Sync("argon2id", { message: "a", nonce: salt, tagLength: 32, ...quick });
    assert.deepEqual(Buffer.from(hash), expected);
  });

  it("verify a hash that another library made", async () => {
    // The vector of the reference implementation, phc-winner-argon2 test.c: version 0x13, t=2, m=2^16, p=1.
    const foreign = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assert.equal(await passwords.verify("password", foreign), true);
    assert.equal(await passwords.verify("passwore", foreign), false);
  });

  it("never hash alike twice", async () => {
    assert.notEqual(await passwords.hash("a"), await passwords.hash("a"));
  });

  for (const { given, password, typed, right } of [
    { given: "the same text", password: "secret", typed: "secret", right: true },
    { given: "another case", password: "secret", typed: "Secret", right: false },
    { given: "a space behind", password: "secret", typed: "secret ", right: false },
    { given: "a composed letter typed decomposed", password: "caf\u00e9", typed: "cafe\u0301", right: true },
    { given: "a full-width letter", password: "\uff41bc", typed: "abc", right: true },
    { given: "text after a zero byte", password: "a\0b", typed: "a\0c", right: false },
    { given: "1024 bytes", password: "x".repeat(1024), typed: "x".repeat(1024), right: true },
    { given: "1025 bytes", password: "x".repeat(1024), typed: "x".repeat(1025), right: false },
    { given: "nothing", password: "secret", typed: "", right: false },
  ]) {
    it(`${right ? "accept" : "refuse"} ${given}`, async () => {
      assert.equal(await passwords.verify(typed, await passwords.hash(password)), right);
    });
  }

  for (const password of ["x".repeat(1025), "\u00e9".repeat(513), "\ufdfa".repeat(300)]) {
    it(`longer than 1024 bytes are refused before they are hashed (${Buffer.byteLength(password)})`, async () => {
      const costly = argon2Passwords({ cost: { memory: 1_000_000, passes: 50, parallelism: 1 } });
      await assert.rejects(costly.hash(password), /at most 1024 bytes/);
      assert.equal(await costly.verify(password, null), false);
    });
  }

  it("never verify without a hash", async () => {
    assert.equal(await passwords.verify("", null), false);
    assert.equal(await passwords.verify("secret", null), false);
  });

  it("cost the same work with and without a hash", async () => {
    const usual = argon2Passwords({ atOnce: 1 });
    const hash = await usual.hash("secret");
    const took = async (given: string | null) => {
      const started = process.cpuUsage();
      for (let n = 0; n < 3; n++) await usual.verify("wrong", given);
      const { user, system } = process.cpuUsage(started);
      return user + system;
    };
    const [without, withHash] = [await took(null), await took(hash)];
    assert.ok(
      without > withHash / 2 && without < withHash * 2,
      `${without} against ${withHash} microseconds`,
    );
  });

  for (const hash of [
    "",
    "secret",
    "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8",
    "$2b$10$x",
  ]) {
    it(`fail loudly on a stored hash that is none of ours: ${JSON.stringify(hash)}`, async () => {
      await assert.rejects(passwords.verify("secret", hash), /not argon2id/);
    });
  }
});

describe("many passwords at once", () => {
  it("turn away whoever waited longer than a person would, before any work is done for them", async () => {
    const slow = { memory: 19_456, passes: 8, parallelism: 1 };
    const passwords = argon2Passwords({ cost: slow, atOnce: 1, waiting: 1000, patience: 1 });
    const all = await Promise.allSettled(Array.from({ length: 300 }, () => passwords.verify("a", null)));
    assert.equal(all.filter(({ status }) => status === "fulfilled").length, 1);
    assert.equal(await passwords.verify("a", null), false, "and there is room again");
  });

  it("turn away whoever finds the queue full, and serve all others", async () => {
    const passwords = argon2Passwords({ cost: quick, atOnce: 1, waiting: 3 });
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => passwords.verify("a", null)));
    assert.equal(all.filter(({ status }) => status === "fulfilled").length, 4);
    for (const outcome of all) {
      if (outcome.status === "fulfilled") continue;
      assert.ok(outcome.reason instanceof OAuthError);
      assert.equal(outcome.reason.code, "temporarily_unavailable");
      assert.equal(outcome.reason.refusal, "server.busy");
      assert.ok((outcome.reason.retryAfter ?? 0) > 0);
    }
    assert.equal(await passwords.verify("a", null), false, "and there is room again");
  });

  it("leave half of the places to others where one network sends too many", async () => {
    const passwords = argon2Passwords({ cost: quick, atOnce: 1, waiting: 4 });
    const flood = Array.from({ length: 6 }, (_, n) => passwords.verify("a", null, `2001:db8::${n}`));
    const others = ["192.0.2.1", "192.0.2.2", undefined].map((from) => passwords.verify("a", null, from));
    const settled = await Promise.allSettled(flood);
    assert.equal(settled.filter(({ status }) => status === "fulfilled").length, 2);
    assert.deepEqual(await Promise.all(others), [false, false, false]);
    assert.equal(await passwords.verify("a", null, "2001:db8::1"), false, "and there is room again");
  });
});
