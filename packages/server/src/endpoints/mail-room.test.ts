import { deepEqual, equal } from "node:assert/strict";
import { describe, type TestContext } from "node:test";
import { ABrowser } from "../testing/a-browser.ts";
import { type AServer, aServer, issuer, password } from "../testing/a-server.ts";
import { ASignIn } from "../testing/a-sign-in.ts";
import { spec } from "../testing/spec.ts";

const email = "ada@example.com";
const account = `${issuer}/account`;

/** A person who signed in once in a browser, and whom a stranger asks for codes for until no more go out. */
async function underAttack(t: TestContext) {
  const limits = { mail: { limit: 3, window: 3600 }, mail_address: { limit: 3, window: 3600 } };
  const server = await aServer({ limits });
  t.after(() => server.close());
  await server.person();
  const own = new ABrowser(server);
  await (await ASignIn.begin(server, account, own)).act("password", { email, password });
  own.cookies.delete("__Host-valetkey-session");
  const asked = [];
  for (let n = 0; n < 4; n++) asked.push(await ask(server));
  deepEqual(asked, [200, 200, 200, 429]);
  return { server, own };
}

async function ask(server: AServer, browser = new ABrowser(server)): Promise<number> {
  return (await (await ASignIn.begin(server, account, browser)).act("email", { email })).status;
}

describe("codes by mail that strangers ask for", () => {
  spec("I6-NO-LOCK-OUT", "keep nobody from theirs in a browser that the account knows", async (t) => {
    const { server, own } = await underAttack(t);
    equal(await ask(server, own), 200);
    equal(server.mails.sent.filter(({ to }) => to === email).length, 4);
  });

  spec("I6-NO-LOCK-OUT", "are not more where the browser knows another account", async (t) => {
    const { server } = await underAttack(t);
    await server.person({ email: "eve@example.com" });
    const eves = new ABrowser(server);
    await (await ASignIn.begin(server, account, eves)).act("password", {
      email: "eve@example.com",
      password,
    });
    eves.cookies.delete("__Host-valetkey-session");
    equal(await ask(server, eves), 429);
  });

  spec("I6-NO-LOCK-OUT", "are few in a browser that the account knows too", async (t) => {
    const { server, own } = await underAttack(t);
    const asked = [];
    for (let n = 0; n < 4; n++) asked.push(await ask(server, own));
    deepEqual(asked, [200, 200, 200, 429]);
  });
});
