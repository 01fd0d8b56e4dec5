import assert from "node:assert/strict";
import { describe } from "node:test";
import type { Client } from "../records/client.ts";
import { ABrowser, type Visit } from "../testing/a-browser.ts";
import { aDeviceClient, atApproval, aWaitingDevice } from "../testing/a-device.ts";
import { authorizationUrl, pkce, post, redeem, refresh } from "../testing/a-login.ts";
import { type AServer, api, aServer, callback, mcp, password } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

type Asked = Readonly<Record<string, string | readonly string[]>>;

async function aWorld(about: Partial<Client> = {}) {
  const server = await aServer();
  const { id: accountId } = await server.person();
  const client = await server.client(about);
  const browser = new ABrowser(server);
  return { server, accountId, client, browser, ask, allow, held };

  async function ask(asked: Asked) {
    const { verifier, challenge } = pkce();
    const url = authorizationUrl(server, client, { code_challenge: challenge, ...asked });
    let visit = await browser.open(url);
    if (visit.url.includes("/sign-in?"))
      visit = await browser.submit(visit, { email: "ada@example.com", password });
    return { visit, verifier };
  }

  /** Allows what is ticked, or `scope`: what the client gets then. */
  async function allow(asked: Asked, scope?: readonly string[]) {
    const { visit, verifier } = await ask(asked);
    const end = await browser.submit(visit, { decision: "allow", ...(scope && { scope }) });
    const code = new URL(end.url).searchParams.get("code") ?? "";
    return (await redeem(server, client, { code, verifier })).body;
  }

  async function held() {
    return (await server.store.grants.findFor(accountId, client.id))?.permissions;
  }
}

/** What the page asks, and what it only shows. */
function read({ body }: Visit) {
  const earlier = /<section class="scopes"[\s\S]*?<\/section>/.exec(body)?.[0] ?? "";
  return {
    asked: [...body.matchAll(/type="checkbox"[^>]*value="([^"]*)"/g)].map(([, value]) => value),
    shown: [...earlier.matchAll(/<p class="scope"><bdi>([^<]*)</g)].map(([, sentence]) => sentence),
  };
}

