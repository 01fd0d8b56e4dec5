import assert from "node:assert/strict";
import { describe, type TestContext } from "node:test";
import { sqliteStore } from "../adapters/sqlite/store.ts";
import type { Store } from "../ports/store.ts";
import { ABrowser, type Visit } from "../testing/a-browser.ts";
import { type AServer, aServer, password, usualSettings } from "../testing/a-server.ts";
import { told } from "../testing/mailed.ts";
import { spec } from "../testing/spec.ts";

const addresses = { here: "ada@example.com", off: "off@example.com", nobody: "nobody@example.com" };

/** A store that notes what is done to it: the work behind an answer, whatever the clock says. */
function watched(store: Store): { store: Store; verbs: string[] } {
  const verbs: string[] = [];
  const rooms = Object.entries(store).map(([room, value]) => {
    if (typeof value !== "object" || value === null) return [room, value];
    const noting = new Proxy(value, {
      get(target, verb) {
        const found = Reflect.get(target, verb);
        if (typeof found !== "function") return found;
        return (...given: unknown[]) => {
          verbs.push(`${room}.${String(verb)}`);
          return Reflect.apply(found, target, given);
        };
      },
    });
    return [room, noting];
  });
  return { store: Object.fromEntries(rooms) as unknown as Store, verbs };
}

async function opened(t: TestContext) {
  const { store, verbs } = watched(await sqliteStore(":memory:"));
  const signIn = { ...usualSettings("https://auth.example.com").signIn, signUp: "open" } as const;
  const server = await aServer({ store, settings: { signIn } });
  t.after(() => server.close());
  await server.person({ email: addresses.here });
  await server.person({ email: addresses.off, disabledAt: server.clock.now() });
  return { server, verbs };
}

interface Way {
  readonly where: string;
  /** What the address is typed for. */
  ask(browser: ABrowser, typed: string): Promise<Visit>;
  /** What they do then. */
  goOn(browser: ABrowser, page: Visit): Promise<readonly Visit[]>;
}

async function signUp(browser: ABrowser, values: Record<string, string>): Promise<Visit> {
  const { url } = await browser.open("/account");
  return await browser.submit(await browser.open(`${url}&way=sign-up`), { name: "New", ...values });
}

const nothing = async () => [];

const ways: readonly Way[] = [
  {
    where: "a wrong password",
    ask: async (browser, email) =>
      await browser.submit(await browser.open("/account"), { email, password: "wrong" }),
    goOn: nothing,
  },
  {
    where: "a code by mail",
    ask: async (browser, email) =>
      await browser.submit(await browser.open("/account"), { email, action: "email" }),
    goOn: async (browser, page) => {
      const wrong = await browser.submit(page, { code: "00000000" });
      const again = await browser.submit(page, { action: "email", code: "" });
      return [wrong, again, await browser.submit(again, { action: "restart", code: "" })];
    },
  },
  {
    where: "a sign-up",
    ask: async (browser, email) => await signUp(browser, { email, password }),
    goOn: async (browser, page) => {
      const wrong = await browser.submit(page, { code: "00000000" });
      const again = await browser.submit(page, { action: "sign-up", code: "" });
      return [wrong, again, await browser.submit(again, { action: "restart", code: "" })];
    },
  },
  {
    where: "a sign-up with a password that is refused",
    ask: async (browser, email) => await signUp(browser, { email, password: "short" }),
    goOn: nothing,
  },
  {
    where: "a forgotten password",
    ask: async (browser, email) => await browser.submit(await browser.open("/reset"), { email }),
    goOn: nothing,
  },
];

describe("an address that a stranger types", () => {
  for (const { where, ask, goOn } of ways) {
    spec(
      "I6-ENUMERATION",
      `is answered alike, by the same work, with and without an account: ${where}`,
      async (t) => {
        const { server, verbs } = await opened(t);
        const seen = [];
        for (const typed of Object.values(addresses)) {
          verbs.length = 0;
          const browser = new ABrowser(server);
          const page = await ask(browser, typed);
          const visits = [page, ...(await goOn(browser, page))];
          seen.push({ visits: visits.map((visit) => told(visit, typed)), work: [...verbs] });
        }
        for (const one of seen) assert.deepEqual(one, seen[0]);
        assert.ok(seen[0]?.work.length);
      },
    );

    spec("I6-ENUMERATION", `is answered alike at the limit of mails too: ${where}`, async (t) => {
      const few = { limit: 2, window: 3_600 };
      const signIn = { ...usualSettings("https://auth.example.com").signIn, signUp: "open" } as const;
      const server = await aServer({ settings: { signIn }, limits: { mail: few } });
      t.after(() => server.close());
      await server.person({ email: addresses.here });
      const seen = [];
      for (const typed of [addresses.here, addresses.nobody]) {
        const statuses = [];
        for (let n = 0; n < 4; n++) statuses.push((await ask(new ABrowser(server), typed)).status);
        seen.push(statuses);
      }
      assert.deepEqual(seen[0], seen[1]);
    });
  }

  spec("I6-ENUMERATION", "is told nothing by the interaction API that the pages do not tell", async (t) => {
    const { server } = await opened(t);
    const seen = [];
    for (const typed of Object.values(addresses)) seen.push(await byApi(server, typed));
    for (const one of seen) assert.deepEqual(one, seen[0]);
  });
});

async function byApi(server: AServer, typed: string): Promise<unknown> {
  const browser = new ABrowser(server);
  const { url } = await browser.open("/account");
  const interaction = new URL(url).searchParams.get("interaction") ?? "";
  let answer = JSON.parse((await browser.open(`/interaction/v1?interaction=${interaction}`)).body);
  const seen = [];
  for (const [action, values] of [
    ["password", { email: typed, password: "wrong" }],
    ["email", { email: typed }],
    ["email-code", { code: "00000000" }],
    ["restart", {}],
    ["sign-up", { email: typed, name: "New", password }],
    ["sign-up-code", { code: "00000000" }],
    ["sign-up", {}],
  ] as const) {
    const visit = await browser.open("/interaction/v1", {
      method: "POST",
      headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
      body: JSON.stringify({ interaction, form_token: answer.form_token, action, ...values }),
    });
    answer = JSON.parse(visit.body);
    const { interaction: _, form_token, passkey_request, ...rest } = answer;
    seen.push([visit.status, JSON.parse(JSON.stringify(rest).replaceAll(typed, "TYPED"))]);
  }
  return seen;
}
