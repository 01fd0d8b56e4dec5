import assert from "node:assert/strict";
import { describe } from "node:test";
import { issuer } from "../testing/a-server.ts";
import { AnAccountPage, textOf } from "../testing/an-account-page.ts";
import { aPasskey, aWorld, email, happened } from "../testing/an-account-world.ts";
import { AnAuthenticator } from "../testing/an-authenticator.ts";
import { spec } from "../testing/spec.ts";

describe("passkeys on the account page", () => {
  spec("I6-ACCOUNT-PASSKEYS", "are added, named and removed, each with a mail", async (t) => {
    const { server, ada } = await aWorld(t);
    const page = await AnAccountPage.open(server);
    const authenticator = new AnAuthenticator({ origin: issuer });
    const { values } = await aNewPasskey(page, authenticator);
    const added = await page.send("security/passkey", { ...values, name: "Blue key" });
    assert.match(textOf(added), /The passkey was added\. .*Blue key/);
    const [passkey] = await server.store.passkeys.listOf(ada.id);
    assert.match(server.mails.newestTo(email)?.text ?? "", /signs in .*: Blue key\./);
    const id = passkey?.id ?? "";
    const renamed = await page.send("security/passkey", { action: "rename", id, name: "Red key" });
    assert.match(textOf(renamed), /The name was saved\. .*Red key/);
    const removed = await page.send("security/passkey", { action: "remove", id });
    assert.match(textOf(removed), /The passkey was removed\./);
    assert.match(server.mails.newestTo(email)?.text ?? "", /: Red key\./);
    assert.deepEqual(await server.store.passkeys.listOf(ada.id), []);
    assert.deepEqual(happened(server).slice(-3), ["passkey.added", "passkey.renamed", "passkey.removed"]);
  });

  for (const [given, change] of [
    ["a challenge that was answered before", "again"],
    ["the page of another browser", "other browser"],
    ["an interaction of another page", "other page"],
    ["nothing that a browser made", "nothing"],
  ] as const) {
    spec("I6-ACCOUNT-PASSKEYS", `are not added by ${given}`, async (t) => {
      const { server, ada } = await aWorld(t);
      const page = await AnAccountPage.open(server);
      const { values } = await aNewPasskey(page, new AnAuthenticator({ origin: issuer }));
      const sender = change === "other browser" ? await AnAccountPage.open(server) : page;
      if (change === "again") {
        await page.send("security/passkey", values);
        for (const { id } of await server.store.passkeys.listOf(ada.id))
          await server.store.passkeys.remove(id, ada.id);
      }
      if (change === "nothing") values.credential = "{}";
      if (change === "other page") {
        const { url } = await page.browser.open("/account/sign-in?to=account");
        values.interaction = new URL(url).searchParams.get("interaction") ?? "";
      }
      const refused = await sender.send("security/passkey", values);
      assert.match(textOf(refused), /This passkey was not accepted/);
      assert.deepEqual(await server.store.passkeys.listOf(ada.id), []);
    });
  }

  spec("I6-ACCOUNT-FORMS", "of another person are shown to nobody, and not told from none", async (t) => {
    const { server, ada } = await aWorld(t);
    await server.store.passkeys.add(aPasskey(ada.id, "pk-ada", "Hers alone"));
    const bob = await AnAccountPage.open(server, { email: "bob@example.com" });
    const [theirs, none] = [
      await bob.see("security/passkey?id=pk-ada"),
      await bob.see("security/passkey?id=gone"),
    ];
    assert.equal(textOf(theirs), textOf(none));
    assert.deepEqual([theirs.url, theirs.body.includes("Hers alone")], [none.url, false]);
  });
});

async function aNewPasskey(page: AnAccountPage, authenticator: AnAuthenticator) {
  const { body, headers } = await page.see("security/passkey");
  assert.match(
    headers.get("content-security-policy") ?? "",
    /script-src https:\/\/auth\.example\.com\/passkeys\.js/,
  );
  const options = JSON.parse(
    (/data-options="([^"]*)"/.exec(body)?.[1] ?? "").replaceAll("&quot;", '"').replaceAll("&amp;", "&"),
  );
  const interaction = /name="interaction" value="([^"]*)"/.exec(body)?.[1] ?? "";
  const credential = JSON.stringify(authenticator.create(options));
  return { values: { interaction, credential, name: "Key" } as Record<string, string> };
}
