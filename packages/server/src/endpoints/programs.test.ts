import assert from "node:assert/strict";
import { describe } from "node:test";
import { login, post, redeem } from "../testing/a-login.ts";
import { claimsOf } from "../testing/a-program.ts";
import { aServer } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

const paths = ["/token", "/revoke", "/register", "/introspect"] as const;

describe("endpoints that programs call", () => {
  for (const path of paths) {
    for (const method of ["GET", "HEAD", "PUT", "DELETE", "PATCH"]) {
      spec("O21-AS-15", `${path} does not take ${method}`, async () => {
        const server = await aServer();
        const answer = await server.fetchHere(`${server.issuer}${path}`, { method });
        assert.deepEqual([answer.status, answer.headers.get("allow")], [405, "POST"]);
        await server.close();
      });
    }
  }

  for (const path of ["/token", "/revoke", "/register", "/userinfo"]) {
    spec(["O21-AS-15", "CL-11"], `${path} can be called by a page elsewhere, refusals included`, async () => {
      const server = await aServer();
      const init = { headers: { origin: "https://app.example", "access-control-request-method": "POST" } };
      const preflight = await server.fetchHere(`${server.issuer}${path}`, { method: "OPTIONS", ...init });
      assert.equal(preflight.status, 204);
      assert.equal(preflight.headers.get("access-control-allow-origin"), "*");
      assert.equal(preflight.headers.get("access-control-allow-credentials"), null);
      assert.match(
        preflight.headers.get("access-control-allow-headers") ?? "",
        /Authorization.*MCP-Protocol-Version/,
      );
      const refused = await server.fetchHere(`${server.issuer}${path}`, {
        method: "POST",
        body: "x",
        ...init,
      });
      assert.ok(refused.status >= 400);
      assert.equal(refused.headers.get("access-control-allow-origin"), "*");
      await server.close();
    });
  }

  for (const { kind, about } of [
    { kind: "public", about: {} },
    { kind: "confidential", about: { authMethods: ["client_secret_post"] } },
  ] as const) {
    spec("MCP-AS-01", `serve a ${kind} client from code to revocation`, async () => {
      const server = await aServer();
      const client = await server.client(about);
      const proof = {
        client_id: client.id,
        ...(kind === "confidential" && { client_secret: client.secret }),
      };
      const { code, verifier } = await login(server, client);
      const grant = { grant_type: "authorization_code", code, code_verifier: verifier };
      const tokens = (await post(server, "/token", { ...proof, ...grant })).body;
      const again = { grant_type: "refresh_token", refresh_token: tokens.refresh_token };
      const next = await post(server, "/token", { ...proof, ...again });
      assert.equal(next.status, 200);
      assert.equal((await post(server, "/revoke", { ...proof, token: next.body.refresh_token })).status, 200);
      assert.equal((await post(server, "/token", { ...proof, ...again })).body.error, "invalid_grant");
      await server.close();
    });
  }

  spec(["MCP-AS-26", "O21-AS-02"], "say what was granted when it differs from what was asked", async () => {
    const server = await aServer();
    const client = await server.client();
    const tokens = await redeem(
      server,
      client,
      await login(server, client, { scope: "tools:use tools:use openid" }),
    );
    assert.equal(tokens.body.scope, "tools:use openid");
    assert.equal(claimsOf(tokens.body.access_token).scope, "tools:use openid");
    await server.close();
  });

  spec(
    ["O21-AS-05", "O21-AS-33", "BCP-16"],
    "never give an account and a client names of one form",
    async () => {
      const server = await aServer();
      const client = await server.client();
      const tokens = (await redeem(server, client, await login(server, client, { scope: "openid" }))).body;
      const { sub } = claimsOf(tokens.access_token);
      assert.match(String(sub), /^acc_/);
      const body = JSON.stringify({ redirect_uris: ["https://app.example.com/callback"] });
      const init = { method: "POST", body, headers: { "content-type": "application/json" } };
      const registered = await (await server.fetchHere(`${server.issuer}/register`, init)).json();
      assert.match((registered as { client_id: string }).client_id, /^client_/);
      await server.close();
    },
  );

  for (const [name, value] of [
    ["client_id", "\u001B[2J\r\n\u0000\u202E"],
    ["client_id", "https://app.example.com/\u001B[2J"],
    ["client_id", "x".repeat(60_000)],
    ["grant_type", "\u001B[2J\n"],
    ["redirect_uri", "https://app.example.com/\u001B[2J\n"],
    ["scope", "y".repeat(60_000)],
    ["resource", `https://other.example.com/${"z".repeat(60_000)}`],
    ["resource", "\u001B[2J"],
  ] as const) {
    spec(
      ["P-3", "O21-AS-39"],
      `tell of ${name} ${JSON.stringify(value.slice(0, 30))} in a short printable line`,
      async () => {
        const server = await aServer();
        const client = await server.client();
        const { code, verifier } = await login(server, client);
        const forms = [
          { grant_type: "authorization_code", code, code_verifier: verifier },
          { grant_type: "refresh_token", refresh_token: "x" },
          { grant_type: "client_credentials" },
        ];
        for (const form of forms)
          await post(server, "/token", { ...form, client_id: client.id, [name]: value });
        for (const step of server.audit.steps.filter(({ outcome }) => outcome === "refused")) {
          assert.match(`${step.says}${step.clientId}`, /^[\x20-\x7E]{1,1500}$/);
        }
        assert.ok(server.audit.steps.some(({ outcome }) => outcome === "refused"));
        await server.close();
      },
    );
  }
});
