import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ABrowser } from "../testing/a-browser.ts";
import { password } from "../testing/a-server.ts";
import { ASignIn } from "../testing/a-sign-in.ts";
import { ada, aScene, connected, type Scene } from "../testing/elsewhere.ts";
import { addPasskeyTo } from "../testing/factors.ts";
import { codeTo } from "../testing/mailed.ts";
import { spec } from "../testing/spec.ts";

const email = "ada@example.com";
const limits = {
  sign_in_address: { limit: 2, window: 300 },
  sign_in: { limit: 3, window: 86_400, longest: 900 },
  mail: { limit: 4, window: 3_600 },
};

async function aWorld() {
  const scene = await aScene({}, { limits });
  const account = await scene.server.person();
  const authenticator = await addPasskeyTo(scene.server, account);
  await scene.server.store.identities.add({ ...connected, accountId: account.id });
  return { ...scene, authenticator };
}

type World = Awaited<ReturnType<typeof aWorld>>;

/** Somebody at the same address uses up what it may try with passwords. */
async function passwordsUsedUp({ server }: Scene): Promise<void> {
  for (let n = 0; n < 3; n++) {
    const eve = await ASignIn.begin(server, "/account");
    const { status } = await eve.act("password", { email: `a${n}@example.com`, password: "wrong" });
    assert.equal(status, n < 2 ? 400 : 429);
  }
}

/** Out to the upstream in a browser of its own: the browser, and the honest way back. */
async function leave({ server, work }: Scene) {
  const browser = new ABrowser(server);
  const left = await browser.submit(await browser.open("/account"), { action: "upstream", upstream: "work" });
  return { browser, back: work.approve(left.url, ada) };
}

/** Somebody at the same address brings answers that no upstream gave. */
async function forge(scene: Scene, browsers: number): Promise<void> {
  for (let n = 0; n < browsers; n++) {
    const { browser, back } = await leave(scene);
    back.searchParams.set("code", "forged");
    await browser.open(back.href);
  }
}

const ways: Readonly<Record<string, (world: World) => Promise<string>>> = {
  "a passkey": async ({ server, authenticator }) => {
    const signIn = await ASignIn.begin(server, "/account");
    const { passkey_request = {} } = await signIn.state();
    return (await signIn.act("passkey", { credential: authenticator.get(passkey_request) })).step;
  },
  "an account elsewhere": async (world) => {
    const { browser, back } = await leave(world);
    return new URL((await browser.open(back.href)).url).pathname === "/account" ? "done" : "sign-in";
  },
  "a mailed code": async ({ server }) => {
    const signIn = await ASignIn.begin(server, "/account");
    await signIn.act("email", { email });
    return (await signIn.act("email-code", { code: codeTo(server, email) })).step;
  },
};

describe("a person behind the same address as somebody who guesses", () => {
  for (const [given, signsIn] of Object.entries(ways)) {
    spec("I6-NO-LOCK-OUT", `signs in by ${given}, with which nothing is guessed`, async () => {
      await using world = await aWorld();
      await passwordsUsedUp(world);
      assert.equal(await signsIn(world), "done");
    });
  }

  spec("I6-NO-LOCK-OUT", "comes back from elsewhere, whatever others bring from there", async () => {
    await using world = await aWorld();
    await forge(world, 6);
    assert.equal(await ways["an account elsewhere"]?.(world), "done");
  });

  it("waits with a password in a browser that the account does not know", async () => {
    await using world = await aWorld();
    await passwordsUsedUp(world);
    const signIn = await ASignIn.begin(world.server, "/account");
    assert.equal((await signIn.act("password", { email, password })).status, 429);
  });
});
