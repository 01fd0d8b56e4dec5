import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { aGateway, rulesOf, type TestGateway } from "./testing/a-gateway.ts";

const page = readFileSync(join(import.meta.dirname, "../../../../docs/operate/protect-upstream.md"), "utf8");
const [, example = ""] = /```yaml\n(# mcp\.yaml\n[\s\S]*?)```/.exec(page) ?? [];

describe("the rules for an MCP server on the page for operators", () => {
  const ends: (() => void | Promise<void>)[] = [];
  let gateway: TestGateway;
  before(async () => {
    const listener = (_in: unknown, out: { end(text: string): void }) => out.end("{}");
    gateway = await aGateway({ after: (end) => void ends.unshift(end) }, listener, {
      rules: rulesOf(example),
    });
  });
  after(async () => {
    for (const end of ends) await end();
  });

  const call = (name: string) => ({ method: "tools/call", params: { name } });
  for (const { given, message, scope = "mcp:read", status } of [
    { given: "the handshake", message: { method: "initialize", params: {} }, status: 200 },
    { given: "a notification", message: { method: "notifications/initialized" }, status: 200 },
    { given: "a list", message: { method: "tools/list" }, status: 200 },
    { given: "a tool that is named", message: call("search"), status: 200 },
    { given: "a risky tool without its scope", message: call("delete_file"), status: 403 },
    { given: "a risky tool in capitals", message: call("DELETE_FILE"), status: 403 },
    {
      given: "a risky tool with its scope",
      message: call("delete_file"),
      scope: "mcp:read mcp:tool:delete_file",
      status: 200,
    },
    { given: "a tool that no rule names", message: call("other"), status: 403 },
    { given: "a call without a name", message: { method: "tools/call" }, status: 403 },
    { given: "a client's answer", message: { result: {} }, status: 403 },
    { given: "several messages at once", message: [call("search")], status: 400 },
  ]) {
    it(`answer ${status} to ${given}`, async () => {
      const body = Array.isArray(message) ? message : { jsonrpc: "2.0", id: 1, ...message };
      const authorization = `Bearer ${await gateway.token(scope)}`;
      const headers = { authorization, "content-type": "application/json" };
      const answer = await fetch(gateway.resource, { method: "POST", headers, body: JSON.stringify(body) });
      assert.equal(answer.status, status);
    });
  }

  it("open the stream to whoever may read", async () => {
    const headers = { authorization: `Bearer ${await gateway.token("mcp:read")}` };
    assert.equal((await fetch(gateway.resource, { headers })).status, 200);
  });
});
