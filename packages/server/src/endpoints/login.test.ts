import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { login, post, redeem, refresh } from "../testing/a-login.ts";
import { aServer } from "../testing/a-server.ts";

describe("a login, end to end", () => {
  it("brings a code home, redeems it, refreshes, revokes", async () => {
    const server = await aServer();
    const client = await server.client();
    const { answer, ...code } = await login(server, client, { scope: "openid email tools:use" });
    assert.equal(answer.searchParams.get("iss"), server.issuer);
    assert.equal(answer.searchParams.get("state"), "state-1");
    const tokens = await redeem(server, client, code);
    assert.equal(tokens.status, 200, JSON.stringify(tokens.body));
    assert.equal(tokens.body.scope, "tools:use openid email");
    const next = await refresh(server, client, tokens.body.refresh_token);
    assert.equal(next.status, 200, JSON.stringify(next.body));
    assert.notEqual(next.body.refresh_token, tokens.body.refresh_token);
    const revoked = await post(server, "/revoke", { client_id: client.id, token: next.body.refresh_token });
    assert.equal(revoked.status, 200);
    const dead = await refresh(server, client, next.body.refresh_token);
    assert.deepEqual(
      [dead.status, dead.body.error, server.audit.lastRefusal],
      [400, "invalid_grant", "refresh.ended"],
    );
    await server.close();
  });
});
