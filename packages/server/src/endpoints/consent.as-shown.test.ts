import assert from "node:assert/strict";
import { describe, type TestContext } from "node:test";
import { ABrowser, formOf } from "../testing/a-browser.ts";
import { aDeviceClient, atApproval, aWaitingDevice, poll } from "../testing/a-device.ts";
import { authorizationUrl, pkce } from "../testing/a-login.ts";
import { aResource, aServer, password } from "../testing/a-server.ts";
import { ASignIn } from "../testing/a-sign-in.ts";
import { spec } from "../testing/spec.ts";

const [one, two] = ["https://one.example.com", "https://two.example.com"] as const;
const who = { email: "ada@example.com", password };
const asked = { resource: [one, two], scope: "read" };

/** Two resources with a scope of one name, which everyone may allow at the first alone; `move` makes it the second. */
async function aWorld(t: TestContext) {
  const server = await aServer();
  t.after(() => server.close());
  const { id: accountId } = await server.person();
  for (const identifier of [one, two]) {
    const read = { name: "read", sentence: `Read at ${identifier}`, risk: "low", for: ["people"] } as const;
    await server.store.resources.add(aResource({ identifier, scopes: [read] }));
  }
  await allowAt(one);
  return { server, move: () => allowAt(two), held };

  async function allowAt(resource: string) {
    const allows = [{ resource, scope: "read" }];
    await server.store.roles.put({ name: "everyone", description: "", allows });
  }

  async function held(client: { readonly id: string }) {
    const grant = await server.store.grants.findFor(accountId, client.id);
    return grant?.permissions.filter(({ scopes }) => scopes.length > 0);
  }
}

describe("a decision counts for what was shown", () => {
  spec("MCP-AS-23", "so the page is shown anew where another resource gets the ticked name", async (t) => {
    const { server, move, held } = await aWorld(t);
    const client = await server.client();
    const browser = new ABrowser(server);
    const url = authorizationUrl(server, client, { ...asked, code_challenge: pkce().challenge });
    const page = await browser.submit(await browser.open(url), who);
    assert.match(page.body, /Read at https:\/\/one/);
    await move();
    const anew = await browser.submit(page, { decision: "allow" });
    assert.match(anew.body, /Read at https:\/\/two/);
    assert.equal(await held(client), undefined);
    const [token = ""] = formOf(page).fields.get("form_token") ?? [];
    const stripped = { decision: "allow", form_token: token.split("~")[0] ?? "" };
    assert.match((await browser.submit(anew, stripped)).body, /Read at https:\/\/two/);
    assert.match((await browser.submit(anew, { decision: "allow" })).url, /code=/);
    assert.deepEqual(await held(client), [{ resource: two, scopes: ["read"] }]);
  });

  spec("MCP-AS-23", "and is refused as it stands", async (t) => {
    const { server, move } = await aWorld(t);
    const browser = new ABrowser(server);
    const url = authorizationUrl(server, await server.client(), {
      ...asked,
      code_challenge: pkce().challenge,
    });
    const page = await browser.submit(await browser.open(url), who);
    await move();
    assert.match((await browser.submit(page, { decision: "deny" })).url, /error=access_denied/);
  });

  spec("I6-CONSENT-API", "on a team's own page too", async (t) => {
    const { server, move, held } = await aWorld(t);
    const client = await server.client();
    const url = authorizationUrl(server, client, { ...asked, code_challenge: pkce().challenge });
    const signIn = await ASignIn.begin(server, url);
    assert.equal((await signIn.act("password", who)).step, "consent");
    await move();
    const anew = await signIn.act("consent", { decision: "allow", scope: ["read"] });
    assert.deepEqual([anew.status, anew.step], [200, "consent"]);
    assert.equal(await held(client), undefined);
    const done = await signIn.act("consent", { decision: "allow", scope: ["read"] });
    assert.equal(done.step, "done");
    assert.deepEqual(await held(client), [{ resource: two, scopes: ["read"] }]);
  });

  spec("XD-02", "and on the page that lets a device in", async (t) => {
    const { server, move } = await aWorld(t);
    const client = await aDeviceClient(server);
    const codes = await aWaitingDevice(server, client, asked);
    const { browser, visit } = await atApproval(server, codes.user_code);
    assert.match(visit.body, /Read at https:\/\/one/);
    await move();
    const compare = await browser.submit(visit, { decision: "allow" });
    assert.equal((await poll(server, client, codes)).body.error, "authorization_pending");
    const anew = await browser.submit(compare, { same: "yes" });
    assert.match(anew.body, /Read at https:\/\/two/);
    assert.match((await browser.submit(anew, { decision: "allow" })).body, /The device is connected/);
  });
});
