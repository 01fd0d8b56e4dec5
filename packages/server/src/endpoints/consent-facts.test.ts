import assert from "node:assert/strict";
import { describe } from "node:test";
import type { Outbound } from "../ports/outbound.ts";
import type { Client } from "../records/client.ts";
import { ABrowser } from "../testing/a-browser.ts";
import { authorizationUrl, pkce } from "../testing/a-login.ts";
import { type AServer, aServer, callback, password } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const documentUrl = "https://apps.example.org/oauth/client.json";
const redirects = ["https://apps.example.org/callback", "http://localhost/callback"];

/** The host of a metadata document, as the outbound port answers for it. */
const documentHost: Outbound = {
  fetchJson: async (url) => ({
    status: "ok",
    json: {
      client_id: url,
      client_name: "Bank of <b>Example</b>",
      client_uri: "https://apps.example.org/about",
      logo_uri: "https://apps.example.org/logo.png",
      redirect_uris: redirects,
    },
    bytes: 300,
    freshFor: 300,
    etag: undefined,
  }),
};

/** The text of the consent page for a client and its redirect. */
async function pageFor(server: AServer, client: Pick<Client, "id">, redirectUri: string): Promise<string> {
  await server.person();
  const browser = new ABrowser(server);
  const asked = {
    redirect_uri: redirectUri,
    code_challenge: pkce().challenge,
    scope: "openid tools:use notes:write",
  };
  const signIn = await browser.open(authorizationUrl(server, client, asked));
  const page = await browser.submit(signIn, { email: "ada@example.com", password });
  assert.match(page.url, /\/consent\?/, page.body);
  return page.body;
}

const loopbackWarning = /Any program on this computer can claim this name/;
const nameWarning = /This name is not verified/;

describe("the facts on the consent page", () => {
  for (const { given, about, redirectUri, host, loopback, unverified } of [
    {
      given: "a registered client",
      about: {},
      redirectUri: callback,
      host: "app.example.com",
      loopback: false,
      unverified: false,
    },
    {
      given: "a registered public client on loopback",
      about: { redirectUris: ["http://127.0.0.1/cb"] },
      redirectUri: "http://127.0.0.1:4711/cb",
      host: "127.0.0.1:4711",
      loopback: true,
      unverified: false,
    },
    {
      given: "a registered client with a secret on loopback",
      about: { redirectUris: ["http://127.0.0.1/cb"], authMethods: ["client_secret_post"] },
      redirectUri: "http://127.0.0.1:4711/cb",
      host: "127.0.0.1:4711",
      loopback: false,
      unverified: false,
    },
    {
      given: "a self-registered client",
      about: { kind: "self-registered", redirectUris: [callback] },
      redirectUri: callback,
      host: "app.example.com",
      loopback: false,
      unverified: true,
    },
    {
      given: "a self-registered client with an app scheme",
      about: { kind: "self-registered", redirectUris: ["cursor://anysphere.cursor-mcp/oauth/callback"] },
      redirectUri: "cursor://anysphere.cursor-mcp/oauth/callback",
      host: "cursor:",
      loopback: true,
      unverified: true,
    },
  ] as readonly {
    given: string;
    about: Partial<Client>;
    redirectUri: string;
    host: string;
    loopback: boolean;
    unverified: boolean;
  }[]) {
    spec(["MCP-AS-13", "O21-AS-36", "I2-CONSENT"], `name and judge ${given}`, async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      const page = await pageFor(server, await server.client(about), redirectUri);
      assert.match(page, /Example app/);
      assert.match(page, new RegExp(`<dt>You return to</dt>\\s*<dd><strong class="host"><bdi>${host}</bdi>`));
      assert.equal(loopbackWarning.test(page), loopback);
      assert.equal(nameWarning.test(page), unverified);
    });
  }

  for (const [redirectUri, loopback] of [
    ["https://apps.example.org/callback", false],
    ["http://localhost:3118/callback", true],
  ] as const) {
    spec(
      ["MCP-AS-12", "MCP-AS-13", "CIMD-08", "O21-AS-36"],
      `name the document's host, and warn where only loopback proves the client: ${redirectUri}`,
      async (t) => {
        const server = await aServer({ outbound: documentHost });
        t.after(() => server.close());
        const page = await pageFor(server, { id: documentUrl }, redirectUri);
        assert.match(
          page,
          /<bdi>apps\.example\.org<\/bdi><\/span><\/strong><span class="hint">Described by its own document/,
        );
        assert.match(page, new RegExp(`<bdi>${new URL(redirectUri).host}</bdi>`));
        assert.equal(loopbackWarning.test(page), loopback);
        assert.match(page, /Bank of &lt;b&gt;Example&lt;\/b&gt;/);
        assert.doesNotMatch(page, /logo\.png/);
      },
    );
  }

  spec("CIMD-11", "say for a day that a document's client is new here, and of no other client", async (t) => {
    const server = await aServer({ outbound: documentHost });
    t.after(() => server.close());
    const isNew = async (client: Pick<Client, "id">) =>
      (await pageFor(server, client, redirects[0] ?? "")).includes("This app is new here.");
    assert.equal(await isNew({ id: documentUrl }), true);
    server.clock.advance(86_399);
    assert.equal(await isNew({ id: documentUrl }), true);
    server.clock.advance(1);
    assert.equal(await isNew({ id: documentUrl }), false);
    for (const kind of ["registered", "self-registered"] as const) {
      assert.equal(await isNew(await server.client({ kind, redirectUris: redirects })), false);
    }
  });

  spec(["I2-CONSENT", "O21-AS-36"], "list each scope as a sentence with its risk and a box", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const page = await pageFor(server, await server.client(), callback);
    for (const [sentence, risk, name] of [
      ["Use the example tools", "Low risk", "tools:use"],
      ["Write notes in your name", "Medium risk", "notes:write"],
      ["Know that it is you who signed in", "Low risk", "openid"],
    ]) {
      assert.match(page, new RegExp(`${sentence}[\\s\\S]{0,200}${risk}[\\s\\S]{0,120}${name}`));
    }
    assert.equal(page.match(/type="checkbox"/g)?.length, 3);
    assert.match(page, /ada@example\.com/);
    assert.match(page, /https:\/\/mcp\.example\.com\/mcp/);
  });
});
