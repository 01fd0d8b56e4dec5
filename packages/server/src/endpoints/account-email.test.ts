import assert from "node:assert/strict";
import { describe, type TestContext } from "node:test";
import { AnAccountPage, textOf } from "../testing/an-account-page.ts";
import { aWorld, email, happened } from "../testing/an-account-world.ts";
import { codeTo } from "../testing/mailed.ts";
import { spec } from "../testing/spec.ts";

describe("the address on the account page", () => {
  const fresh = "ada@new.example";

  async function asked(t: TestContext) {
    const world = await aWorld(t);
    const page = await AnAccountPage.open(world.server);
    const waits = await page.send("security/email", { action: "mail", email: ` ${fresh.toUpperCase()} ` });
    assert.match(textOf(waits), /A code is on its way to ada@new\.example/);
    const interaction = new URL(waits.url).searchParams.get("interaction") ?? "";
    const code = codeTo(world.server, fresh);
    return { ...world, page, interaction, code };
  }

  spec(
    "I6-ACCOUNT-EMAIL",
    "changes when the code of the new one is typed, and the old one is told",
    async (t) => {
      const { server, ada, page, interaction, code } = await asked(t);
      assert.equal((await server.store.accounts.find(ada.id))?.email, email);
      const done = await page.send("security/email", { action: "confirm", interaction, code });
      assert.match(textOf(done), /Your address was changed/);
      const account = await server.store.accounts.find(ada.id);
      assert.deepEqual([account?.email, account?.emailVerified], [fresh, true]);
      assert.match(server.mails.newestTo(email)?.text ?? "", /another address now: ada@new\.example/);
      assert.equal(happened(server).at(-1), "account.email-changed");
    },
  );

  for (const given of [
    "a wrong code",
    "another browser",
    "a spent code",
    "an address changed meanwhile",
  ] as const) {
    spec("I6-ACCOUNT-EMAIL", `stays with ${given}`, async (t) => {
      const { server, ada, page, interaction, code } = await asked(t);
      let sender = page;
      let typed = code;
      if (given === "a wrong code") typed = code === "00000000" ? "11111111" : "00000000";
      if (given === "another browser") sender = await AnAccountPage.open(server);
      if (given === "an address changed meanwhile")
        await server.store.accounts.setEmail(ada.id, "third@example.com", email);
      if (given === "a spent code") {
        await page.send("security/email", { action: "confirm", interaction, code });
        await server.store.accounts.setEmail(ada.id, email, fresh);
      }
      await sender.send("security/email", { action: "confirm", interaction, code: typed });
      assert.notEqual((await server.store.accounts.find(ada.id))?.email, fresh);
    });
  }

  spec(
    "I6-ACCOUNT-EMAIL",
    "is not another account's, of which nobody learns who does not read its mail",
    async (t) => {
      const { server, ada } = await aWorld(t);
      const page = await AnAccountPage.open(server);
      const waits = await page.send("security/email", { action: "mail", email: "bob@example.com" });
      assert.match(textOf(waits), /A code is on its way to bob@example\.com/);
      const interaction = new URL(waits.url).searchParams.get("interaction") ?? "";
      const code = codeTo(server, "bob@example.com");
      const taken = await page.send("security/email", { action: "confirm", interaction, code });
      assert.match(textOf(taken), /belongs to another account/);
      assert.equal((await server.store.accounts.find(ada.id))?.email, email);
    },
  );

  spec("I6-ACCOUNT-EMAIL", "fills the code of the mail's link in, and changes nothing by it", async (t) => {
    const { server, ada, page, interaction, code } = await asked(t);
    const link = /https:\/\/\S+/.exec(server.mails.newestTo(fresh)?.text ?? "")?.[0] ?? "";
    const visit = await page.browser.open(link);
    assert.ok(visit.body.includes(`value="${code}"`));
    assert.ok(link.includes(interaction));
    assert.equal((await server.store.accounts.find(ada.id))?.email, email);
  });

  spec("I6-ACCOUNT-EMAIL", "is confirmed by a mail that the person asks for", async (t) => {
    const { server } = await aWorld(t);
    await server.person({ id: "acc_eve", email: "eve@example.com", emailVerified: false });
    const page = await AnAccountPage.open(server, { email: "eve@example.com" });
    assert.match(textOf(await page.see("security")), /You have not confirmed it yet/);
    const mailed = await page.send("security", { action: "verify-email" });
    assert.match(textOf(mailed), /An email with a link is on its way/);
    assert.match(server.mails.newestTo("eve@example.com")?.text ?? "", /\/verify-email\?link=/);
  });
});
