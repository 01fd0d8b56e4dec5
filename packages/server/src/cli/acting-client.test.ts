import assert from "node:assert/strict";
import { describe } from "node:test";
import { accessTokenType, tokenExchangeGrant } from "@valetkey/protocol/token-exchange";
import { post } from "../testing/a-login.ts";
import { basic, claimsOf } from "../testing/a-program.ts";
import { spec } from "../testing/spec.ts";
import { aRunningServer, overHttp } from "./testing/a-configured.ts";
import { factsOf, inProcess } from "./testing/in-process.ts";

const [front, back] = ["https://front.example.com", "https://back.example.com"];

describe("a client that acts for others", () => {
  spec("TX-01", "is registered on the command line, shown, and gets its tokens", async () => {
    const { issuer, folder } = await aRunningServer();
    for (const resource of [front, back]) {
      const scope = ["--scope", "files:read=Read files", "--machines", "files:read"];
      await factsOf(folder, ["resource", "add", resource, "--name", resource, ...scope]);
    }
    const machine = ["--confidential", "--scope", "files:read"];
    const job = await factsOf(folder, ["client", "add", "--name", "Job", ...machine]);
    const acts = ["--introspects", front, "--acts-at", `${back}/`];
    const server = await factsOf(folder, ["client", "add", "--name", "Front", "--confidential", ...acts]);
    assert.deepEqual([server.grant_types, server.acts_at], [[tokenExchangeGrant], [back]]);
    const shown = await inProcess(folder, ["client", "show", server.client_id]);
    assert.match(shown.stdout, /Acts for others {2}https:\/\/back\.example\.com\n/);

    const form = { grant_type: "client_credentials", resource: front };
    const first = await post(overHttp(issuer), "/token", form, basic(job.client_id, job.client_secret));
    const asked = { subject_token: first.body.access_token, subject_token_type: accessTokenType };
    const { body } = await post(
      overHttp(issuer),
      "/token",
      { grant_type: tokenExchangeGrant, ...asked, resource: back },
      basic(server.client_id, server.client_secret),
    );
    assert.deepEqual(claimsOf(body.access_token).act, { sub: server.client_id });
  });
});
