import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { ABrowser, type Visit } from "../testing/a-browser.ts";
import { aDeviceClient, aWaitingDevice, decide, poll } from "../testing/a-device.ts";
import { readAll, readFeed, told } from "../testing/a-feed.ts";
import { refresh } from "../testing/a-login.ts";
import { AnOutside, aLookout, lineageOf, device as signedIn } from "../testing/a-program.ts";
import { type AServer, aServer, mcp, password } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const email = "ada@example.com";

async function atAccount(server: AServer, who = email) {
  const browser = new ABrowser(server);
  const visit = await browser.submit(await browser.open("/account"), { email: who, password });
  return { browser, visit };
}

/** The words behind the buttons of the page. */
function endsOf({ body }: Visit): readonly string[] {
  return [...body.matchAll(/name="end" value="([^"]*)"/g)].map(([, value]) => value ?? "");
}

async function aDeviceOf(server: AServer, client: { id: string }, who = email, userAgent = "Radio/1.0") {
  const codes = await aWaitingDevice(server, client);
  await decide(server, codes.user_code, "allow", who);
  const { body } = await poll(server, client, codes, {}, { "user-agent": userAgent });
  return { ...body, lineageId: (await lineageOf(server, body.access_token)).id };
}

describe("the account page", () => {
  async function aWorld(t: TestContext) {
    const server = await aServer();
    t.after(() => server.close());
    await server.person({ email });
    return { server, client: await aDeviceClient(server), app: await server.client({ name: "Notes app" }) };
  }

  it("asks to sign in, and shows one who let nothing in that there is nothing", async (t) => {
    const { server } = await aWorld(t);
    const { visit } = await atAccount(server);
    assert.equal(visit.url, `${server.issuer}/account`);
    assert.match(visit.body, /Nothing is connected/);
    assert.deepEqual(endsOf(visit), []);
  });

  spec("I5-ACCOUNT", "shows each app and device, what it may do, and when it was last active", async (t) => {
    const { server, client, app } = await aWorld(t);
    await signedIn(server, app, { scope: "tools:use notes:write openid" });
    await aDeviceOf(server, client, email, "calendar-agent/0.3 (raspberrypi)");
    server.clock.advance(7_300);
    const other = await aDeviceOf(server, client, email, "");
    server.clock.advance(120);
    assert.equal((await refresh(server, client, other.refresh_token)).status, 200);
    const { visit } = await atAccount(server);
    const text = visit.body.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
    for (const told of [
      "Notes app",
      "Write notes in your name Medium risk",
      "Know that it is you who signed in",
      "Kitchen radio",
      "calendar-agent/0.3 (raspberrypi) Last active 2 hours ago; signed in 2 hours ago.",
      "A device that did not say what it is Last active less than a minute ago; signed in 2 minutes ago.",
    ]) {
      assert.ok(text.includes(told), `${told} is not in ${text}`);
    }
  });

  spec("I5-ACCOUNT", "tells where a device may do less than its app", async (t) => {
    const { server, app } = await aWorld(t);
    await signedIn(server, app, { scope: "tools:use notes:write" });
    await signedIn(server, app, { scope: "tools:use" });
    const { visit } = await atAccount(server);
    assert.equal(
      [...visit.body.matchAll(/Only: <bdi>([^<]*)</g)].map(([, may]) => may).join(),
      "Use the example tools",
    );
  });

  it("tells first what an app may do elsewhere, a browser in words, and of no device in no list", async (t) => {
    const { server, client, app } = await aWorld(t);
    await signedIn(server, app, { scope: "tools:use openid" });
    const browser = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";
    const { lineageId } = await aDeviceOf(server, client, email, browser);
    const { browser: mine, visit } = await atAccount(server);
    const places = visit.body.match(/(?<=<strong><bdi class="name">)[^<]+/g);
    assert.deepEqual(places, ["Example tools", "Example tools", "You, at Valetkey"]);
    assert.match(visit.body, />Firefox on Linux</);
    assert.doesNotMatch(visit.body, /Mozilla/);
    const left = await mine.submit(visit, { end: `device ${lineageId}` });
    assert.match(left.body, /No device of it has access right now\./);
    assert.doesNotMatch(left.body, /<ul[^>]*>\s*<\/ul>/);
  });

  it("names an app by the document that is kept, and fetches nothing", async (t) => {
    const outbound = new AnOutside();
    const server = await aServer({ outbound });
    t.after(() => server.close());
    const url = "https://agent.example.com/agent.json";
    const redirect_uris = ["https://app.example.com/callback"];
    outbound.says(url, { client_id: url, client_name: "Famous agent", redirect_uris });
    await signedIn(server, { id: url });
    server.clock.advance(90_000);
    const asked = outbound.calls.length;
    const { visit } = await atAccount(server);
    assert.match(visit.body, /Famous agent/);
    assert.match(visit.body, /document at agent\.example\.com/);
    assert.equal(outbound.calls.length, asked);
  });

  spec("I5-ACCOUNT", "ends one device and leaves the others; the resource hears of it at once", async (t) => {
    const { server, client } = await aWorld(t);
    const lookout = await aLookout(server, mcp);
    const [one, other] = [await aDeviceOf(server, client), await aDeviceOf(server, client)];
    const { next } = await readAll(server, lookout);
    const news = readFeed(server, lookout, next, 20);
    const { browser, visit } = await atAccount(server);
    const end = await browser.submit(visit, { end: `device ${one.lineageId}` });
    assert.match(end.body, /role="status">The device is signed out\./);
    assert.deepEqual(told((await news).events), [`lineage ${one.lineageId}`]);
    assert.equal((await refresh(server, client, one.refresh_token)).status, 400);
    assert.equal((await refresh(server, client, other.refresh_token)).status, 200);
    assert.equal(endsOf(end).includes(`device ${one.lineageId}`), false);
    const { what, lineageId, accountId } = server.audit.events.at(-1) ?? {};
    assert.deepEqual([what, lineageId], ["lineage.revoked", one.lineageId]);
    assert.ok(accountId);
  });

  spec("I5-ACCOUNT", "ends one app with all its devices, and leaves the other apps", async (t) => {
    const { server, client, app } = await aWorld(t);
    const lookout = await aLookout(server, mcp);
    const devices = [await aDeviceOf(server, client), await aDeviceOf(server, client)];
    const kept = await signedIn(server, app);
    const { browser, visit } = await atAccount(server);
    const grant = await server.store.grants.findFor(
      (await server.store.accounts.findByEmail(email))?.id ?? "",
      client.id,
    );
    const end = await browser.submit(visit, { end: `app ${grant?.id}` });
    assert.match(end.body, /The app was removed\./);
    assert.doesNotMatch(end.body, /Kitchen radio/);
    assert.equal((await refresh(server, app, kept.refresh_token)).status, 200);
    assert.deepEqual(
      told((await readAll(server, lookout)).events),
      devices.map(({ lineageId }) => `lineage ${lineageId}`).toSorted(),
    );
  });

  spec("I5-ACCOUNT", "ends everything of one person and nothing of another", async (t) => {
    const { server, client, app } = await aWorld(t);
    await server.person({ id: "acc_bob", email: "bob@example.com" });
    const theirs = await aDeviceOf(server, client, "bob@example.com");
    const ours = await aDeviceOf(server, client);
    await signedIn(server, app);
    const { browser, visit } = await atAccount(server);
    const end = await browser.submit(visit, { end: "all" });
    assert.match(end.body, /All access was ended\./);
    assert.match(end.body, /Nothing is connected/);
    assert.equal((await refresh(server, client, ours.refresh_token)).status, 400);
    assert.equal((await refresh(server, client, theirs.refresh_token)).status, 200);
  });

  for (const [given, endOf] of [
    ["another person's device", ({ lineageId }: { lineageId: number }) => `device ${lineageId}`],
    ["another person's app", (_: unknown, grantId: number) => `app ${grantId}`],
    ["a device that never was", () => "device 999999"],
    ["an app that never was", () => "app 999999"],
    ["no number", () => "device x"],
    ["a fraction", () => "app 1.5"],
    ["a word", () => "everything"],
    ["nothing", () => ""],
  ] as const) {
    spec("I5-ACCOUNT", `ends nothing for ${given}, and tells none of it apart`, async (t) => {
      const { server, client } = await aWorld(t);
      await server.person({ id: "acc_bob", email: "bob@example.com" });
      const theirs = await aDeviceOf(server, client, "bob@example.com");
      const grant = await server.store.grants.findFor("acc_bob", client.id);
      const { browser, visit } = await atAccount(server);
      // The page of somebody who let something in has a form.
      assert.match(visit.body, /Nothing is connected/);
      await aDeviceOf(server, client);
      const page = await browser.open("/account");
      const end = await browser.submit(page, { end: endOf(theirs, grant?.id ?? 0) });
      assert.deepEqual([end.status, end.url], [200, `${server.issuer}/account`]);
      assert.doesNotMatch(end.body, /role="status"/);
      assert.equal((await refresh(server, client, theirs.refresh_token)).status, 200);
    });
  }

  for (const [given, values, headers, refusal] of [
    ["no token", { form_token: "" }, {}, "request.form-token"],
    ["another site's form", {}, { "sec-fetch-site": "cross-site" }, "request.cross-site"],
  ] as const) {
    spec("I2-CSRF", `ends nothing for ${given}`, async (t) => {
      const { server, client } = await aWorld(t);
      const device = await aDeviceOf(server, client);
      const { browser } = await atAccount(server);
      const page = await browser.open("/account");
      const form_token = /name="form_token" value="([^"]*)"/.exec(page.body)?.[1] ?? "";
      const body = new URLSearchParams({ end: "all", form_token, ...values });
      const end = await browser.open("/account", { method: "POST", body, headers });
      assert.deepEqual([end.status, server.audit.lastRefusal], [400, refusal]);
      assert.equal((await refresh(server, client, device.refresh_token)).status, 200);
    });
  }

  spec(
    "I2-CSRF",
    "counts for the person that it names, whoever is signed in when its form comes back",
    async (t) => {
      const { server, client } = await aWorld(t);
      await server.person({ id: "acc_bob", email: "bob@example.com" });
      const theirs = await aDeviceOf(server, client, "bob@example.com");
      await aDeviceOf(server, client);
      const { browser, visit } = await atAccount(server);
      const bob = await atAccount(server, "bob@example.com");
      for (const [name, value] of bob.browser.cookies)
        if (name.endsWith("session")) browser.cookies.set(name, value);
      const end = await browser.submit(visit, { end: "all" });
      assert.deepEqual([end.status, server.audit.lastRefusal], [400, "request.form-token"]);
      assert.equal((await refresh(server, client, theirs.refresh_token)).status, 200);
    },
  );

  it("shows no notice that its own server does not know", async (t) => {
    const { server } = await aWorld(t);
    const { browser } = await atAccount(server);
    for (const ended of ["__proto__", "toString", "You were hacked"]) {
      const { body } = await browser.open(`/account?${new URLSearchParams({ ended })}`);
      assert.doesNotMatch(body, /role="status"|hacked/);
    }
  });

  it("is linked from the home page", async (t) => {
    const server = await aServer({ issuer: "https://example.com/tenant" });
    t.after(() => server.close());
    await server.person();
    const { body } = await new ABrowser(server).open("/tenant/");
    assert.match(body, /href="\/tenant\/account"/);
  });
});
