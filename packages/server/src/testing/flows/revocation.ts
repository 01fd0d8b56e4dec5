import assert from "node:assert/strict";
import { login, redeem } from "../a-login.ts";
import { mcp } from "../a-server.ts";
import { App, basic } from "./app.ts";
import type { Flow } from "./flow.ts";
import { Stage } from "./stage.ts";

export const revocation: Flow = {
  title: "Revocation, and the feed that tells resources",
  says:
    "A resource that checks tokens by itself follows the revocation feed and hears what ended before its time. A revoked " +
    "refresh token ends its lineage, and with it the access tokens. RFC 7009, docs/decisions/0012-revocation-feed.md.",
  async play() {
    const stage = await Stage.open();
    const { server } = stage;
    const app = new App(stage);
    const resource = new App(stage, "MCP server");
    const client = await server.client();
    const { body: tokens } = await redeem(server, client, await login(server, client));
    const lookout = await server.client({
      ...{ authMethods: ["client_secret_basic"], grantTypes: [], introspects: [mcp] },
    });
    const proof = basic(lookout.id, lookout.secret);
    const page = await resource.post("/revocations", {}, proof);
    await app.post("/revoke", { client_id: client.id, token: tokens.refresh_token });
    const form = { after: String(page.next), wait: "1" };
    const news = (await resource.post("/revocations", form, proof)).events as readonly unknown[];
    assert.equal(news.length, 1);
    stage.note(
      ["App", "MCP server"],
      "The app calls with its access token, which has not expired, and is refused",
    );
    const { active } = await resource.post("/introspect", { token: tokens.access_token }, proof);
    assert.equal(active, false);
    return stage;
  },
};
