import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { createAgent, memoryStore } from "@valetkey/agent";
import { type ADemonstration, aDemonstration } from "../a-demonstration.ts";

describe("an MCP client by the official package, with the agent's fetch", () => {
  let demonstration: ADemonstration;
  before(async () => {
    demonstration = await aDemonstration();
  });
  after(() => demonstration.close());

  for (const dpop of [false, true]) {
    it(`[I5-LOGIN] calls tools, and steps up when one needs more${dpop ? ", with a key of its own" : ""}`, async () => {
      const { mcpUrl } = demonstration;
      const showAddress = async (address: URL) => {
        await fetch(await demonstration.approve(address.href));
      };
      const stepUps: (readonly string[])[] = [];
      const agent = createAgent({
        resource: mcpUrl,
        store: memoryStore(),
        dpop,
        async onStepUp({ scopes }) {
          stepUps.push(scopes);
          await agent.signIn({ scopes, showAddress });
          return true;
        },
      });
      await agent.signIn({ showAddress });
      const client = new Client({ name: "test", version: "1.0.0" });
      await client.connect(new StreamableHTTPClientTransport(new URL(mcpUrl), { fetch: agent.fetch }));
      try {
        const { tools } = await client.listTools();
        assert.ok(tools.some(({ name }) => name === "add_note"));
        const who = await client.callTool({ name: "whoami", arguments: {} });
        assert.match(JSON.stringify(who.content), /notes:read/);
        const noted = await client.callTool({ name: "add_note", arguments: { note: "Water the plants." } });
        assert.match(JSON.stringify(noted.content), /Noted/);
        assert.deepEqual(stepUps, [["notes:read", "notes:write"]]);
      } finally {
        await client.close();
      }
    });
  }
});
