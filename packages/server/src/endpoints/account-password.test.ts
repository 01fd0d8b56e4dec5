import assert from "node:assert/strict";
import { describe, type TestContext } from "node:test";
import { password } from "../testing/a-server.ts";
import { AnAccountPage, textOf } from "../testing/an-account-page.ts";
import { aWorld, email, happened, nextPassword } from "../testing/an-account-world.ts";
import { spec } from "../testing/spec.ts";

describe("the password on the account page", () => {
  async function twoBrowsers(t: TestContext) {
    const world = await aWorld(t);
    const [page, other] = [await AnAccountPage.open(world.server), await AnAccountPage.open(world.server)];
    return { ...world, page, other };
  }

  for (const [given, sign_out, left] of [
    ["and signs every other browser out", "on", 1],
    ["and leaves the others where the person says so", "", 2],
  ] as const) {
    spec("I6-ACCOUNT-PASSWORD", `is changed ${given}`, async (t) => {
      const { server, ada, page } = await twoBrowsers(t);
      const done = await page.send("security/password", {
        ...{ action: "set", current: password, password: nextPassword },
        ...(sign_out && { sign_out }),
      });
      assert.match(textOf(done), /Your new password is set/);
      assert.equal((await server.store.sessions.listOf(ada.id)).length, left);
      assert.equal((await page.see("security")).status, 200);
      assert.match(server.mails.newestTo(email)?.subject ?? "", /Your password at Valetkey changed/);
      assert.equal(happened(server).at(-1), "account.password-set");
      const again = await page.send("security/password", {
        action: "set",
        current: password,
        password: nextPassword,
      });
      assert.match(textOf(again), /The current password is wrong/);
    });
  }

  spec("I6-ACCOUNT-PASSWORD", "has the box that signs the others out ticked", async (t) => {
    const { page } = await twoBrowsers(t);
    assert.match((await page.see("security/password")).body, /name="sign_out" value="on" checked/);
  });

  for (const [given, values, says] of [
    ["a wrong current one", { current: "wrong" }, /The current password is wrong/],
    ["none where one stands", { current: "" }, /The current password is wrong/],
    ["a short one", { password: "short" }, /must have at least 12 characters/],
    ["one that leaked", { password: "leaked horse battery" }, /collections of leaked passwords/],
  ] as const) {
    spec("I6-ACCOUNT-PASSWORD", `is not changed by ${given}`, async (t) => {
      const { server, ada } = await aWorld(t, { leaked: { "leaked horse battery": 3 } });
      const page = await AnAccountPage.open(server);
      const refused = await page.send("security/password", {
        ...{ action: "set", current: password, password: nextPassword, sign_out: "on" },
        ...values,
      });
      assert.equal(refused.status, 400);
      assert.match(textOf(refused), says);
      assert.equal((await server.store.accounts.find(ada.id))?.passwordHash, ada.passwordHash);
      assert.deepEqual(server.mails.sent, []);
    });
  }

  spec("I6-ACCOUNT-PASSWORD", "is guessed at no oftener here than at the sign-in page", async (t) => {
    const { server } = await aWorld(t, { limits: { sign_in: { limit: 3, window: 600 } } });
    const page = await AnAccountPage.open(server);
    const guess = { action: "set", current: "wrong", password: nextPassword };
    for (let count = 0; count < 3; count++) await page.send("security/password", guess);
    const { status } = await page.send("security/password", { ...guess, current: password });
    assert.deepEqual([status, server.audit.lastRefusal], [429, "request.rate"]);
  });

  spec("I6-ACCOUNT-PASSWORD", "is set by who has none, without asking for one", async (t) => {
    const { server, ada } = await aWorld(t);
    const page = await AnAccountPage.open(server);
    await server.store.accounts.setPassword(ada.id, null, "all");
    assert.doesNotMatch((await page.see("security/password")).body, /name="current"/);
    await page.send("security/password", { action: "set", password: nextPassword, sign_out: "on" });
    assert.ok((await server.store.accounts.find(ada.id))?.passwordHash);
  });

  spec("I6-ACCOUNT-PASSWORD", "is taken away where another way in is left", async (t) => {
    const { server, ada } = await aWorld(t);
    const page = await AnAccountPage.open(server);
    const removed = await page.send("security/password", { action: "remove" });
    assert.match(textOf(removed), /The password was removed\. .*You have no password\./);
    assert.equal((await server.store.accounts.find(ada.id))?.passwordHash, null);
    assert.match(server.mails.newestTo(email)?.subject ?? "", /password at Valetkey was removed/);
    const again = await page.send("security/password", { action: "remove" });
    assert.match(textOf(again), /Something changed meanwhile/);
  });
});
