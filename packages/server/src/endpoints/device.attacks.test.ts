import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ABrowser, formOf, type Visit } from "../testing/a-browser.ts";
import {
  aDeviceClient,
  atApproval,
  atDevicePage,
  aWaitingDevice,
  decide,
  poll,
} from "../testing/a-device.ts";
import { type AServer, aServer, password } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const email = "ada@example.com";

describe("attacks on the page for a device", () => {
  const limits = { user_code: { limit: 4, window: 600 }, user_code_all: { limit: 7, window: 600 } };
  const wrong = ["BBBB-BBBB", "nonsense", "BBBB-BBBC", ""];

  for (const { given, addresses, people } of [
    { given: "one person", addresses: ["198.51.100.1", "198.51.100.2"], people: [email] },
    { given: "one address", addresses: ["198.51.100.1"], people: [email, "bob@example.com"] },
  ]) {
    spec(["DEV-01", "XD-02"], `guessing: ${given} has few tries, and then no code is right`, async (t) => {
      const server = await aServer({ limits });
      t.after(() => server.close());
      const codes = await aWaitingDevice(server, await aDeviceClient(server));
      for (const [index, one] of people.entries()) await server.person({ id: `acc_${index}`, email: one });
      const answers: number[] = [];
      for (const [index, guess] of [...wrong, codes.user_code].entries()) {
        const address = addresses[index % addresses.length] ?? "";
        const visit = await guessFrom(server, address, people[index % people.length] ?? "", guess);
        answers.push(visit.status);
      }
      assert.deepEqual(answers, [400, 400, 400, 400, 429]);
      server.clock.advance(640);
      const later = await guessFrom(server, addresses[0] ?? "", people[0] ?? "", wrong[0] ?? "");
      assert.equal(later.status, 400);
    });
  }

  spec(
    ["DEV-01", "XD-02"],
    "guessing: all people together have a bound, however many they are",
    async (t) => {
      const server = await aServer({ limits });
      t.after(() => server.close());
      const codes = await aWaitingDevice(server, await aDeviceClient(server));
      const answers: number[] = [];
      for (let index = 0; index < 8; index++) {
        const one = `person${index}@example.com`;
        await server.person({ id: `acc_${index}`, email: one });
        const guess = index === 7 ? codes.user_code : "BBBB-BBBB";
        answers.push((await guessFrom(server, `198.51.100.${index}`, one, guess)).status);
      }
      assert.deepEqual(answers, [400, 400, 400, 400, 400, 400, 400, 429]);
    },
  );

  spec(["DEV-01", "XD-02"], "guessing side by side brings no more tries, and no right code", async (t) => {
    const server = await aServer({ limits: { user_code: { limit: 4, window: 600 } } });
    t.after(() => server.close());
    const codes = await aWaitingDevice(server, await aDeviceClient(server));
    const { browser, visit } = await atDevicePage(server);
    const guesses = [...Array<string>(60).fill("BBBB-BBBB"), codes.user_code];
    const answers = await Promise.all(guesses.map((guess) => browser.submit(visit, { user_code: guess })));
    assert.equal(answers.filter(({ status }) => status === 400).length, 4);
    assert.equal(answers.at(-1)?.status, 429);
  });

  spec("XD-02", "guessing: right codes and decisions count for nobody", async (t) => {
    const server = await aServer({ limits: { user_code: { limit: 1, window: 600 } } });
    t.after(() => server.close());
    const client = await aDeviceClient(server);
    for (let turn = 0; turn < 5; turn++)
      await decide(server, (await aWaitingDevice(server, client)).user_code, "allow");
  });

  for (const [given, prepare] of [
    ["has expired", async (server: AServer) => server.clock.advance(600)],
    ["was allowed", (server: AServer, code: string) => decide(server, code, "allow", "bob@example.com")],
    ["was refused", (server: AServer, code: string) => decide(server, code, "deny", "bob@example.com")],
  ] as const) {
    spec(["DEV-01", "XD-02"], `a code that ${given} is as unknown as one that never was`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const client = await aDeviceClient(server);
      const codes = await aWaitingDevice(server, client);
      await server.person({ id: "acc_bob", email: "bob@example.com" });
      const open = await atApproval(server, codes.user_code);
      await prepare(server, codes.user_code);
      const [late, never] = [
        await atApproval(server, codes.user_code),
        await atApproval(server, "BBBB-BBBB"),
      ];
      const faceless = (visit: Visit) => visit.body.replace(/value="[^"]*"/g, "");
      assert.deepEqual([late.visit.status, faceless(late.visit)], [400, faceless(never.visit)]);
      const end = await open.browser.submit(open.visit, { decision: "allow" });
      assert.deepEqual([end.status, server.audit.lastRefusal], [400, "device.decided"]);
    });
  }

  spec("XD-02", "a page that is sent twice decides once", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const codes = await aWaitingDevice(server, await aDeviceClient(server));
    const { browser, visit } = await atApproval(server, codes.user_code);
    const ends = await Promise.all(
      ["allow", "deny", "allow", "deny"].map((decision) => browser.submit(visit, { decision })),
    );
    assert.equal(ends.filter(({ status }) => status === 200).length, 1);
  });

  spec(
    ["I2-CSRF", "XD-02"],
    "a decision counts for the person that its page named, whoever is signed in now",
    async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      await server.person({ id: "acc_mallory", email: "mallory@example.com" });
      const codes = await aWaitingDevice(server, await aDeviceClient(server));
      const { browser, visit } = await atApproval(server, codes.user_code);
      const mallory = await atDevicePage(server, "/device", "mallory@example.com");
      const theirs = [...mallory.browser.cookies].find(([name]) => name.endsWith("session"));
      browser.cookies.set(...(theirs ?? ["", ""]));
      const end = await browser.submit(visit, { decision: "allow" });
      assert.deepEqual([end.status, server.audit.lastRefusal], [400, "request.form-token"]);
      assert.deepEqual(await server.store.grants.page({ after: 0, limit: 1 }), []);
    },
  );

  for (const [given, change] of [
    ["no token", { form_token: "" }],
    ["another code", { user_code: "BCDF-GHJK" }],
    ["the code of another device", "other"],
  ] as const) {
    spec("I2-CSRF", `a decision with ${given} is refused`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const client = await aDeviceClient(server);
      const [codes, other] = [await aWaitingDevice(server, client), await aWaitingDevice(server, client)];
      const { browser, visit } = await atApproval(server, codes.user_code);
      const changed = change === "other" ? { user_code: other.user_code } : change;
      const end = await browser.submit(visit, { decision: "allow", ...changed });
      assert.deepEqual([end.status, server.audit.lastRefusal], [400, "request.form-token"]);
      for (const one of [codes, other])
        assert.equal((await poll(server, client, one)).body.error, "authorization_pending");
    });
  }

  for (const path of ["/device", "/device/decision", "/sign-in"]) {
    for (const headers of [{ "sec-fetch-site": "cross-site" }, { origin: "https://evil.example.com" }]) {
      spec(
        "I2-CSRF",
        `a form to ${path} from another site (${JSON.stringify(headers)}) is refused`,
        async (t) => {
          const server = await aServer();
          t.after(() => server.close());
          const codes = await aWaitingDevice(server, await aDeviceClient(server));
          const { browser, visit } = await atApproval(server, codes.user_code);
          const start = path === "/sign-in" ? await browser.open("/account/sign-in?to=device") : visit;
          const page = path === "/device" ? await browser.open("/device") : start;
          const { fields } = formOf(page);
          const body = new URLSearchParams(
            [...fields].flatMap(([name, list]) => list.map((one) => [name, one] as [string, string])),
          );
          body.set("decision", "allow");
          if (path === "/device") body.set("user_code", codes.user_code);
          const end = await browser.open(path, { method: "POST", body, headers });
          assert.deepEqual([end.status, server.audit.lastRefusal], [400, "request.cross-site"]);
        },
      );
    }
  }

  it("a GET decides nothing", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await aDeviceClient(server);
    const codes = await aWaitingDevice(server, client);
    const { browser } = await atDevicePage(server);
    for (const path of ["/device", "/device/decision"]) {
      const query = new URLSearchParams({ user_code: codes.user_code, decision: "allow", same: "yes" });
      await browser.open(`${path}?${query}`);
    }
    assert.equal((await poll(server, client, codes)).body.error, "authorization_pending");
  });

  for (const to of [
    "https://evil.example.com",
    "//evil.example.com",
    "device/../evil",
    "__proto__",
    "set-up",
  ]) {
    spec("BCP-01", `a sign-in leads nowhere but to our own pages: ${to}`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      await server.person();
      const browser = new ABrowser(server);
      const page = await browser.open(`/account/sign-in?${new URLSearchParams({ to })}`);
      const end = await browser.submit(page, { email, password, to });
      assert.equal(end.url, `${server.issuer}/account`);
    });
  }

  it("a planted session is worth nothing once its person signs in", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const planted = await atDevicePage(server, "/device", "mallory@example.com");
    const before = new Map(planted.browser.cookies);
    await server.person();
    const page = await planted.browser.open("/account/sign-in?to=device");
    await planted.browser.submit(page, { email, password });
    const attacker = new ABrowser(server);
    for (const [name, value] of before) attacker.cookies.set(name, value);
    assert.match((await attacker.open("/account")).url, /sign-in/);
  });
});

async function guessFrom(server: AServer, address: string, one: string, guess: string): Promise<Visit> {
  const elsewhere = {
    ...server,
    fetchHere: (input: string | URL | Request, init?: RequestInit) =>
      server.fetch(new Request(input, init), { address }),
  };
  const browser = new ABrowser(elsewhere);
  const page = await browser.submit(await browser.open("/device"), { email: one, password });
  return browser.submit(page, { user_code: guess });
}
