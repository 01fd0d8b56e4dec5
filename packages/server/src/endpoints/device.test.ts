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
import { type AServer, type AServerOptions, api, aServer, password } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const email = "ada@example.com";

describe("the page for a device", () => {
  async function aWorld(about: AServerOptions = {}, form: Readonly<Record<string, string>> = {}) {
    const server = await aServer(about);
    const client = await aDeviceClient(server);
    return { server, client, codes: await aWaitingDevice(server, client, form) };
  }
  const pending = async (server: AServer, client: { id: string }, codes: { device_code: string }) => {
    server.clock.advance(5);
    const { body } = await poll(server, client, codes);
    return body.error === "authorization_pending";
  };

  spec("DEV-01", "asks to sign in first, and comes back with the code of its link", async (t) => {
    const { server, codes } = await aWorld();
    t.after(() => server.close());
    await server.person();
    const browser = new ABrowser(server);
    const signIn = await browser.open(codes.verification_uri_complete);
    assert.match(signIn.url, /\/account\/sign-in\?to=device&user_code=/);
    const wrong = await browser.submit(signIn, { email, password: "wrong" });
    assert.equal(wrong.status, 400);
    const compare = await browser.submit(wrong, { email, password });
    assert.equal(new URL(compare.url).pathname, "/device");
    assert.match(compare.body, new RegExp(`<p class="user-code">${codes.user_code}</p>`));
  });

  for (const typed of [
    (code: string) => code,
    (code: string) => code.toLowerCase(),
    (code: string) => code.replace("-", ""),
    (code: string) => ` ${code.replace("-", " ")} `,
  ]) {
    spec("DEV-01", `takes a code typed as ${JSON.stringify(typed("WDJB-MJHT"))}`, async (t) => {
      const { server, codes } = await aWorld();
      t.after(() => server.close());
      const { visit } = await atApproval(server, typed(codes.user_code));
      assert.match(visit.body, /Kitchen radio/);
    });
  }

  spec(
    ["XD-03", "DEV-01"],
    "shows the code of a link to compare, and neither looks it up nor approves by itself",
    async (t) => {
      const { server, client, codes } = await aWorld();
      t.after(() => server.close());
      const { browser, visit } = await atDevicePage(server, codes.verification_uri_complete);
      assert.match(visit.body, /Does your device show this code\?/);
      assert.doesNotMatch(visit.body, /Kitchen radio/);
      const approval = await browser.submit(visit, { same: "yes" });
      assert.match(approval.body, /Kitchen radio/);
      await browser.open(codes.verification_uri_complete);
      assert.ok(await pending(server, client, codes));
      assert.deepEqual(await server.store.grants.page({ after: 0, limit: 1 }), []);
    },
  );

  spec("XD-03", "stops where the code of a link is not that of the person's device", async (t) => {
    const { server, client, codes } = await aWorld();
    t.after(() => server.close());
    const { browser, visit } = await atDevicePage(server, codes.verification_uri_complete);
    const end = await browser.submit(visit, { same: "no" });
    assert.match(end.body, /Nothing was granted/);
    assert.ok(await pending(server, client, codes));
  });

  spec("XD-03", "tells who asks, from where, when, for what, what follows, and to refuse", async (t) => {
    const { server, codes } = await aWorld({}, { scope: "tools:use notes:write" });
    t.after(() => server.close());
    server.clock.advance(130);
    const { visit } = await atApproval(server, codes.user_code);
    const text = textOf(visit);
    for (const told of [
      "Kitchen radio on a device wants access to Example tools",
      "Refuse if you did not start this yourself, just now.",
      "Any program can claim this name.",
      "KitchenRadio/2.1",
      "What it calls itself; nobody has checked it.",
      codes.user_code,
      "2 minutes ago",
      "203.0.113.9",
      "https://mcp.example.com/mcp",
      "Ada",
      email,
      "Use the example tools",
      "Low risk",
      "Write notes in your name",
      "Medium risk",
      "act for you while you are away",
      "180 days at most",
    ]) {
      assert.ok(text.includes(told), `${told} is not in ${text}`);
    }
  });

  spec(
    "XD-03",
    "makes refusing as easy as allowing: the same size, first in order, and what Enter does",
    async (t) => {
      const { server, codes } = await aWorld();
      t.after(() => server.close());
      const { visit } = await atApproval(server, codes.user_code);
      const buttons = [
        ...visit.body.matchAll(/<button class="(\w+)" type="submit" name="(\w+)" value="(\w+)">/g),
      ];
      assert.deepEqual(
        buttons.map(([, style, name, value]) => [style, name, value]),
        [
          ["neutral", "decision", "deny"],
          ["primary", "decision", "allow"],
        ],
      );
      assert.match(visit.body, /<div class="actions pair">/);
    },
  );

  for (const { given, address, says } of [
    { given: "the same", address: "203.0.113.9", says: /the internet address of this browser\./ },
    { given: "another", address: "198.51.100.7", says: /not the internet address of this browser\./ },
  ]) {
    spec("XD-03", `says whether the device asked from ${given} address`, async (t) => {
      const { server, codes } = await aWorld();
      t.after(() => server.close());
      const device = await server.store.deviceCodes.findByUserCode(codes.user_code.replace("-", ""));
      assert.equal(device?.address, "203.0.113.9");
      await server.person();
      const elsewhere = {
        ...server,
        fetchHere: (input: string | URL | Request, init?: RequestInit) =>
          server.fetch(new Request(input, init), { address }),
      };
      const browser = new ABrowser(elsewhere);
      const page = await browser.submit(await browser.open("/device"), { email, password });
      const { body } = await browser.submit(page, { user_code: codes.user_code });
      assert.match(body, says);
      assert.equal(/, not the/.test(body), given === "another");
    });
  }

  spec("XD-02", "grants no more than stays ticked", async (t) => {
    const { server, client, codes } = await aWorld({}, { scope: "tools:use notes:write openid" });
    t.after(() => server.close());
    const { browser, visit } = await atApproval(server, codes.user_code);
    await browser.submit(visit, { decision: "allow", scope: ["notes:write"] });
    const { body } = await poll(server, client, codes);
    assert.equal(body.scope, "notes:write openid");
  });

  spec("XD-02", "grants no more than the person's roles allow, whatever its form says", async (t) => {
    const scope = "inference:read training:write";
    const { server, client, codes } = await aWorld({}, { resource: api, scope });
    t.after(() => server.close());
    const { browser, visit } = await atApproval(server, codes.user_code);
    assert.doesNotMatch(visit.body, /Submit training data/);
    const form = { decision: "allow", scope: ["inference:read", "training:write", "notes:write"] };
    await browser.submit(visit, form);
    assert.equal((await poll(server, client, codes)).body.scope, "inference:read");
  });

  spec("XD-03", "takes a page on which everything is unticked for a refusal", async (t) => {
    const { server, client, codes } = await aWorld();
    t.after(() => server.close());
    const { browser, visit } = await atApproval(server, codes.user_code);
    assert.match((await browser.submit(visit, { decision: "allow", scope: [] })).body, /Refused/);
    assert.equal((await poll(server, client, codes)).body.error, "access_denied");
  });

  it("takes nothing but the word for it as allowed", async (t) => {
    const { server, client, codes } = await aWorld();
    t.after(() => server.close());
    const { browser, visit } = await atApproval(server, codes.user_code);
    await browser.submit(visit, {});
    assert.equal((await poll(server, client, codes)).body.error, "access_denied");
  });

  it("tells a person whose roles allow nothing of it, and leaves the device to another account", async (t) => {
    const { server, client, codes } = await aWorld({}, { resource: api, scope: "training:write" });
    t.after(() => server.close());
    const { visit } = await atApproval(server, codes.user_code);
    assert.deepEqual([visit.status, server.audit.lastRefusal], [400, "scope.beyond-role"]);
    assert.match(textOf(visit), /may not allow/);
    assert.ok(await pending(server, client, codes));
    await server.person({ id: "acc_trainer", email: "trainer@example.com", roles: ["trainer"] });
    await decide(server, codes.user_code, "allow", "trainer@example.com");
    assert.equal((await poll(server, client, codes)).body.scope, "training:write");
  });

  spec("XD-02", "always asks anew, though the person allowed the same before", async (t) => {
    const { server, client, codes } = await aWorld();
    t.after(() => server.close());
    await decide(server, codes.user_code, "allow");
    const again = await aWaitingDevice(server, client);
    const { visit } = await atApproval(server, again.user_code);
    assert.match(visit.body, /value="allow"/);
    assert.ok(await pending(server, client, again));
  });
});

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

  for (const path of ["/device", "/device/decision", "/account/sign-in"]) {
    for (const headers of [{ "sec-fetch-site": "cross-site" }, { origin: "https://evil.example.com" }]) {
      spec(
        "I2-CSRF",
        `a form to ${path} from another site (${JSON.stringify(headers)}) is refused`,
        async (t) => {
          const server = await aServer();
          t.after(() => server.close());
          const codes = await aWaitingDevice(server, await aDeviceClient(server));
          const { browser, visit } = await atApproval(server, codes.user_code);
          const start =
            path === "/account/sign-in" ? await browser.open("/account/sign-in?to=device") : visit;
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

/** What a person reads. */
function textOf({ body }: Visit): string {
  return body
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&#39;", "'")
    .replace(/\s+/g, " ");
}
