import assert from "node:assert/strict";
import { describe } from "node:test";
import type { Account } from "../records/account.ts";
import { aLookout, claimsOf, introspect } from "../testing/a-program.ts";
import { type AServer, aServer, mcp, password } from "../testing/a-server.ts";
import { ASignIn, type Told } from "../testing/a-sign-in.ts";
import { aScene, connected } from "../testing/elsewhere.ts";
import { addPasskeyTo, aRequest, setUpApp, tokensOf } from "../testing/factors.ts";
import { codeTo } from "../testing/mailed.ts";
import { spec } from "../testing/spec.ts";

const email = "ada@example.com";

/** A person who signs in, and what they have. */
interface Scene {
  readonly server: AServer;
  readonly person: Account;
  readonly signIn: ASignIn;
}

type Done = (scene: Scene) => Promise<Told>;

const byPassword: Done = ({ signIn }) => signIn.act("password", { email, password });

const byMail: Done = async ({ server, signIn }) => {
  await signIn.act("email", { email });
  return await signIn.act("email-code", { code: codeTo(server, email) });
};

const byPasskey: (authenticator: Awaited<ReturnType<typeof addPasskeyTo>>) => Done =
  (authenticator) =>
  async ({ signIn }) => {
    const { passkey_request = {} } = await signIn.state();
    return await signIn.act("passkey", { credential: authenticator.get(passkey_request) });
  };

/** Seconds between the first factor and the second. */
const pause = 45;

const rows: readonly {
  given: string;
  /** Sets up what the person has, and says what they then do, one factor after the other. */
  has?: (scene: Omit<Scene, "signIn">) => Promise<readonly Done[]>;
  does?: readonly Done[];
  asked?: Readonly<Record<string, string>>;
  amr: readonly string[];
  acr: "aal1" | "aal2";
}[] = [
  { given: "a password", does: [byPassword], amr: ["pwd"], acr: "aal1" },
  { given: "a mailed code", does: [byMail], amr: ["email"], acr: "aal1" },
  {
    given: "a password and a one-time password",
    has: async ({ server }) => [byPassword, await byApp(server)],
    amr: ["pwd", "otp", "mfa"],
    acr: "aal2",
  },
  {
    given: "a mailed code and a one-time password",
    has: async ({ server }) => [byMail, await byApp(server)],
    amr: ["email", "otp", "mfa"],
    acr: "aal2",
  },
  {
    given: "a password and a recovery code",
    has: async ({ server }) => {
      const { codes } = await setUpApp(server);
      return [byPassword, ({ signIn }) => signIn.act("recovery-code", { code: codes[0] })];
    },
    amr: ["pwd", "recovery", "mfa"],
    acr: "aal2",
  },
  {
    given: "a passkey that is on other devices too",
    has: async ({ server, person }) => [byPasskey(await addPasskeyTo(server, person, { isSynced: true }))],
    amr: ["swk", "user", "mfa"],
    acr: "aal2",
  },
  {
    given: "a passkey that is on this device alone",
    has: async ({ server, person }) => [byPasskey(await addPasskeyTo(server, person, { isSynced: false }))],
    amr: ["hwk", "user", "mfa"],
    acr: "aal2",
  },
  {
    given: "a password, and a passkey because two factors were asked for",
    asked: { acr_values: "aal2" },
    has: async ({ server, person }) => [
      byPassword,
      byPasskey(await addPasskeyTo(server, person, { isSynced: true })),
    ],
    amr: ["pwd", "swk", "user", "mfa"],
    acr: "aal2",
  },
  {
    given: "a password, by a person who has a passkey and did not use it",
    has: async ({ server, person }) => {
      await addPasskeyTo(server, person);
      return [byPassword];
    },
    amr: ["pwd"],
    acr: "aal1",
  },
];

async function byApp(server: AServer): Promise<Done> {
  const { app } = await setUpApp(server);
  return ({ signIn }) => signIn.act("one-time-password", { code: app.codeAt(server.clock.now()) });
}

