import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { emailVerification } from "../operations/verify-email.ts";
import type { Account } from "../records/account.ts";
import { ABrowser, type Visit } from "../testing/a-browser.ts";
import { type AServer, aServer } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

async function opened(t: TestContext) {
  const server = await aServer();
  t.after(() => server.close());
  const ada = await server.person({ emailVerified: false });
  const { link, lifetime } = await linkFor(server, ada);
  const isVerified = async () => (await server.store.accounts.find(ada.id))?.emailVerified;
  return { server, ada, link, lifetime, isVerified };
}

function linkFor({ store, issuer, clock }: AServer, account: Account) {
  return emailVerification(store, issuer, account, clock.now());
}

const heading = ({ body }: Visit) => /<h1>([^<]*)</.exec(body)?.[1];

describe("an address that is to be confirmed", () => {
  spec("I6-VERIFY-EMAIL", "is confirmed by the mailed link, in any browser, once", async (t) => {
    const { server, link, lifetime, isVerified } = await opened(t);
    assert.equal(lifetime, 86_400);
    assert.match(link, /^https:\/\/auth\.example\.com\/verify-email\?link=vku_[\w-]{40,}$/);
    const browser = new ABrowser(server);
    const page = await browser.open(link);
    assert.deepEqual([page.status, heading(page)], [200, "Confirm your address"]);
    const done = await browser.submit(page, {});
    assert.deepEqual([done.status, heading(done)], [200, "Your address is confirmed"]);
    assert.equal(await isVerified(), true);
    assert.deepEqual([...browser.cookies.keys()], ["__Host-valetkey-browser"]);
    for (const visit of [await browser.submit(page, {}), await browser.open(link)])
      assert.deepEqual([visit.status, heading(visit)], [410, "This link no longer works"]);
    assert.ok(!server.audit.text.includes(link.slice(-40)));
  });

  spec("I6-VERIFY-EMAIL", "is not confirmed by who opens the link", async (t) => {
    const { server, link, isVerified } = await opened(t);
    for (let n = 0; n < 3; n++) assert.equal((await new ABrowser(server).open(link)).status, 200);
    assert.equal(await isVerified(), false);
  });

  for (const { given, spoil } of [
    { given: "after a day", spoil: async (server: AServer) => server.clock.advance(86_400) },
    {
      given: "when a newer link was mailed",
      spoil: async (server: AServer, ada: Account) => void (await linkFor(server, ada)),
    },
    {
      given: "when the account is off",
      spoil: async (server: AServer, { id }: Account) =>
        void (await server.store.accounts.setDisabled(id, 1)),
    },
    {
      given: "when the account is gone",
      spoil: async (server: AServer, { id }: Account) => void (await server.store.accounts.remove(id, 1)),
    },
  ]) {
    spec("I6-VERIFY-EMAIL", `is not confirmed ${given}`, async (t) => {
      const { server, ada, link, isVerified } = await opened(t);
      const browser = new ABrowser(server);
      const page = await browser.open(link);
      await spoil(server, ada);
      assert.equal((await browser.submit(page, {})).status, 410);
      assert.equal((await browser.open(link)).status, 410);
      assert.notEqual(await isVerified(), true);
    });
  }

  it("is not confirmed by a link to the address that the account had before", async (t) => {
    const { server, ada } = await opened(t);
    const bob = await server.person({ email: "bob@example.com", emailVerified: false });
    // As if a mail to the old address had been written at the moment of the change.
    const { link } = await linkFor(server, { ...bob, email: "old@example.com" });
    assert.equal((await new ABrowser(server).open(link)).status, 410);
    assert.equal((await server.store.accounts.find(ada.id))?.emailVerified, false);
  });

  it("takes no form of another browser", async (t) => {
    const { server, link, isVerified } = await opened(t);
    const page = await new ABrowser(server).open(link);
    const other = new ABrowser(server);
    await other.open("/account");
    assert.equal((await other.submit(page, {})).status, 400);
    assert.equal(server.audit.lastRefusal, "request.form-token");
    assert.equal(await isVerified(), false);
  });
});
