import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { aServer, usualSettings } from "../testing/a-server.ts";
import { ASignIn } from "../testing/a-sign-in.ts";

const limits = {
  sign_up: { limit: 3, window: 3600 },
  mail_address: { limit: 5, window: 3600 },
};

async function statusesOf(count: number, act: string, members: (n: number) => Record<string, string>) {
  const signIn = { ...usualSettings("https://auth.example.com").signIn, signUp: "open" as const };
  await using stack = new AsyncDisposableStack();
  const server = await aServer({ limits, settings: { signIn } });
  stack.defer(() => server.close());
  const statuses = [];
  for (let n = 0; n < count; n++) {
    const person = await ASignIn.begin(server, "/account");
    statuses.push((await person.act(act, members(n))).status);
  }
  return { statuses, mails: server.mails.sent.length };
}

describe("a flood from one network address", () => {
  it("of accounts that are asked for ends at its limit, whatever the mailboxes", async () => {
    const { statuses, mails } = await statusesOf(5, "sign-up", (n) => ({
      email: `a${n}@example.com`,
      name: "Ada",
      password: "a long enough password",
    }));
    assert.deepEqual([statuses, mails], [[200, 200, 200, 429, 429], 3]);
  });

  it("of mails ends at its limit, whatever the mailboxes", async () => {
    const { statuses } = await statusesOf(7, "email", (n) => ({ email: `a${n}@example.com` }));
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429, 429]);
  });
});
