import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { OAuthError } from "@valetkey/protocol/errors";
import { passwordStrength } from "./strength.ts";
import { estimator } from "./strength-estimate.ts";

const about = ["ada@example.com", "ada", "Ada Lovelace", "lovelace"];

describe("the estimate", () => {
  const estimate = estimator();

  for (const { password, score, because } of [
    { password: "password1234", score: 1, because: "common" },
    { password: "aaaaaaaaaaaaaaaa", score: 0, because: "repeated" },
    { password: "abcabcabcabcabc", score: 0, because: "repeated" },
    { password: "abcdefghijklmn", score: 0, because: "row" },
    { password: "76543210987654", score: 1, because: "row" },
    { password: "qwertzuiopü+#ä", score: 2, because: "row" },
    { password: "1987-05-13x", score: 2, because: "date" },
    { password: "wonderful day1", score: 3, because: "short" },
    { password: "lovelace-ada1", score: 2, because: "personal" },
    { password: "Ada Lovelace", score: 0, because: "personal" },
    { password: "correct horse battery staple", score: 4, because: null },
    { password: "ｐａｓｓｗｏｒｄ1234", score: 1, because: "common" },
  ]) {
    it(`gives "${password}" ${score}, because it is ${because ?? "good"}`, () => {
      assert.deepEqual(estimate(password, about), { score, because });
    });
  }

  it("does not know a name that it is not told", () => {
    assert.notEqual(estimate("lovelace-ada1", []).because, "personal");
  });

  it("reads a hundred characters and no more", () => {
    const long = `${"aaaaaaaaaa".repeat(10)}correct horse battery staple`;
    assert.ok(estimate(long, []).score < 2);
  });
});

describe("the judge of passwords", () => {
  const warnings: string[] = [];
  const strength = passwordStrength({ warn: (sentence) => warnings.push(sentence) });
  before(() => strength.estimate("the first one starts the thread", []));
  after(() => strength.close());

  it("leaves the event loop free while a hostile thousand characters are judged", async () => {
    const hostile = "4@8({[<6913!|105$+7%2p4$$w0rd1.1.1991".repeat(28).slice(0, 1_000);
    let longest = 0;
    let last = performance.now();
    const ticking = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    const begun = performance.now();
    await Promise.all([strength.estimate(hostile, about), strength.estimate(`x${hostile}`, about)]);
    clearInterval(ticking);
    const all = performance.now() - begun;
    assert.ok(longest < all / 2, `${longest} ms of ${all} ms in one piece`);
    assert.deepEqual(warnings, []);
  });

  it("answers each question with its own estimate", async () => {
    const [weak, strong] = await Promise.all([
      strength.estimate("aaaaaaaaaaaaaaaa", []),
      strength.estimate("correct horse battery staple", []),
    ]);
    assert.deepEqual(
      [weak, strong].map((one) => one !== "unknown" && one.score),
      [0, 4],
    );
  });
});

describe("a judge in trouble", () => {
  const program = (text: string) => new URL(`data:text/javascript,${encodeURIComponent(text)}`);
  const begun = (text: string, options = {}) => {
    const warnings: string[] = [];
    const warn = (sentence: string) => warnings.push(sentence);
    return { ...passwordStrength({ warn, program: program(text), ...options }), warnings };
  };

  for (const { given, text, warning } of [
    { given: "does not answer", text: "setInterval(() => {}, 1000)", warning: /more than 200 ms/ },
    { given: "throws", text: "throw new Error('broken')", warning: /broken/ },
    { given: "ends", text: "process.exit(0)", warning: /ended/ },
  ]) {
    it(`says so, and that nothing is known, when its thread ${given}`, async (t) => {
      const strength = begun(text, { patience: given === "does not answer" ? 200 : 20_000 });
      t.after(() => strength.close());
      assert.equal(await strength.estimate("a password", []), "unknown");
      assert.equal(strength.warnings.length, 1);
      assert.match(strength.warnings[0] ?? "", warning);
      assert.doesNotMatch(strength.warnings[0] ?? "", /a password/);
    });
  }

  it("begins a new thread for the next password", async (t) => {
    const counting = `
      import { parentPort } from "node:worker_threads";
      parentPort.on("message", ({ password }) => {
        if (password === "bad") throw new Error("broken");
        parentPort.postMessage({ score: 3, because: null });
      });`;
    const strength = begun(counting, { patience: 20_000 });
    t.after(() => strength.close());
    assert.equal(await strength.estimate("bad", []), "unknown");
    assert.deepEqual(await strength.estimate("good", []), { score: 3, because: null });
  });

  it("asks who comes when too many wait to come later", async (t) => {
    const strength = begun("setInterval(() => {}, 1000)", { patience: 300, waiting: 1 });
    t.after(() => strength.close());
    const waiting = [strength.estimate("a", []), strength.estimate("b", [])];
    await assert.rejects(strength.estimate("c", []), (thrown) => {
      assert.ok(thrown instanceof OAuthError);
      assert.equal(thrown.code, "temporarily_unavailable");
      return true;
    });
    assert.deepEqual(await Promise.all(waiting), ["unknown", "unknown"]);
  });

  it("lets its thread go when nobody asked for a while", async (t) => {
    const answering = `
      import { parentPort, threadId } from "node:worker_threads";
      parentPort.on("message", () => parentPort.postMessage({ score: 4, because: null, threadId }));`;
    const strength = begun(answering, { idle: 50, patience: 20_000 });
    t.after(() => strength.close());
    const threadOf = async () =>
      ((await strength.estimate("a", [])) as unknown as { threadId: number }).threadId;
    const first = await threadOf();
    assert.equal(await threadOf(), first);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.notEqual(await threadOf(), first);
  });
});
