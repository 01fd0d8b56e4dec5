import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../packages/server/src/adapters/open-store.ts";
import { startDemo } from "../packages/server/src/demo/start.ts";
import { allow } from "../packages/server/src/operations/allowances.ts";
import { newResource } from "../packages/server/src/operations/new-resource.ts";
import { everyone } from "../packages/server/src/records/role.ts";
import { ABrowser } from "../packages/server/src/testing/a-browser.ts";
import { pkce } from "../packages/server/src/testing/a-login.ts";

export type ADemonstration = Awaited<ReturnType<typeof aDemonstration>>;

/** The demonstration on free ports, over real HTTP, its data in a folder that is removed at the end. */
export async function aDemonstration() {
  const data = mkdtempSync(join(tmpdir(), "valetkey-conformance-"));
  const demo = await startDemo({ port: 0, data });
  const { issuer, mcp_url, api_url, accounts } = demo.facts;
  const account = (name: string) => {
    const found = accounts.find(({ email }) => email.startsWith(`${name.toLowerCase()}@`));
    assert.ok(found);
    return found;
  };

  return {
    issuer,
    mcpUrl: mcp_url,
    apiUrl: api_url,
    /** RFC 7591: a public client with one loopback redirect, which fits any port. */
    async registered(): Promise<string> {
      const response = await fetch(`${issuer}/register`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ client_name: "Referee", redirect_uris: ["http://127.0.0.1/callback"] }),
      });
      assert.equal(response.status, 201);
      return ((await response.json()) as { client_id: string }).client_id;
    },
    /** Somebody, in a new browser, allows what the page offers: where the browser is sent then. */
    async approve(authorizationUrl: string, who = "Ada"): Promise<URL> {
      const overHttp = (input: string | URL | Request, init?: RequestInit) =>
        fetch(input, { ...init, redirect: "manual" });
      return await new ABrowser({ issuer, fetchHere: overHttp }).approve(authorizationUrl, account(who));
    },
    /** Another resource, for everybody, as `valetkey resource add` makes it beside the running server. */
    async register(identifier: string, sentences: Readonly<Record<string, string>>): Promise<void> {
      const scopes = Object.entries(sentences).map(([name, sentence]) => ({ name, sentence }));
      const usual = { risks: [], machines: [], onlyMachines: [], defaultScopes: undefined, lifetime: null };
      const store = await openStore(join(data, "valetkey.sqlite"));
      try {
        const now = Math.floor(Date.now() / 1000);
        await store.resources.add(newResource({ identifier, name: undefined, scopes, ...usual }, now));
        const allows = scopes.map(({ name: scope }) => ({ resource: identifier, scope }));
        await allow(store.roles, everyone, allows);
      } finally {
        await store.close();
      }
    },
    /** An access token of Ada's for the example MCP server, unless somebody or something else is named. */
    async token(scope: string, resource = mcp_url, who = "Ada"): Promise<string> {
      const clientId = await this.registered();
      const { verifier, challenge } = pkce();
      const asked = {
        client_id: clientId,
        redirect_uri: "http://127.0.0.1:1/callback",
        resource,
        scope,
        code_challenge: challenge,
        code_challenge_method: "S256",
        response_type: "code",
      };
      const answer = await this.approve(`${issuer}/authorize?${new URLSearchParams(asked)}`, who);
      const form = {
        grant_type: "authorization_code",
        client_id: clientId,
        redirect_uri: asked.redirect_uri,
        code: answer.searchParams.get("code") ?? "",
        code_verifier: verifier,
      };
      const response = await fetch(`${issuer}/token`, { method: "POST", body: new URLSearchParams(form) });
      assert.equal(response.status, 200);
      return ((await response.json()) as { access_token: string }).access_token;
    },
    async close() {
      await demo.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
