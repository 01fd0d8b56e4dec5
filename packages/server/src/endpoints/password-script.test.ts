import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { createContext, Script } from "node:vm";
import { passwordScript } from "../pages/password-script.ts";
import { aServer } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";
import { passwordScriptOf } from "./password-script.ts";

interface Asked {
  readonly href: string;
  readonly body: Readonly<Record<string, unknown>>;
  answer(status: number, said: object): Promise<void>;
  fail(): Promise<void>;
}

/** The script on a page with one meter, as far as it touches one; time passes when `pause` says so. */
function aPage() {
  const heard = new Map<string, () => void>();
  const password = {
    value: "",
    addEventListener: (name: string, listener: () => void) => heard.set(name, listener),
  };
  const form = { elements: { password, email: { value: "ada@example.com" } } };
  const meter = { hidden: true, value: 0 };
  const told = { textContent: "" };
  const part = {
    hidden: true,
    dataset: { href: "/password-strength", formToken: "token" },
    closest: () => form,
    querySelector: (what: string) => (what === "meter" ? meter : told),
  };
  const asked: Asked[] = [];
  const timers = new Map<number, { run: () => void; after: number }>();
  let lastTimer = 0;
  const world = {
    document: { querySelectorAll: () => [part], documentElement: { lang: "de" } },
    setTimeout: (run: () => void, after: number) => timers.set(++lastTimer, { run, after }) && lastTimer,
    clearTimeout: (id: number) => timers.delete(id),
    fetch: (href: string, init: { body: string }) =>
      new Promise((resolve, reject) => {
        asked.push({
          href,
          body: JSON.parse(init.body),
          answer: async (status, said) => {
            resolve({ ok: status === 200, json: async () => said });
            await setImmediate();
          },
          fail: async () => {
            reject(new Error("no network"));
            await setImmediate();
          },
        });
      }),
  };
  new Script(passwordScript).runInContext(createContext(world));
  const type = (text: string) => {
    password.value = text;
    heard.get("input")?.();
  };
  const pause = () => {
    const due = [...timers.values()];
    timers.clear();
    for (const { run } of due) run();
    return due.map(({ after }) => after);
  };
  const shown = () => (meter.hidden ? undefined : { score: meter.value, message: told.textContent });
  return { part, told, asked, type, pause, shown };
}

describe("the script of the pages on which a new password is typed", () => {
  it("is served under the name of its content, kept for ever", async () => {
    const issuer = "https://example.com/auth";
    const server = await aServer({ issuer });
    const { href, source, body } = passwordScriptOf(issuer);
    assert.equal(source, "https://example.com/auth/passwords.js");
    const answer = await server.fetchHere(new URL(href, issuer));
    assert.equal(answer.headers.get("cache-control"), "public, max-age=31536000, immutable");
    assert.equal(answer.headers.get("content-type"), "text/javascript; charset=utf-8");
    assert.equal(await answer.text(), body);
    await server.close();
  });

  spec("I6-STRENGTH", "asks once after a pause of 400 ms, for what stands there then", async () => {
    const page = aPage();
    assert.equal(page.part.hidden, false);
    for (const text of ["a", "a long", "a long row"]) page.type(text);
    assert.deepEqual(page.pause(), [400]);
    const [asked, ...more] = page.asked;
    assert.deepEqual(more, []);
    assert.equal(asked?.href, "/password-strength");
    assert.deepEqual(asked?.body, {
      form_token: "token",
      password: "a long row",
      email: "ada@example.com",
      name: "",
      ui_locales: "de",
    });
    assert.equal(page.shown(), undefined);
    await asked?.answer(200, { score: 3, message: "Good." });
    assert.deepEqual(page.shown(), { score: 3, message: "Good." });
  });

  spec("I6-STRENGTH", "says nothing of a password that is no longer there", async () => {
    const page = aPage();
    page.type("first");
    page.pause();
    page.type("second");
    await page.asked[0]?.answer(200, { score: 4, message: "Old." });
    assert.equal(page.shown(), undefined);
    page.pause();
    await page.asked[1]?.answer(200, { score: 1, message: "New." });
    assert.deepEqual(page.shown(), { score: 1, message: "New." });
    page.type("");
    assert.equal(page.shown(), undefined);
    assert.equal(page.told.textContent, "");
    assert.deepEqual(page.pause(), []);
  });

  for (const { given, end } of [
    { given: "too many asked", end: (asked?: Asked) => asked?.answer(429, { score: 4, message: "Slow." }) },
    { given: "nobody could judge it", end: (asked?: Asked) => asked?.answer(200, {}) },
    { given: "nobody answers", end: (asked?: Asked) => asked?.fail() },
  ]) {
    it(`shows nothing, and takes nothing away, where ${given}`, async () => {
      const page = aPage();
      page.type("a long row");
      page.pause();
      await end(page.asked[0]);
      assert.equal(page.shown(), undefined);
    });
  }

  it("does nothing on a page without a new password", () => {
    const document = { querySelectorAll: () => [] };
    assert.equal(new Script(passwordScript).runInContext(createContext({ document })), undefined);
  });
});
