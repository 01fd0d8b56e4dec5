import assert from "node:assert/strict";
import { after, before, describe } from "node:test";
import { redirectTricks, trickedRedirects } from "@valetkey/protocol/redirect-uri.tricks";
import type { ABrowser } from "../testing/a-browser.ts";
import { authorizationUrl, login, pkce } from "../testing/a-login.ts";
import { type AServer, aServer, callback } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

describe("the redirect of an authorization request", () => {
  let server: AServer;
  let browser: ABrowser;
  before(async () => {
    server = await aServer();
    ({ browser } = await login(server, await server.client()));
  });
  after(() => server.close());

  async function ask(
    clientId: string | undefined,
    redirectUri: string | readonly string[] | undefined,
    headers: Readonly<Record<string, string>> = {},
    more: Readonly<Record<string, string | readonly string[]>> = {},
  ): Promise<Response> {
    const asked = {
      client_id: clientId,
      redirect_uri: redirectUri,
      code_challenge: pkce().challenge,
      ...more,
    };
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    return await server.fetchHere(authorizationUrl(server, { id: "" }, asked), {
      headers: { cookie, accept: "text/html", ...headers },
    });
  }

  async function staysHere(response: Response, refusal: string): Promise<void> {
    const body = await response.text();
    assert.deepEqual([response.status, response.headers.get("location")], [400, null]);
    assert.equal(server.audit.lastRefusal, refusal);
    assert.doesNotMatch(body, /http-equiv|<script|evil/i);
  }

  for (const { trick, uri } of redirectTricks) {
    spec(
      ["O21-AS-06", "O21-AS-07", "O21-AS-10", "O21-AS-39", "MCP-AS-21", "BCP-01", "CL-05"],
      `goes nowhere by ${trick}: ${JSON.stringify(uri)}`,
      async () => {
        const client = await server.client({ redirectUris: trickedRedirects });
        const refusal = uri === "" ? "redirect-uri.missing" : "redirect-uri.unregistered";
        for (const more of [{}, { prompt: "none" }, { scope: "bogus" }, { response_type: "token" }]) {
          await staysHere(await ask(client.id, uri, {}, more), refusal);
        }
      },
    );
  }

  for (const { given, clientId, redirectUri, refusal } of [
    {
      given: "an unknown client",
      clientId: "client_nobody",
      redirectUri: callback,
      refusal: "client.unknown",
    },
    { given: "no client", clientId: undefined, redirectUri: callback, refusal: "parameter.missing" },
    { given: "an empty client", clientId: "", redirectUri: callback, refusal: "parameter.missing" },
    {
      given: "the client __proto__",
      clientId: "__proto__",
      redirectUri: callback,
      refusal: "client.unknown",
    },
    {
      given: "a document on http",
      clientId: "http://evil.com/c.json",
      redirectUri: callback,
      refusal: "document.url",
    },
    {
      given: "a document that cannot be fetched",
      clientId: "https://evil.com/c.json",
      redirectUri: callback,
      refusal: "document.unreachable",
    },
  ]) {
    spec(["O21-AS-10", "CL-17", "MCP-AS-22"], `shows a page for ${given}`, async () => {
      const page = await (await ask(clientId, redirectUri)).text();
      assert.equal(page.includes("This app is not known here"), refusal !== "parameter.missing");
      for (const more of [{}, { prompt: "none" }]) {
        await staysHere(await ask(clientId, redirectUri, {}, more), refusal);
      }
    });
    spec("CL-17", `tells a program that asks for JSON about ${given}`, async () => {
      const response = await ask(clientId, redirectUri, { accept: "application/json" });
      assert.deepEqual([response.status, response.headers.get("location")], [400, null]);
      const code = refusal === "parameter.missing" ? "invalid_request" : "invalid_client";
      assert.equal(((await response.json()) as { error: string }).error, code);
      assert.equal(response.headers.get("www-authenticate"), null);
    });
  }

  spec("O21-AS-10", "shows a page for a client that is switched off", async () => {
    const client = await server.client({ disabledAt: server.clock.now() });
    await staysHere(await ask(client.id, callback), "client.disabled");
  });

  for (const name of ["client_id", "redirect_uri", "state"]) {
    spec("O21-AS-14", `shows a page where ${name} comes twice`, async () => {
      const client = await server.client();
      const twice = { client_id: client.id, redirect_uri: callback, state: "s", [name]: ["a", "b"] };
      const url = authorizationUrl(server, client, { code_challenge: pkce().challenge, ...twice });
      await staysHere(
        await server.fetchHere(url, { headers: { accept: "text/html" } }),
        "parameter.repeated",
      );
    });
  }

  spec("O21-AS-09", "must be named by a client that registered several", async () => {
    const several = await server.client({ redirectUris: [callback, `${callback}/2`] });
    await staysHere(await ask(several.id, undefined), "redirect-uri.missing");
    await staysHere(await ask(several.id, ""), "redirect-uri.missing");
    const one = await server.client();
    assert.equal((await ask(one.id, undefined)).status, 303);
  });

  spec("O21-AS-06", "keeps a registered query", async () => {
    const client = await server.client({ redirectUris: [`${callback}?tenant=a%20b`] });
    const visit = await browser.open(
      authorizationUrl(server, client, {
        redirect_uri: `${callback}?tenant=a%20b`,
        scope: "bogus",
        code_challenge: "",
      }),
    );
    assert.ok(visit.url.startsWith(`${callback}?tenant=a%20b&error=`), visit.url);
  });

  for (const { registered, asked } of [
    { registered: "http://127.0.0.1/callback", asked: "http://127.0.0.1:51234/callback" },
    { registered: "http://localhost/callback", asked: "http://localhost:3118/callback" },
    { registered: "http://localhost:8080/callback", asked: "http://localhost:3118/callback" },
    { registered: "http://[::1]/callback", asked: "http://[::1]:4000/callback" },
    { registered: "http://127.0.0.1:33418/", asked: "http://127.0.0.1:1/" },
  ]) {
    spec(["CL-05", "O21-AS-07"], `takes ${asked} for ${registered}`, async () => {
      const client = await server.client({ kind: "self-registered", redirectUris: [registered] });
      const answer = await browser.approve(
        authorizationUrl(server, client, { redirect_uri: asked, code_challenge: pkce().challenge }),
        { email: "", password: "" },
      );
      assert.ok(answer.href.startsWith(`${asked}?code=`), answer.href);
    });
  }
});
