import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ABrowser, type Visit } from "../testing/a-browser.ts";
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
    assert.match(signIn.url, /\/sign-in\?interaction=/);
    const wrong = await browser.submit(signIn, { email, password: "wrong" });
    assert.equal(wrong.status, 400);
    const compare = await browser.submit(wrong, { email, password });
    assert.equal(new URL(compare.url).pathname, "/device");
    assert.match(compare.body, new RegExp(`<p class="user-code" dir="ltr">${codes.user_code}</p>`));
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
    assert.match(textOf(visit), /Your account may not allow what the app asks for\. Nothing was granted\./);
    assert.doesNotMatch(textOf(visit), /For the author/);
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

/** What a person reads. */
function textOf({ body }: Visit): string {
  return body
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&#39;", "'")
    .replace(/\s+/g, " ");
}
