import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AnAccountPage, textOf } from "../testing/an-account-page.ts";
import { aPasskey, aWorld, email, hers } from "../testing/an-account-world.ts";
import { AnApp } from "../testing/an-app.ts";
import { aScene } from "../testing/elsewhere.ts";
import { spec } from "../testing/spec.ts";

describe("the second step on the account page", () => {
  async function anApp(page: AnAccountPage) {
    const { body } = await page.see("security/app");
    const secret = /<code dir="ltr">([^<]*)</.exec(body)?.[1]?.replaceAll(" ", "") ?? "";
    const new_secret = /name="new_secret" value="([^"]*)"/.exec(body)?.[1] ?? "";
    return { app: new AnApp(secret), new_secret };
  }

  spec(
    "I6-ACCOUNT-SECOND-FACTOR",
    "is an app from its first code on, with codes that are shown once",
    async (t) => {
      const { server, ada } = await aWorld(t);
      const page = await AnAccountPage.open(server);
      const { app, new_secret } = await anApp(page);
      const wrong = await page.send("security/app", { new_secret, code: "000000" });
      assert.deepEqual([wrong.status, await server.store.oneTimePasswords.find(ada.id)], [400, undefined]);
      const code = app.codeAt(server.clock.now());
      const codes = await page.send("security/app", { new_secret, code });
      assert.match(textOf(codes), /Keep your recovery codes/);
      assert.equal(await server.store.recoveryCodes.left(ada.id), 10);
      assert.match(server.mails.newestTo(email)?.subject ?? "", /has a second factor/);
      const shown = codes.body.match(/<li><code>([^<]*)/g) ?? [];
      assert.equal(shown.length, 10);
      const kept = await page.browser.submit(codes, { action: "kept-codes" });
      assert.match(textOf(kept), /Set up less than a minute ago\..*10 codes are left/);
      assert.doesNotMatch(kept.body, /<li><code>/);
      const again = await page.send("security/app", { new_secret, code });
      assert.match(textOf(again), /Something changed meanwhile/);
      assert.equal(await server.store.recoveryCodes.left(ada.id), 10);
    },
  );

  spec("I6-ACCOUNT-SECOND-FACTOR", "is none that another account's page gave out", async (t) => {
    const { server, ada } = await aWorld(t);
    const [page, bob] = [
      await AnAccountPage.open(server),
      await AnAccountPage.open(server, { email: "bob@example.com" }),
    ];
    const { app, new_secret } = await anApp(bob);
    const code = app.codeAt(server.clock.now());
    const refused = await page.send("security/app", { new_secret, code });
    assert.match(textOf(refused), /Something changed meanwhile/);
    assert.equal(await server.store.oneTimePasswords.find(ada.id), undefined);
  });

  it("is asked for again later where the page came from a node with another key", async (t) => {
    const { server, ada } = await aWorld(t);
    const page = await AnAccountPage.open(server);
    const { app, new_secret } = await anApp(page);
    const other = new_secret.replace(/^[^.]+/, "00000000");
    const later = await page.send("security/app", {
      new_secret: other,
      code: app.codeAt(server.clock.now()),
    });
    assert.deepEqual([later.status, server.audit.lastRefusal], [503, "token.ring-key-unknown"]);
    assert.match(textOf(later), /Wait 5 seconds and try again\./);
    assert.equal(await server.store.oneTimePasswords.find(ada.id), undefined);
  });

  spec("I6-ACCOUNT-SECOND-FACTOR", "goes with its codes; new ones replace the old", async (t) => {
    const { server, ada } = await aWorld(t);
    const page = await AnAccountPage.open(server);
    const { app, new_secret } = await anApp(page);
    await page.send("security/app", { new_secret, code: app.codeAt(server.clock.now()) });
    const again = await page.send("security", { action: "new-codes" });
    assert.match(textOf(again), /Keep your recovery codes/);
    assert.match(server.mails.newestTo(email)?.subject ?? "", /New recovery codes/);
    const removed = await page.send("security", { action: "remove-app" });
    assert.match(textOf(removed), /The authenticator app was removed/);
    assert.equal(await server.store.recoveryCodes.left(ada.id), 0);
    assert.match(server.mails.newestTo(email)?.subject ?? "", /has no second factor any more/);
    const none = await page.send("security", { action: "new-codes" });
    assert.match(textOf(none), /Something changed meanwhile/);
    assert.equal(await server.store.recoveryCodes.left(ada.id), 0);
  });
});

describe("recovery codes on the account page", () => {
  spec(
    "I6-ACCOUNT-SECOND-FACTOR",
    "are counted where some were made, and otherwise offered without a word of what is left",
    async (t) => {
      const { server, ada } = await aWorld(t);
      const page = await AnAccountPage.open(server);
      const said = async () =>
        /<section[^>]*aria-labelledby="codes"[\s\S]*?<\/section>/.exec(
          (await page.see("security")).body,
        )?.[0];
      assert.equal(await said(), undefined);

      await server.store.passkeys.add(aPasskey(ada.id, "pk-ada"));
      const offered = (await said()) ?? "";
      assert.match(offered, /value="new-codes"/);
      assert.doesNotMatch(offered, /<p>/);

      await page.send("security", { action: "new-codes" });
      assert.match((await said()) ?? "", /<p>10 codes are left\.[\s\S]*<p>The ones that you have/);

      const secret = { accountId: ada.id, sealedSecret: "", keyId: "", lastStep: 0, createdAt: 0 };
      await server.store.oneTimePasswords.add(secret);
      await server.store.recoveryCodes.replace(ada.id, []);
      assert.match((await said()) ?? "", /<p>There are none left\.<\/p>/);

      await server.store.oneTimePasswords.remove(ada.id, false);
      server.clock.advance(601);
      assert.equal(await said(), undefined, "nothing to say, and nothing that may be changed now");
    },
  );
});

describe("accounts elsewhere on the account page", () => {
  spec("I6-ACCOUNT-MAILS", "are connected with a mail, and the page says so", async () => {
    await using scene = await aScene();
    const { server } = scene;
    const account = await server.person({ email });
    const page = await AnAccountPage.open(server);
    const offered = await page.see("security");
    assert.match(offered.body, /action="\/upstream\/work\/connect"/);
    assert.doesNotMatch(offered.headers.get("content-security-policy") ?? "", /form-action/);
    const body = new URLSearchParams({ form_token: await page.token() });
    const left = await page.post("../upstream/work/connect", body);
    const back = scene.work.approve(left.url, { sub: "ada-there", email, email_verified: true });
    const done = await page.browser.open(back.href);
    assert.match(textOf(done), /is connected\./);
    assert.equal((await server.store.identities.listOf(account.id)).length, 1);
    assert.match(server.mails.newestTo(email)?.subject ?? "", /is connected with yours/);
  });

  spec("I6-ACCOUNT-LAST-WAY", "are disconnected with a mail, while another way in is left", async (t) => {
    const { server, ada } = await aWorld(t);
    const page = await AnAccountPage.open(server);
    await server.store.identities.add({ ...hers, accountId: ada.id });
    const done = await page.send("security", {
      action: "disconnect",
      upstream: "work",
      subject: "ada-there",
    });
    assert.match(textOf(done), /The account was disconnected/);
    assert.deepEqual(await server.store.identities.listOf(ada.id), []);
    assert.match(server.mails.newestTo(email)?.text ?? "", /: work\./);
  });
});