describe("a client that asks again", () => {
  for (const { given, scope, granted } of [
    { given: "what is ticked", scope: ["notes:write"], granted: "tools:use notes:write" },
    { given: "only the earlier, where nothing new is ticked", scope: [], granted: "tools:use" },
    {
      given: "no more than it asked",
      scope: ["notes:write", "openid", "inference:read"],
      granted: "tools:use notes:write",
    },
  ]) {
    spec("I6-CONSENT-NEW", `is shown with what is new to decide, and gets ${given}`, async (t) => {
      const { server, ask, allow, held } = await aWorld();
      t.after(() => server.close());
      await allow({ scope: "tools:use" });
      const asked = { scope: "tools:use notes:write" };
      const { visit } = await ask(asked);
      assert.deepEqual(read(visit), { asked: ["notes:write"], shown: ["Use the example tools"] });
      assert.match(visit.body, /New: it will also be able to/);
      assert.equal((await allow(asked, scope)).scope, granted);
      assert.deepEqual(await held(), [{ resource: mcp, scopes: granted.split(" ").sort() }]);
    });
  }

  spec("I6-CONSENT-NEW", "and names only the new loses nothing of the earlier, on no device", async (t) => {
    const { server, client, ask, allow, held } = await aWorld();
    t.after(() => server.close());
    const first = await allow({ scope: "tools:use" });
    const more = { scope: "notes:write" };
    const { visit } = await ask(more);
    assert.deepEqual(read(visit), { asked: ["notes:write"], shown: [] });
    assert.equal((await allow(more)).scope, "notes:write");
    assert.deepEqual(await held(), [{ resource: mcp, scopes: ["notes:write", "tools:use"] }]);
    const refreshed = await refresh(server, client, String(first.refresh_token));
    assert.equal(refreshed.body.scope, "tools:use");
    const both = await ask({ scope: "tools:use notes:write", prompt: "none" });
    assert.match(both.visit.url, /code=/);
  });

  spec("I6-CONSENT-NEW", "for another server is asked about that one alone", async (t) => {
    const { server, ask, allow } = await aWorld();
    t.after(() => server.close());
    await allow({ scope: "openid tools:use" });
    const { visit } = await ask({ scope: "openid tools:use inference:read", resource: [mcp, api] });
    assert.deepEqual(read(visit).asked, ["inference:read"]);
    assert.deepEqual(read(visit).shown, ["Use the example tools", "Know that it is you who signed in"]);
  });

  spec(
    "I6-CONSENT-NEW",
    "for what it holds shows that, where it insists on the page, and asks nothing",
    async (t) => {
      const { server, ask, allow } = await aWorld();
      t.after(() => server.close());
      await allow({ scope: "tools:use" });
      const asked = { scope: "tools:use", prompt: "consent" };
      const { visit } = await ask(asked);
      assert.deepEqual(read(visit), { asked: [], shown: ["Use the example tools"] });
      assert.equal((await allow(asked)).scope, "tools:use");
    },
  );

  spec("I6-CONSENT-NEW", "may be refused, and keeps what it held", async (t) => {
    const { server, browser, ask, allow, held } = await aWorld();
    t.after(() => server.close());
    await allow({ scope: "tools:use" });
    const { visit } = await ask({ scope: "tools:use notes:write" });
    assert.match((await browser.submit(visit, { decision: "deny" })).url, /error=access_denied/);
    assert.deepEqual(await held(), [{ resource: mcp, scopes: ["tools:use"] }]);
  });

  for (const { given, about, redirectUri } of [
    { given: "registered itself", about: { kind: "self-registered" }, redirectUri: callback },
    {
      given: "may be any program on this computer",
      about: { redirectUris: ["http://127.0.0.1/cb"] },
      redirectUri: "http://127.0.0.1:4711/cb",
    },
  ] as readonly { given: string; about: Partial<Client>; redirectUri: string }[]) {
    spec("I6-CONSENT-NEW", `and ${given} holds nothing: all of it is asked again`, async (t) => {
      const { server, accountId, client, browser, ask } = await aWorld(about);
      t.after(() => server.close());
      const granted = [{ resource: mcp, scopes: ["tools:use", "notes:write"] }];
      await server.store.grants.consent(accountId, client.id, granted, server.clock.now());
      const asked = { scope: "tools:use notes:write", redirect_uri: redirectUri };
      const { visit, verifier } = await ask(asked);
      assert.deepEqual(read(visit), { asked: ["notes:write", "tools:use"], shown: [] });
      assert.match(visit.body, /Not proven: another program could be using this name\./);
      const end = await browser.submit(visit, { decision: "allow", scope: ["tools:use"] });
      const code = new URL(end.url).searchParams.get("code") ?? "";
      const form = { grant_type: "authorization_code", client_id: client.id, code, code_verifier: verifier };
      assert.equal((await post(server, "/token", form)).body.scope, "tools:use");
    });
  }

  spec("I6-CONSENT-NEW", "from a device is shown so where it proves itself, and nowhere else", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    for (const { about, shown } of [
      { about: { authMethods: ["client_secret_post"] }, shown: ["Use the example tools"] },
      { about: { authMethods: ["none"] }, shown: [] },
      { about: { authMethods: ["none", "private_key_jwt"] }, shown: [] },
      { about: { kind: "self-registered" }, shown: [] },
    ] as readonly { about: Partial<Client>; shown: readonly string[] }[]) {
      const client = await aDeviceClient(server, about);
      const ada = (await server.store.accounts.findByEmail("ada@example.com")) ?? (await server.person());
      await server.store.grants.consent(ada.id, client.id, [{ resource: mcp, scopes: ["tools:use"] }], 1);
      const codes = await aWaitingDevice(server, client, {
        scope: "tools:use notes:write",
        ...(shown.length > 0 && { client_secret: client.secret }),
      });
      const { visit } = await atApproval(server, codes.user_code);
      assert.deepEqual(read(visit).shown, shown);
      assert.equal(/Not proven: /.test(visit.body), shown.length === 0);
    }
  });
});

describe("the person at the consent page", () => {
  spec("I6-CONSENT-WHO", "reads since when the server knows the app", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await server.client();
    await server.person();
    server.clock.advance(3 * 86_400);
    const { body } = await atConsent(server, client, {});
    assert.match(body, /First seen by this server: 3 days ago/);
    assert.match(body, /Proven: the answer reaches this app and no other\./);
  });

  spec(
    "I6-CONSENT-SCOPES",
    "reads each server's scopes under its name, the riskiest first, and unticks each",
    async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const client = await server.client();
      await server.person({ roles: ["trainer"] });
      const scope = "openid tools:use inference:read training:write";
      const { body } = await atConsent(server, client, { scope, resource: [mcp, api] });
      const groups = [...body.matchAll(/<div class="at"[\s\S]*?(?=<div class="at"|<\/fieldset>)/g)].map(
        ([group]) => [
          /<bdi class="name">([^<]*)</.exec(group)?.[1],
          /<span class="hint host"><bdi>([^<]*)</.exec(group)?.[1],
          ...[...group.matchAll(/<label[^>]*><bdi>([^<]*)<[\s\S]*?class="risk (\w+)"/g)].map(
            ([, ...row]) => row,
          ),
        ],
      );
      assert.deepEqual(groups, [
        ["Example tools", mcp, ["Use the example tools", "low"]],
        ["Example models", api, ["Submit training data", "high"], ["Ask the model", "low"]],
        ["You, at Valetkey", undefined, ["Know that it is you who signed in", "low"]],
      ]);
      assert.match(body, /<div class="scope risky">\s*<input [^>]*value="training:write" checked/);
      assert.match(body, /Untick what it should not be able to do\./);
    },
  );
});

async function atConsent(server: AServer, client: Pick<Client, "id">, asked: Asked): Promise<Visit> {
  const browser = new ABrowser(server);
  const url = authorizationUrl(server, client, { code_challenge: pkce().challenge, ...asked });
  const page = await browser.submit(await browser.open(url), { email: "ada@example.com", password });
  assert.match(page.url, /\/consent\?/, page.body);
  return page;
}
