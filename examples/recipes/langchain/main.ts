import assert from "node:assert/strict";
import { serve } from "@hono/node-server";
import { answered, freePort, onStage, say } from "../stage.ts";
import { filesAgent } from "./agent.ts";
import { filesServer } from "./files-server.ts";
import { ScriptedModel } from "./scripted-model.ts";

const name = "water.txt";
const script = new ScriptedModel([
  { tool: "read_file", args: { name } },
  { answer: (heard) => `The plants get water on ${heard}.` },
  { tool: "delete_file", args: { name } },
  { answer: (heard) => `I may not: ${heard}` },
  { tool: "read_file", args: { name } },
  { answer: (heard) => `Still on ${heard}.` },
]);

await onStage(async ({ issuer, valetkey }) => {
  const port = await freePort();
  const resource = `http://127.0.0.1:${port}/mcp`;
  const server = serve({ fetch: filesServer(issuer, resource), port, hostname: "127.0.0.1" });
  const scopes = { "files:read": "Read files", "files:delete": "Delete files" };
  const options = Object.entries(scopes).flatMap(([scope, sentence]) => [
    ...["--scope", `${scope}=${sentence}`, "--machines", scope],
  ]);
  await valetkey("resource", "add", resource, "--name", "Files", ...options);
  const made = await valetkey(
    "client",
    "add",
    "--name",
    "Gardener",
    "--confidential",
    "--scope",
    "files:read",
  );
  const client = { id: String(made.client_id), secret: String(made.client_secret) };
  say("The MCP server is registered with a scope for each tool, the agent as a machine that may read.");

  try {
    assert.deepEqual(await answered(fetch(resource, { method: "POST" })), [401, ""]);
    const agent = await filesAgent(script, { resource, issuer, client, scopes: ["files:read"] });

    const told = (await agent.ask("When do the plants get water?")).at(-1)?.text;
    assert.equal(told, "The plants get water on Mondays and Thursdays.");
    say("The model called read_file over MCP, in the agent's own name, and answered from what it read.");

    const messages = await agent.ask("Delete that file.");
    const refused = messages.at(-2);
    assert.equal(refused && "status" in refused && refused.status, "error");
    assert.match(messages.at(-1)?.text ?? "", /^I may not: .*insufficient_scope/s);
    say("delete_file needs files:delete, which the agent was never given: the model was told, and said so.");

    const again = (await agent.ask("When do they get water, then?")).at(-1)?.text;
    assert.equal(again, "Still on Mondays and Thursdays.");
    say("The file is still there.");
    await agent.close();
  } finally {
    server.close();
  }
});
console.log("All as it should be.");
