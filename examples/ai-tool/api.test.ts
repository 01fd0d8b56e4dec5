import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { createMachine, exchangeToken } from "@valetkey/agent";
import { type Door, door } from "./door.ts";
import { signedIn } from "./testing/sign-in.ts";
import { startTool, type Tool } from "./tool.ts";

/** What a model server might stream, oddities and all. */
const streamed = ': hello\r\n\r\ndata: {"choices":[{"delta":{"content":"Grüße"}}]}\r\n\r\ndata: [DONE]\n\n';
const asked = JSON.stringify({
  model: "m",
  stream: true,
  messages: [{ role: "user", content: "Wie geht es?" }],
});
const examples = JSON.stringify({ title: "Lamps", text: "Does it dim? => Yes" });

const data = mkdtempSync(join(tmpdir(), "lantern-test-"));
const heard: { headers: IncomingHttpHeaders; body: string }[] = [];
let model: Door;
let tool: Tool;

before(async () => {
  model = await door(0);
  model.open(async (incoming, outgoing) => {
    heard.push({ headers: incoming.headers, body: await text(incoming) });
    outgoing.writeHead(200, { "content-type": "text/event-stream" }).end(streamed);
  });
  tool = await startTool({ port: 0, data, upstream: { url: `${model.origin}/v1`, key: "of-the-tool" } });
});
after(async () => {
  await tool?.close();
  await model?.close();
  rmSync(data, { recursive: true, force: true });
});

function post(path: string, body: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(tool.api + path, { method: "POST", body, headers });
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A token of the nightly job for some resource. */
async function jobToken(resource: string, scope: string): Promise<string> {
  const { issuer, identity } = tool;
  const job = createMachine({ issuer, resource, client: identity.credentials.job, scopes: [scope] });
  return (await job.token()).accessToken;
}

describe("the API refuses", () => {
  for (const { given, headers, query = "", status, challenge } of [
    { given: "a call without a token", headers: async () => ({}), status: 401, challenge: /^Bearer scope=/ },
    {
      given: "a token in the URL",
      headers: async () => ({}),
      query: async () => `?access_token=${(await signedIn(tool, "Anna", "inference:read")).access_token}`,
      status: 401,
      challenge: /^Bearer scope=/,
    },
    {
      given: "a token for another audience",
      headers: async () => bearer(await foreignToken()),
      status: 401,
      challenge: /error="invalid_token"/,
    },
    {
      given: "a token that was tampered with",
      headers: async () => {
        const { access_token } = await signedIn(tool, "Anna", "inference:read");
        return bearer(`${access_token.slice(0, -8)}AAAAAAAA`);
      },
      status: 401,
      challenge: /error="invalid_token"/,
    },
    {
      given: "the job where it may not go",
      headers: async () => bearer(await jobToken(tool.api, "datasets:upload")),
      status: 403,
      challenge: /error="insufficient_scope".*scope="inference:read"/,
    },
    {
      given: "the page of somebody else",
      headers: async () => ({
        origin: "https://elsewhere.example",
        ...bearer((await signedIn(tool, "Anna", "inference:read")).access_token),
      }),
      status: 403,
    },
  ]) {
    it(given, async () => {
      const before = heard.length;
      const path = `/v1/chat/completions${query && (await query())}`;
      const response = await post(path, asked, await headers());
      assert.equal(response.status, status);
      if (challenge) assert.match(response.headers.get("www-authenticate") ?? "", challenge);
      assert.equal(heard.length, before, "the model heard nothing");
    });
  }

  /** The job's, for an API that is none of the tool's. */
  async function foreignToken(): Promise<string> {
    const { resources } = tool.identity.store;
    const [known] = await resources.list();
    assert.ok(known);
    const identifier = "https://payroll.example";
    await resources.add({ ...known, identifier, name: "Payroll" });
    return await jobToken(identifier, "datasets:upload");
  }
});

it("gives a person no scope that no role of theirs allows, whatever the page asks for", async () => {
  const all = "inference:read training:write audit:read";
  assert.equal((await signedIn(tool, "Anna", all)).scope, "inference:read");
  assert.equal((await signedIn(tool, "Tom", all)).scope, "inference:read training:write");
  assert.equal((await signedIn(tool, "Vera", all)).scope, "audit:read");
});

it("lets a trainer do no more than they let the page do", async () => {
  const { access_token } = await signedIn(tool, "Tom", "inference:read");
  const response = await post("/v1/training-data", examples, bearer(access_token));
  assert.equal(response.status, 403);
  assert.match(response.headers.get("www-authenticate") ?? "", /insufficient_scope.*scope="training:write"/);
});

it("sees the person and the agent in the agent's token, which may only ask", async () => {
  const { issuer, api, identity } = tool;
  const { access_token } = await signedIn(tool, "Tom", "inference:read training:write");
  const { agent: client } = identity.credentials;
  const onBehalf = { issuer, client, subjectToken: access_token, resource: api };
  const { accessToken } = await exchangeToken({ ...onBehalf, scopes: ["inference:read"] });
  const me = (await (await fetch(`${api}/v1/me`, { headers: bearer(accessToken) })).json()) as object;
  assert.partialDeepStrictEqual(me, { name: "Tom Reyes", actors: ["research-agent"] });
  assert.equal((await post("/v1/training-data", examples, bearer(accessToken))).status, 403);
  await assert.rejects(exchangeToken({ ...onBehalf, scopes: ["training:write"] }), { name: "AgentError" });
  const { job } = identity.credentials;
  await assert.rejects(exchangeToken({ ...onBehalf, client: job }), { name: "AgentError" });
});

it("hands a question to the model and its stream back as they are, with the tool's own key", async () => {
  const { access_token } = await signedIn(tool, "Anna", "inference:read");
  const response = await post("/v1/chat/completions", asked, bearer(access_token));
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  assert.equal(await response.text(), streamed);
  assert.equal(heard.at(-1)?.body, asked);
  assert.equal(heard.at(-1)?.headers.authorization, "Bearer of-the-tool");
});

it("says so when the model server is away, and keeps who asked", async () => {
  const { access_token } = await signedIn(tool, "Anna", "inference:read");
  await model.close();
  const response = await post("/v1/chat/completions", asked, bearer(access_token));
  assert.equal(response.status, 502);
  const vera = await signedIn(tool, "Vera", "audit:read");
  const activity = await fetch(`${tool.api}/v1/activity`, { headers: bearer(vera.access_token) });
  const { deeds } = (await activity.json()) as { deeds: object[] };
  assert.partialDeepStrictEqual(deeds[0], { subject: { name: "Anna Lind" }, outcome: "failed" });
});