describe("what tokens say of a sign-in", () => {
  for (const { given, has, does, asked, amr, acr } of rows) {
    spec(["I6-METHODS", "SU-01"], `is ${acr} and "${amr.join(" ")}" for ${given}`, async () => {
      const server = await aServer();
      const person = await server.person();
      const steps = does ?? (await has?.({ server, person })) ?? [];
      const request = await aRequest(server, asked);
      const signIn = await ASignIn.begin(server, request.url);
      const since = server.clock.now();
      const told: string[] = [];
      for (const step of steps) {
        told.push((await step({ server, person, signIn })).step);
        server.clock.advance(pause);
      }
      assert.deepEqual(told, steps.length > 1 ? ["second-factor", "consent"] : ["consent"]);
      await assertSaid(server, await tokensOf(server, request, signIn), { amr, acr, auth_time: since });
      await server.close();
    });
  }

  for (const { trustsMfa, says, amr, acr } of [
    { trustsMfa: false, says: ["pwd"], amr: ["fed", "pwd"], acr: "aal1" },
    { trustsMfa: false, says: ["pwd", "mfa"], amr: ["fed", "pwd"], acr: "aal1" },
    { trustsMfa: true, says: ["pwd", "mfa"], amr: ["fed", "pwd", "mfa"], acr: "aal2" },
    { trustsMfa: true, says: ["pwd"], amr: ["fed", "pwd"], acr: "aal1" },
  ] as const) {
    const trust = trustsMfa ? "is trusted with two factors" : "is not trusted with two factors";
    spec(
      ["I6-METHODS", "SU-01"],
      `is ${acr} for an upstream that ${trust} and says "${says.join(" ")}"`,
      async () => {
        await using scene = await aScene({ trustsMfa });
        const { server, browser, work } = scene;
        const person = await server.person();
        await server.store.identities.add({ ...connected, accountId: person.id });
        const request = await aRequest(server);
        const left = await scene.leave(await browser.open(request.url));
        const visit = await browser.open(work.approve(left, { sub: "ada-there", amr: [...says] }).href);
        const since = server.clock.now();
        server.clock.advance(pause);
        const signIn = await ASignIn.begin(server, visit.url, browser);
        await assertSaid(server, await tokensOf(server, request, signIn), { amr, acr, auth_time: since });
      },
    );
  }

  spec(
    ["I6-METHODS", "SU-01"],
    "is two factors after a step-up, and no newer than the first of them",
    async () => {
      const server = await aServer();
      await server.person();
      const weak = await aRequest(server);
      const signIn = await ASignIn.begin(server, weak.url);
      await signIn.act("password", { email, password });
      const since = server.clock.now();
      const before = await tokensOf(server, weak, signIn);
      await assertSaid(server, before, { amr: ["pwd"], acr: "aal1", auth_time: since });
      server.clock.advance(500);
      const { app } = await setUpApp(server);
      const strong = await aRequest(server, { acr_values: "aal2" });
      const stepUp = await ASignIn.begin(server, strong.url, signIn.browser);
      const told = await stepUp.act("one-time-password", { code: app.codeAt(server.clock.now()) });
      assert.equal(told.step, "consent");
      const expected = { amr: ["pwd", "otp", "mfa"], acr: "aal2", auth_time: since } as const;
      await assertSaid(server, await tokensOf(server, strong, stepUp), expected);
      // What was earned before is no stronger for it.
      await assertSaid(server, before, { amr: ["pwd"], acr: "aal1", auth_time: since });
      await server.close();
    },
  );
});

interface Said {
  readonly amr: readonly string[];
  readonly acr: string;
  readonly auth_time: number;
}

/** The ID token tells the client all of it; resources are told the strength and the time. */
async function assertSaid(
  server: AServer,
  { id_token, access_token }: { readonly id_token: string; readonly access_token: string },
  { amr, acr, auth_time }: Said,
): Promise<void> {
  const identity = claimsOf(id_token);
  assert.deepEqual(
    { amr: identity.amr, acr: identity.acr, auth_time: identity.auth_time },
    { amr, acr, auth_time },
  );
  const access = claimsOf(access_token);
  assert.deepEqual({ acr: access.acr, auth_time: access.auth_time }, { acr, auth_time });
  const { body } = await introspect(server, await aLookout(server, mcp), access_token);
  assert.deepEqual(
    { active: body.active, acr: body.acr, auth_time: body.auth_time },
    { active: true, acr, auth_time },
  );
}
