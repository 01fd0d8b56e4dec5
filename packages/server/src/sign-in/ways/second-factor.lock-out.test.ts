import assert from "node:assert/strict";
import { describe, type TestContext } from "node:test";
import { ABrowser } from "../../testing/a-browser.ts";
import { type AServer, aServer, password } from "../../testing/a-server.ts";
import { ASignIn } from "../../testing/a-sign-in.ts";
import { setUpApp } from "../../testing/factors.ts";
import { from } from "../../testing/from-address.ts";
import { linkTo } from "../../testing/mailed.ts";
import { spec } from "../../testing/spec.ts";
import { hashSecret } from "../../tokens/secret.ts";

const email = "ada@example.com";
const fresh = "a new correct horse";
const home = "203.0.113.9";
const away = "192.0.2.77";
const known = "__Host-valetkey-known";
const session = "__Host-valetkey-session";
const limits = {
  second_factor: { limit: 4, window: 600 },
  second_factor_day: { limit: 6, window: 86_400 },
};

/** Ada has an app, and is signed in at home with two factors; the browser that she did it in is given. */
async function aWorld(t: TestContext) {
  const server = await aServer({ limits });
  t.after(() => server.close());
  await server.person();
  const before = new ABrowser(server);
  await (await ASignIn.begin(server, "/account", before)).act("password", { email, password });
  const { app, codes } = await setUpApp(server);
  const browser = new ABrowser(server);
  const signIn = await ASignIn.begin(server, "/account", browser);
  await signIn.act("password", { email, password });
  const told = await signIn.act("one-time-password", { code: app.codeAt(server.clock.now()) });
  assert.equal(told.step, "done");
  server.clock.advance(60);
  return { server, app, codes, browser, before };
}

type World = Awaited<ReturnType<typeof aWorld>>;

/** Past the password, from an address, in a new browser that may bring a cookie. */
async function atSecondFactor(server: AServer, address: string, cookie?: string, typed = password) {
  const browser = new ABrowser(from(server, address));
  if (cookie !== undefined) browser.cookies.set(known, cookie);
  const signIn = await ASignIn.begin(server, "/account", browser);
  assert.equal((await signIn.act("password", { email, password: typed })).step, "second-factor");
  return signIn;
}

/** How many guesses are judged until none is any more that day, each from an address of its own. */
async function guesses(server: AServer, next: (n: number) => Promise<ASignIn>): Promise<number> {
  let judged = 0;
  for (let n = 0; n < 10; n++) {
    const { status } = await (await next(n)).act("one-time-password", { code: "000000" });
    if (status === 400) judged++;
    else server.clock.advance(700);
  }
  return judged;
}

/** A stranger who has the password uses up the day. */
async function attack(server: AServer): Promise<void> {
  const judged = await guesses(server, (n) => atSecondFactor(server, `198.51.100.${n}`));
  assert.equal(judged, limits.second_factor_day.limit);
}

const cookieOf = ({ browser }: Pick<World, "browser">) => browser.cookies.get(known) ?? assert.fail();
const typesCode = async (signIn: ASignIn, { app, server }: World) =>
  await signIn.act("one-time-password", { code: app.codeAt(server.clock.now()) });

