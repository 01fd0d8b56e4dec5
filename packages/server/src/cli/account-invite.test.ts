import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openStore } from "../adapters/open-store.ts";
import { readInvitation } from "../operations/invitation.ts";
import { spec } from "../testing/spec.ts";
import { aConfigured } from "./testing/a-configured.ts";
import { aFolder } from "./testing/a-process.ts";
import { factsOf, inProcess } from "./testing/in-process.ts";

const now = 1_800_000_000;
const email = "grace@example.com";

describe("valetkey account invite", () => {
  for (const signUp of ["invitation", "open"]) {
    spec("I6-INVITATION", `prints the link, once, where sign-up is ${signUp}`, async () => {
      const { folder, issuer } = await aConfigured(`\nsign_in:\n  sign_up: ${signUp}\n`);
      const args = ["account", "invite", "Grace@Example.com", "--name", "Grace", "--role", "administrator"];
      const facts = await factsOf(folder, args, { now });
      assert.deepEqual(
        { ...facts, link: "" },
        { email, roles: ["administrator"], link: "", expires_at: "2027-01-22T08:00:00Z" },
      );
      assert.ok(facts.link.startsWith(`${issuer}/invitation?link=vku_`), facts.link);
      const store = await openStore(`${folder}/valetkey-data/valetkey.sqlite`);
      const secret = new URL(facts.link).searchParams.get("link") ?? "";
      const invited = await readInvitation(store, secret, now);
      assert.deepEqual({ ...invited, id: "" }, { id: "", email, name: "Grace", roles: ["administrator"] });
      const [event] = await store.journal.events(1);
      await store.close();
      assert.equal(event?.what, "account.invited");
      assert.ok(!JSON.stringify(event).includes(secret));
      const said = await inProcess(folder, args, { now });
      assert.match(
        said.stdout,
        /^http:\S+\/invitation\?link=\S+\nThe link makes the account of grace@example\.com, once, until /,
      );
    });
  }

  it("is refused, with what to change, where nobody could use the link", async () => {
    const { folder } = await aConfigured();
    const closed = await inProcess(folder, ["account", "invite", email]);
    assert.equal(closed.status, 2);
    assert.match(
      closed.stderr,
      /sign_in\.sign_up is closed.*set it to invitation or open.*valetkey account add/,
    );
    const open = await aConfigured("\nsign_in:\n  sign_up: invitation\n");
    for (const [args, says] of [
      [["grace"], /EMAIL grace: is no email address/],
      [[email, "--role", "nobody"], /--role nobody: there is no such role/],
      [[email, "--name", " "], /--name: is empty/],
    ] as const) {
      const { status, stderr } = await inProcess(open.folder, ["account", "invite", ...args]);
      assert.equal(status, 2, stderr);
      assert.match(stderr, says);
    }
    await inProcess(open.folder, ["account", "add", email, "--generate-password"]);
    const taken = await inProcess(open.folder, ["account", "invite", email]);
    assert.equal(taken.status, 2);
    assert.match(taken.stderr, /EMAIL grace@example\.com: has an account already/);
  });

  it("is refused where there is no server", async () => {
    const { status, stderr } = await inProcess(await aFolder(), ["account", "invite", email]);
    assert.equal(status, 2);
    assert.match(stderr, /There is neither/);
    assert.doesNotMatch(stderr, /sign_up/);
  });
});
