import assert from "node:assert/strict";
import { describe } from "node:test";
import { ABrowser } from "../testing/a-browser.ts";
import { type AServer, aServer, issuer, password, usualSettings } from "../testing/a-server.ts";
import { ASignIn } from "../testing/a-sign-in.ts";
import { aScene, connected, signInElsewhere } from "../testing/elsewhere.ts";
import { addPasskeyTo, aRequest } from "../testing/factors.ts";
import { codeTo } from "../testing/mailed.ts";
import { spec } from "../testing/spec.ts";

const usual = usualSettings(issuer).signIn;
const required = { signIn: { ...usual, secondFactor: "required", signUp: "open" } } as const;
const ada = { email: "ada@example.com", password };

const firstFactors: readonly {
  given: string;
  does: (server: AServer, signIn: ASignIn) => Promise<string>;
}[] = [
  { given: "a password", does: async (_, signIn) => (await signIn.act("password", ada)).step },
  {
    given: "a mailed code",
    does: async (server, signIn) => {
      await signIn.act("email", { email: ada.email });
      return (await signIn.act("email-code", { code: codeTo(server, ada.email) })).step;
    },
  },
  {
    given: "a sign-up",
    does: async (server, signIn) => {
      await signIn.act("sign-up", { email: "new@example.com", name: "New", password });
      return (await signIn.act("sign-up-code", { code: codeTo(server, "new@example.com") })).step;
    },
  },
  {
    given: "a sign-up without a password",
    does: async (server, signIn) => {
      await signIn.act("sign-up", { email: "new@example.com", name: "New" });
      return (await signIn.act("sign-up-code", { code: codeTo(server, "new@example.com") })).step;
    },
  },
];

/** Everything that ends a sign-in or goes past a step, sent out of turn. */
const skips = [
  ["kept-recovery-codes", {}],
  ["no-passkey", {}],
  ["other-second-factor", {}],
  ["confirm-one-time-password", { code: "000000" }],
  ["one-time-password", { code: "000000" }],
  ["recovery-code", { code: "AAAA-AAAA" }],
  ["passkey", { credential: {} }],
  ["password", ada],
  ["email-code", { code: "00000000" }],
  ["sign-up-code", { code: "00000000" }],
] as const;

describe("a second factor that everybody must have", () => {
  for (const { given, does } of firstFactors) {
    for (const place of ["a page of ours", "a client"]) {
      spec("I6-NEW-FACTOR", `comes after ${given} for ${place}, and no action goes past it`, async () => {
        const server = await aServer({ settings: required });
        await server.person();
        const url = place === "a client" ? (await aRequest(server)).url : `${issuer}/account`;
        const signIn = await ASignIn.begin(server, url);
        assert.equal(await does(server, signIn), "new-second-factor");
        for (const [action, members] of skips) {
          const told = await signIn.act(action, members);
          assert.deepEqual([told.fault, told.step], ["page.stale", "new-second-factor"], action);
        }
        await assertOutside(server, signIn);
        await server.close();
      });
    }
  }

  spec("I6-NEW-FACTOR", "comes after signing in elsewhere", async () => {
    await using scene = await aScene({}, { settings: required });
    const { server } = scene;
    const person = await server.person();
    await server.store.identities.add({ ...connected, accountId: person.id });
    const visit = await signInElsewhere(scene);
    assert.match(visit.body, /Set up a second step/);
    assert.deepEqual(await server.store.sessions.listOf(person.id), []);
  });

  spec(
    "I6-NEW-FACTOR",
    "is asked for, not set up anew, of who has one, and a passkey is enough",
    async () => {
      const server = await aServer({ settings: required });
      const authenticator = await addPasskeyTo(server, await server.person());
      const withPassword = await ASignIn.begin(server, `${issuer}/account`);
      const told = await withPassword.act("password", ada);
      assert.deepEqual([told.step, told.actions], ["second-factor", ["passkey"]]);
      for (const action of ["new-passkey", "new-one-time-password"])
        assert.equal((await withPassword.act(action)).fault, "page.stale");
      const withPasskey = await ASignIn.begin(server, `${issuer}/account`);
      const { passkey_request = {} } = await withPasskey.state();
      const done = await withPasskey.act("passkey", { credential: authenticator.get(passkey_request) });
      assert.equal(done.step, "done");
      await server.close();
    },
  );

  spec(
    "I6-NEW-FACTOR",
    "is not spared by another tab: each asks for it until one has set it up",
    async () => {
      const server = await aServer({ settings: required });
      await server.person();
      const browser = new ABrowser(server);
      const first = await ASignIn.begin(server, `${issuer}/account`, browser);
      await first.act("password", ada);
      for (const url of [`${issuer}/account`, (await aRequest(server)).url]) {
        const tab = await ASignIn.begin(server, url, browser);
        assert.equal((await tab.state()).step, "sign-in");
        assert.equal((await tab.act("password", ada)).step, "new-second-factor");
      }
      for (const path of ["/account", "/account/security", `/consent?interaction=${first.id}`]) {
        const { body } = await browser.open(path);
        assert.doesNotMatch(body, /Connected apps|name="decision"/, path);
      }
      await assertOutside(server, first);
      // Before the codes are put away nobody is in, and the codes cannot be had by starting again.
      const { one_time_password } = await first.act("new-one-time-password");
      assert.ok(one_time_password);
      assert.equal((await first.act("kept-recovery-codes")).fault, "page.stale");
      assert.equal((await first.act("restart")).step, "sign-in");
      await assertOutside(server, first);
      await server.close();
    },
  );
});

/** Nobody is signed in, and neither is a decision taken. */
async function assertOutside(server: AServer, signIn: ASignIn): Promise<void> {
  const told = await signIn.act("consent", { decision: "allow", scope: ["tools:use"] });
  assert.notEqual(told.step, "done");
  assert.equal(signIn.browser.cookies.has("__Host-valetkey-session"), false);
  for (const { id } of await server.store.accounts.list())
    assert.deepEqual(await server.store.sessions.listOf(id), []);
}
