import assert from "node:assert/strict";
import type { IncomingHttpHeaders } from "node:http";
import { describe, it } from "node:test";
import { aGateway, rulesOf } from "./testing/a-gateway.ts";

const broad = "rules:\n  - { methods: [GET, POST], path: /**, content_types: ['*/*'], scopes: [all] }\n";
const reading = `${broad}  - { methods: [POST], path: /**, models: [m], scopes: [all] }\n`;
const callOf = (name: string, more: object = {}) => ({
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: { name },
  ...more,
});
const named = (name: string) => ({ "mcp-method": "tools/call", "mcp-name": name });

describe("Mcp-Method and Mcp-Name in front of an MCP server", () => {
  for (const {
    given,
    method = "POST",
    type = "application/json",
    body,
    headers,
    status = 200,
    passes = false,
  } of [
    { given: "that say what the body says", body: callOf("read"), headers: named("read"), passes: true },
    {
      given: "that name a resource",
      body: { jsonrpc: "2.0", id: 1, method: "resources/read", params: { uri: "a:b" } },
      headers: { "mcp-method": "resources/read", "mcp-name": "a:b" },
      passes: true,
    },
    {
      given: "with a name beyond ASCII",
      body: callOf("é"),
      headers: named(`=?base64?${Buffer.from("é").toString("base64")}?=`),
      passes: true,
    },
    { given: "with another name", body: callOf("delete"), headers: named("read"), status: 400 },
    { given: "with another method", body: callOf("x"), headers: { "mcp-method": "tools/list" }, status: 400 },
    {
      given: "with a name that does not decode",
      body: callOf("x"),
      headers: named("=?base64?/w==?="),
      status: 400,
    },
    { given: "beside JSON that is no JSON-RPC", body: { name: "read" }, headers: named("read") },
    { given: "beside several messages", body: [callOf("read")], headers: named("read") },
    {
      given: "beside a body of two readings",
      body: '{"jsonrpc":"2.0","method":"a","method":"b"}',
      headers: named("a"),
    },
    { given: "beside another type", type: "text/plain", body: callOf("read"), headers: named("read") },
    { given: "without a body", method: "GET", headers: named("read") },
  ] as const) {
    for (const rules of "body" in { body } &&
    (Array.isArray(body) || typeof body === "string" || type !== "application/json")
      ? [broad]
      : [broad, reading]) {
      const where = rules === broad ? "" : ", where a rule reads the body,";
      it(`[MCP-RS-14] ${given}${where} ${status === 400 ? "are refused" : passes ? "pass" : "are left out"}`, async (t) => {
        const seen: { headers: IncomingHttpHeaders; text: string }[] = [];
        const { resource, token } = await aGateway(
          t,
          async (incoming, outgoing) => {
            let text = "";
            for await (const chunk of incoming) text += String(chunk);
            seen.push({ headers: incoming.headers, text });
            outgoing.end("{}");
          },
          { rules: rulesOf(rules) },
        );
        const text = typeof body === "string" ? body : JSON.stringify(body);
        const answer = await fetch(`${resource}/mcp`, {
          method,
          headers: {
            authorization: `Bearer ${await token()}`,
            ...(body && { "content-type": type }),
            ...headers,
          },
          ...(body && { body: text }),
        });
        assert.equal(answer.status, status);
        assert.equal(seen.length, status === 400 ? 0 : 1);
        if (status === 400) return;
        const [{ headers: got, text: there } = { headers: {}, text: "" }] = seen;
        assert.equal(there, text ?? "");
        const left = { "mcp-method": got["mcp-method"], "mcp-name": got["mcp-name"] };
        assert.deepEqual(left, { "mcp-method": undefined, "mcp-name": undefined, ...(passes && headers) });
      });
    }
  }
});
