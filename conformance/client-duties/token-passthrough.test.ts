import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { after, before, describe, it, mock } from "node:test";
import { client } from "../../examples/mcp-login/with-client.ts";
import { type ADemonstration, aDemonstration } from "../a-demonstration.ts";
import { aWorld, type World } from "./world.ts";

describe("where a client's token goes behind the guard", () => {
  let world: World;
  before(async () => {
    world = await aWorld();
  });
  after(() => world.close());

  it("[MCP-RS-06] the guard sends it to the issuer's introspection endpoint, in the body, and nowhere else", async () => {
    const one = world.client(client);
    await world.signIn(one);
    await one.connection.call("whoami");
    const token = one.provider.tokens()?.access_token ?? "";
    assert.ok(token);
    const all = world.askedByTheGuard;
    assert.ok(all.every(({ url }) => new URL(url).origin === world.server.issuer));
    const carrying = all.filter((one) =>
      JSON.stringify([one.url, [...one.headers], one.body]).includes(token),
    );
    assert.ok(carrying.length > 0);
    for (const { method, url, headers, body } of carrying) {
      assert.equal(`${method} ${url}`, `POST ${world.server.issuer}/introspect`);
      assert.equal(new URLSearchParams(body).get("token"), token);
      assert.match(headers.get("authorization") ?? "", /^Basic /, "the resource's own credentials");
    }
  });
});

describe("where a client's token goes behind the demonstration's servers", () => {
  let demo: ADemonstration;
  before(async () => {
    demo = await aDemonstration();
  });
  after(() => demo.close());

  it("[MCP-RS-06] the notes and the models send it to the issuer's introspection endpoint and nowhere else", async () => {
    const tokens = [await demo.token("notes:read"), await demo.token("inference:read", demo.apiUrl)] as const;
    const asked: { url: string; text: string }[] = [];
    const otherwise: unknown[] = [];
    const onOther = (message: unknown) => void otherwise.push(message);
    const real = globalThis.fetch;
    subscribe("http.client.request.start", onOther);
    const replaced = mock.method(
      globalThis,
      "fetch",
      async (input: string | URL | Request, init?: RequestInit) => {
        const request = new Request(input, init);
        const text = JSON.stringify([request.url, [...request.headers], await request.clone().text()]);
        asked.push({ url: request.url, text });
        return await real(request);
      },
    );
    try {
      const call = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "whoami", arguments: {} } };
      const notes = await real(demo.mcpUrl, {
        method: "POST",
        headers: {
          authorization: `Bearer ${tokens[0]}`,
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
        },
        body: JSON.stringify(call),
      });
      const said = await notes.text();
      assert.match(said, /You are /);
      const models = await real(`${demo.apiUrl}/v1/models`, {
        headers: { authorization: `Bearer ${tokens[1]}` },
      });
      assert.equal(models.status, 200);
      for (const answer of [said, await models.text()])
        assert.ok(tokens.every((token) => !answer.includes(token)));
    } finally {
      replaced.mock.restore();
      unsubscribe("http.client.request.start", onOther);
    }
    for (const token of tokens) {
      const carrying = asked.filter(({ text }) => text.includes(token)).map(({ url }) => url);
      assert.deepEqual(carrying, [`${demo.issuer}/introspect`]);
    }
    assert.deepEqual(otherwise, [], "nothing goes out but by fetch");
  });
});
