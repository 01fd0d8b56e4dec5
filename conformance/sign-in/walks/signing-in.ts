import assert from "node:assert/strict";
import { password } from "../../../packages/server/src/testing/a-server.ts";
import { AnApp } from "../../../packages/server/src/testing/an-app.ts";
import { codeTo } from "../../../packages/server/src/testing/mailed.ts";
import { asked, email, signsIn, type Walk } from "./walk.ts";

const stranger = "new.person@example.com";

export const signingIn: Readonly<Record<string, Walk>> = {
  "signing in with a password, and with a mailed code": {
    async go(server, reader) {
      await reader.open(asked(server, await server.client()));
      await reader.sees("sign-in");
      await reader.send({ email, password: "wrong" });
      await reader.sees("sign-in-wrong", { status: 400 });
      await reader.press("button[value=email]");
      await reader.sees("mailed-code");
      await reader.send({ code: "0000 0000" });
      await reader.sees("mailed-code-wrong", { status: 400 });
      await reader.send({ code: codeTo(server, email) });
      assert.match(reader.page.url(), /\/consent\?/);
    },
  },
  "signing up, with a passkey in the place of a password": {
    async go(server, reader) {
      await reader.open(`${server.issuer}/account`);
      await reader.sees("sign-in-for-the-account");
      await reader.press("a[href*='way=sign-up']");
      await reader.sees("sign-up");
      await reader.send({ email: stranger, name: "New Person" });
      await reader.sees("sign-up-code");
      await reader.send({ code: codeTo(server, stranger) });
      await reader.sees("offered-passkey");
      await reader.press("button[value=no-passkey]");
      assert.equal(reader.page.url(), `${server.issuer}/account`);
      await reader.sees("account-without-apps");
    },
  },
  "setting up an authenticator app on the way, and using it": {
    async go(server, reader) {
      const url = asked(server, await server.client(), { acr_values: "aal2" });
      await signsIn(reader, url);
      await reader.sees("new-second-factor");
      await reader.press("button[value=new-one-time-password]");
      await reader.sees("authenticator-app");
      const key = await reader.page.locator("dd code").innerText();
      const app = new AnApp(key.replaceAll(" ", ""));
      await reader.send({ code: "000 000" });
      await reader.sees("authenticator-app-wrong", { status: 400 });
      await reader.send({ code: app.codeAt(server.clock.now()) });
      await reader.sees("recovery-codes");
      const code = await reader.page.locator(".recovery-codes code").first().innerText();
      await reader.press("button[value=kept-recovery-codes]");
      assert.match(reader.page.url(), /\/consent\?/);

      server.clock.advance(60);
      await reader.forgets();
      await signsIn(reader, url);
      await reader.sees("second-factor");
      await reader.send({ code: "000 000" });
      await reader.sees("second-factor-wrong", { status: 400 });
      await reader.opensDetails();
      await reader.sees("second-factor-recovery", { status: 400 });
      await reader.page.fill("#recovery-code", code);
      await reader.by(() => reader.page.press("#recovery-code", "Enter"));
      assert.match(reader.page.url(), /\/consent\?/);
    },
  },
  "a forgotten password": {
    async go(server, reader) {
      await reader.open(`${server.issuer}/account`);
      await reader.press("a[href*='/reset']");
      await reader.sees("reset");
      await reader.send({ email });
      await reader.sees("reset-sent");
      const link = linkTo(server.mails.newestTo(email)?.text);
      await reader.open(link);
      await reader.sees("reset-new-password");
      await reader.send({ password: `${password} anew` });
      await reader.sees("reset-done");
      await reader.open(link);
      await reader.sees("reset-link-spent", { status: 410 });
    },
  },
};

/** The first address in a mail. */
export function linkTo(text = ""): string {
  return /http:\/\/localhost\S+/.exec(text)?.[0] ?? assert.fail(text);
}
