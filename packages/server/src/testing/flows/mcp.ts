import assert from "node:assert/strict";
import { callback, mcp } from "../a-server.ts";
import { App } from "./app.ts";
import type { Flow } from "./flow.ts";
import { aGuardedServer, toolCall } from "./mcp-stage.ts";
import { Stage } from "./stage.ts";

const documentUrl = "https://agent.example.com/oauth/client.json";
const metadata = "https://mcp.example.com/.well-known/oauth-protected-resource/mcp";

async function anAgent() {
  const stage = await Stage.open();
  const document = { client_id: documentUrl, client_name: "Agent", redirect_uris: [callback] };
  stage.outside.says(documentUrl, document, { freshFor: 86_400 });
  const agent = new App(stage, "Agent");
  return { stage, agent, call: aGuardedServer(stage, "Agent") };
}

export const mcpFirstContact: Flow = {
  title: "First contact with an MCP server",
  says:
    "An agent knows nothing but the server's URL. The 401 names the resource's metadata (RFC 9728), that names the " +
    "issuer, and the issuer's metadata (RFC 8414) names the rest. MCP authorization.",
  async play() {
    const { stage, agent, call } = await anAgent();
    const { issuer } = stage.server;
    assert.equal((await call(mcp, toolCall(undefined, "list_notes"))).status, 401);
    assert.equal((await call(metadata)).status, 200);
    await agent.fetch(`${issuer}/.well-known/oauth-authorization-server`);
    const code = await agent.login(stage.browser(), documentUrl, { scope: "tools:use" });
    const { body } = await agent.redeem(documentUrl, code);
    assert.equal((await call(mcp, toolCall(body.access_token, "list_notes"))).status, 200);
    return stage;
  },
};

export const stepUp: Flow = {
  title: "Step-up",
  says:
    "A tool needs more than was granted: the 403 names the scope, the app asks for it, and the person is asked for what " +
    "is new. MCP authorization, RFC 6750 §3.1.",
  async play() {
    const { stage, agent, call } = await anAgent();
    const browser = stage.browser();
    const { body: first } = await agent.redeem(
      documentUrl,
      await agent.login(browser, documentUrl, { scope: "tools:use" }),
    );
    await call(mcp, toolCall(first.access_token, "list_notes"));
    stage.steps.splice(0, stage.steps.length);
    stage.note("Agent", "Signed in, with a token for tools:use");
    assert.equal((await call(mcp, toolCall(first.access_token, "add_note"))).status, 403);
    const wider = { scope: "tools:use notes:write" };
    const { body } = await agent.redeem(documentUrl, await agent.login(browser, documentUrl, wider));
    assert.equal((await call(mcp, toolCall(body.access_token, "add_note"))).status, 200);
    return stage;
  },
};
