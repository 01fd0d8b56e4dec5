import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createMachine, exchangeToken } from "@valetkey/agent";
import type { Outcome } from "./api/activity.ts";
import { type Door, door } from "./door.ts";
import { refreshed, signedIn } from "./testing/sign-in.ts";
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
const streams = (outgoing: ServerResponse) =>
  outgoing.writeHead(200, { "content-type": "text/event-stream" }).end(streamed);
/** How the model answers just now. */
let behave: (outgoing: ServerResponse) => unknown = streams;
let model: Door;
let tool: Tool;

before(async () => {
  model = await door(0);
  model.open(async (incoming, outgoing) => {
    heard.push({ headers: incoming.headers, body: await text(incoming) });
    behave(outgoing);
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

it("reads no form that is longer than any of the protocol", async () => {
  const body = new URLSearchParams({ grant_type: "x".repeat(100_000) });
  assert.equal((await fetch(`${tool.issuer}/token`, { method: "POST", body })).status, 413);
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

interface Line {
  readonly subject: { readonly name: string };
  readonly did: string;
  readonly detail: string;
  readonly outcome: Outcome;
}

/** What the auditor reads, newest first, without their own reading. */
async function recorded(): Promise<readonly Line[]> {
  const vera = await signedIn(tool, "Vera", "audit:read");
  const activity = await fetch(`${tool.api}/v1/activity`, { headers: bearer(vera.access_token) });
  const { deeds } = (await activity.json()) as { deeds: Line[] };
  return deeds.filter(({ did }) => did !== "read who did what");
}

/** Waits until the newest line tells this outcome. */
async function newestIs(outcome: Outcome): Promise<Line> {
  for (let tries = 0; ; tries++) {
    const [newest] = await recorded();
    if (newest?.outcome === outcome) return newest;
    assert.ok(tries < 50, `the newest line says ${newest?.outcome}, not ${outcome}`);
    await pause(20);
  }
}

describe("the record", () => {
  for (const { when, behaves } of [
    { when: "before the model says a word", behaves: () => undefined },
    {
      when: "in the midst of the answer",
      behaves: (outgoing: ServerResponse) => outgoing.writeHead(200).write(": hello\n\n"),
    },
  ]) {
    it(`keeps a question that somebody broke off ${when}`, async () => {
      const { access_token } = await signedIn(tool, "Anna", "inference:read");
      const { length } = heard;
      behave = behaves;
      try {
        const leaving = new AbortController();
        const body = asked;
        const headers = bearer(access_token);
        const question = fetch(`${tool.api}/v1/chat/completions`, {
          method: "POST",
          body,
          headers,
          signal: leaving.signal,
        });
        const read = question.then((response) => response.text());
        while (heard.length === length) await pause(5);
        assert.partialDeepStrictEqual(await newestIs("begun"), { subject: { name: "Anna Lind" } });
        leaving.abort();
        await assert.rejects(read, { name: "AbortError" });
        const line = await newestIs("broken off");
        assert.partialDeepStrictEqual(line, { subject: { name: "Anna Lind" }, did: "asked a model" });
        assert.equal(line.detail, `m, ${asked.length} characters`);
      } finally {
        behave = streams;
      }
    });
  }

  it("keeps that the model answered with an error, and hands it on", async () => {
    const { access_token } = await signedIn(tool, "Anna", "inference:read");
    behave = (outgoing) => outgoing.writeHead(500).end("{}");
    const response = await post("/v1/chat/completions", asked, bearer(access_token));
    behave = streams;
    assert.equal(response.status, 500);
    const { detail } = await newestIs("failed");
    assert.match(detail, /; the model server answered 500$/);
  });

  for (const { given, body, status, said } of [
    { given: "that are none", body: "{", status: 400, said: "without title and text" },
    { given: "that are too much", body: "x".repeat(300_000), status: 413, said: "more than 256 KB" },
  ]) {
    it(`keeps who submitted training data ${given}, which are refused with ${status}`, async () => {
      const { access_token } = await signedIn(tool, "Tom", "training:write");
      const response = await post("/v1/training-data", body, bearer(access_token));
      assert.equal(response.status, status);
      assert.partialDeepStrictEqual(await newestIs("failed"), {
        subject: { name: "Tom Reyes" },
        detail: said,
      });
    });
  }

  it("keeps what somebody wrote as one line that reads as it stands", async () => {
    const { access_token } = await signedIn(tool, "Tom", "inference:read training:write");
    const forged = 'Lamps\n{"at":1}\u2028\u202Egnihton\u200B\u001B[2K';
    const body = JSON.stringify({ title: forged, text: "a" });
    assert.equal((await post("/v1/training-data", body, bearer(access_token))).status, 202);
    assert.equal((await newestIs("done")).detail, 'Lamps?{"at":1}??gnihton??[2K, 1 line');
    const question = JSON.stringify({ model: `${"m".repeat(50)}\n\u2066${"n".repeat(400)}` });
    await (await post("/v1/chat/completions", question, bearer(access_token))).text();
    const { detail } = await newestIs("done");
    assert.match(detail, /^m{50}\?\?n+…?, \d+ characters$/);
  });

  it("has nothing of what is no part of the API", async () => {
    const { access_token } = await signedIn(tool, "Tom", "training:write");
    const before = await recorded();
    assert.equal((await post("/v1/elsewhere", "{}", bearer(access_token))).status, 404);
    assert.deepEqual(await recorded(), before);
  });
});

describe("a role taken away", () => {
  async function demoted(run: () => Promise<void>): Promise<void> {
    const { accounts } = tool.identity.store;
    const account = await accounts.findByEmail("tom@example.com");
    assert.ok(account);
    await accounts.setRoles(account.id, ["member"]);
    try {
      await run();
    } finally {
      await accounts.setRoles(account.id, account.roles);
    }
  }

  it("ends what it allowed at the next refresh, and a token lives a minute", async () => {
    const tom = await signedIn(tool, "Tom", "inference:read training:write");
    assert.equal(tom.expires_in, 60);
    assert.equal((await post("/v1/training-data", examples, bearer(tom.access_token))).status, 202);
    await demoted(async () => {
      const { access_token, scope } = await refreshed(tool, tom);
      assert.equal(scope, "inference:read");
      const response = await post("/v1/training-data", examples, bearer(access_token));
      assert.equal(response.status, 403);
    });
  });

  it("ends it at once where the person's grants are ended too", async () => {
    const { access_token } = await signedIn(tool, "Tom", "inference:read training:write");
    assert.equal((await post("/v1/training-data", examples, bearer(access_token))).status, 202);
    await demoted(async () => {
      const valetkey = fileURLToPath(new URL("../../packages/server/bin/valetkey.js", import.meta.url));
      const words = ["grants", "end-all", "--account", "tom@example.com", "--yes", "--data", data];
      await promisify(execFile)(process.execPath, ["--conditions=valetkey-source", valetkey, ...words]);
      for (let tries = 0; ; tries++) {
        const { status } = await post("/v1/training-data", examples, bearer(access_token));
        if (status === 401) break;
        assert.ok(tries < 100, `the API still answers ${status}`);
        await pause(50);
      }
    });
  });
});

it("says so when the model server is away, and keeps who asked", async () => {
  const { access_token } = await signedIn(tool, "Anna", "inference:read");
  await model.close();
  const response = await post("/v1/chat/completions", asked, bearer(access_token));
  assert.equal(response.status, 502);
  const line = await newestIs("failed");
  assert.partialDeepStrictEqual(line, { subject: { name: "Anna Lind" } });
  assert.match(line.detail, /; the model server does not answer$/);
});