const cases: readonly {
  given: string;
  isIn: boolean;
  tries: (world: World) => Promise<{ readonly status: number; readonly step: string }>;
}[] = [
  {
    given: "in a browser where they showed two factors, wherever it goes",
    isIn: true,
    tries: async (world) => await typesCode(await atSecondFactor(world.server, away, cookieOf(world)), world),
  },
  {
    given: "in a new browser, in the network where they are signed in with two factors",
    isIn: true,
    tries: async (world) => await typesCode(await atSecondFactor(world.server, home), world),
  },
  {
    given: "with a recovery code, wherever they are",
    isIn: true,
    tries: async ({ server, codes }) =>
      await (await atSecondFactor(server, away)).act("recovery-code", { code: codes[0] }),
  },
  {
    given:
      "with a recovery code in a browser where they showed two factors, behind the address of who guesses at those",
    isIn: true,
    tries: async (world) => {
      const { server, codes } = world;
      const guess = { code: "aaaa-aaaa-aaaa-aaaa" };
      for (let n = 0; n < 4; n++)
        assert.equal((await (await atSecondFactor(server, away)).act("recovery-code", guess)).status, 400);
      const right = { code: codes[0] };
      assert.equal((await (await atSecondFactor(server, away)).act("recovery-code", right)).status, 429);
      return await (await atSecondFactor(server, away, cookieOf(world))).act("recovery-code", right);
    },
  },
  {
    given: "with a new password, set by mail in a browser where they showed two factors",
    isIn: true,
    tries: async (world) => {
      const { server } = world;
      const browser = new ABrowser(from(server, away));
      browser.cookies.set(known, cookieOf(world));
      await browser.submit(await browser.open("/reset"), { email });
      const done = await browser.submit(await browser.open(linkTo(server, email)), { password: fresh });
      assert.equal(done.status, 200);
      const cookie = browser.cookies.get(known);
      return await typesCode(await atSecondFactor(server, away, cookie, fresh), world);
    },
  },
  {
    given: "anywhere else, with the code of the app",
    isIn: false,
    tries: async (world) => await typesCode(await atSecondFactor(world.server, away), world),
  },
  {
    given: "in a browser that was let in with the password alone, before there was an app",
    isIn: false,
    tries: async (world) =>
      await typesCode(await atSecondFactor(world.server, away, cookieOf({ browser: world.before })), world),
  },
  {
    given: "with a new password, set by mail in a new browser",
    isIn: false,
    tries: async (world) => {
      const { server } = world;
      const browser = new ABrowser(from(server, away));
      await browser.submit(await browser.open("/reset"), { email });
      await browser.submit(await browser.open(linkTo(server, email)), { password: fresh });
      const cookie = browser.cookies.get(known);
      return await typesCode(await atSecondFactor(server, away, cookie, fresh), world);
    },
  },
  {
    given: "in the network where their session is over",
    isIn: false,
    tries: async (world) => {
      world.server.clock.advance(world.server.settings.lifetimes.session);
      return await typesCode(await atSecondFactor(world.server, home), world);
    },
  },
  {
    given: "in the network where they are signed in with a password alone",
    isIn: false,
    tries: async (world) => {
      const { store } = world.server;
      const { id = "" } = (await store.accounts.findByEmail(email)) ?? {};
      const weak = hashSecret(world.before.cookies.get(session) ?? "");
      assert.ok(await store.sessions.find(weak));
      await store.sessions.endOthers(id, weak);
      return await typesCode(await atSecondFactor(world.server, home), world);
    },
  },
];

describe("a person whose password is known to somebody who uses up the guesses at their second factor", () => {
  for (const { given, isIn, tries } of cases) {
    spec("I6-NO-LOCK-OUT", `${isIn ? "signs in" : "waits"} ${given}`, async (t) => {
      const world = await aWorld(t);
      await attack(world.server);
      const { status, step } = await tries(world);
      assert.deepEqual([status, step], isIn ? [200, "done"] : [429, undefined]);
    });
  }

  spec("OTP-03", "is safe: no day has more than three times the limit, however many know them", async (t) => {
    const world = await aWorld(t);
    const { server } = world;
    await attack(server);
    const cookies = [cookieOf(world)];
    for (let n = 0; n < 3; n++) {
      const signIn = await atSecondFactor(server, away, cookies[0]);
      assert.equal((await typesCode(signIn, world)).step, "done");
      assert.ok(signIn.browser.cookies.has(session));
      cookies.push(cookieOf(signIn));
      server.clock.advance(60);
    }
    const fromKnown = (n: number) => atSecondFactor(server, `192.0.2.${n}`, cookies[n % cookies.length]);
    assert.equal(await guesses(server, fromKnown), limits.second_factor_day.limit);
    assert.equal(await guesses(server, () => atSecondFactor(server, home)), limits.second_factor_day.limit);
  });
});
