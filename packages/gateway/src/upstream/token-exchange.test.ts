import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { aGateway, type GatewayMakings, rulesOf, served } from "./testing/a-gateway.ts";

const secrets = { env: { SECRET: "s:cr&t %" }, readFile: () => "" };

const rules = (more = "") =>
  rulesOf(
    `
rules:
  - { methods: [GET], path: /**, scopes: [all] }
credential: own
credentials:
  own:
    exchange:
      client_id: gate way
      client_secret_env: SECRET
      resource: https://back.example/v1
${more}`,
    secrets,
  );

interface Answer {
  readonly status?: number;
  readonly body: unknown;
}

const good = (token: string): Answer => ({
  body: {
    access_token: token,
    issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
    token_type: "Bearer",
    expires_in: 300,
  },
});

/** An issuer that exchanges as it is told, a gateway before a server that tells what it saw, and a caller. */
async function anExchange(
  t: TestContext,
  answer: (turn: number) => Answer | "away",
  makings: GatewayMakings = {},
) {
  const asked: { readonly authorization: string; readonly form: URLSearchParams }[] = [];
  const issuer = await served(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { origin } = issuer;
    outgoing.setHeader("content-type", "application/json");
    if (incoming.url === "/.well-known/oauth-authorization-server") {
      outgoing.end(JSON.stringify({ issuer: origin, token_endpoint: `${origin}/token` }));
      return;
    }
    asked.push({
      authorization: incoming.headers.authorization ?? "",
      form: new URLSearchParams(Buffer.concat(chunks).toString()),
    });
    const said = answer(asked.length);
    if (said === "away") incoming.socket.destroy();
    else outgoing.writeHead(said.status ?? 200).end(JSON.stringify(said.body));
  }, t);
  const behind: string[] = [];
  const gateway = await aGateway(
    t,
    (incoming, outgoing) => {
      behind.push(incoming.headers.authorization ?? String(incoming.headers["x-token"]));
      outgoing.writeHead(incoming.url?.includes("401") ? 401 : 200).end("behind");
    },
    { rules: rules(), exchange: { issuer: issuer.origin }, ...makings },
  );
  const call = async (token: string, path = "/x") =>
    await fetch(`${gateway.resource}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { ...gateway, asked, behind, call };
}

describe("token exchange at the gateway", () => {
  it("[MCP-RS-06] sends a token for the server behind, in whose name the gateway's client asked", async (t) => {
    const { asked, behind, call, token } = await anExchange(t, () => good("new.token"));
    const own = await token();
    assert.equal((await call(own)).status, 200);
    assert.equal((await call(own)).status, 200);
    assert.deepEqual(behind, ["Bearer new.token", "Bearer new.token"]);
    assert.equal(asked.length, 1);
    const [{ authorization = "", form } = {}] = asked;
    // RFC 6749 §2.3.1: both are form-encoded before they are joined.
    assert.equal(atob(authorization.replace("Basic ", "")), "gate+way:s%3Acr%26t+%25");
    assert.deepEqual(Object.fromEntries(form ?? []), {
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      subject_token: own,
      subject_token_type: "urn:ietf:params:oauth:token-type:access_token",
      requested_token_type: "urn:ietf:params:oauth:token-type:access_token",
      resource: "https://back.example/v1",
    });
  });

  it("asks for the scopes of the rules, in the header that they name", async (t) => {
    const more = "      scopes: [a, b]\n    header: X-Token\n";
    const { asked, behind, call, token } = await anExchange(t, () => good("new.token"), {
      rules: rules(more),
    });
    assert.equal((await call(await token())).status, 200);
    assert.equal(asked[0]?.form.get("scope"), "a b");
    assert.deepEqual(behind, ["new.token"]);
  });

  for (const { given, answer, status, error, refusal } of [
    ...["invalid_request", "invalid_target", "invalid_scope", "invalid_grant"].map((code) => ({
      given: code,
      answer: { status: 400, body: { error: code } },
      status: 403,
      error: "access_denied",
      refusal: "upstream.exchange-refused",
    })),
    ...[
      { given: "a client that it does not know", answer: { status: 401, body: { error: "invalid_client" } } },
      {
        given: "a client that may not",
        answer: { status: 400, body: { error: "unauthorized_client" } },
      },
      { given: "no token", answer: { body: {} } },
      { given: "a token that no header carries", answer: good("a b\r\nx: y") },
      {
        given: "a token that is bound to a key",
        answer: { body: { ...(good("a").body as object), token_type: "DPoP" } },
      },
    ].map((one) => ({ ...one, status: 502, error: "server_error", refusal: "upstream.exchange-client" })),
    ...[
      { given: "no answer", answer: "away" as const },
      { given: "a failure of its own", answer: { status: 500, body: {} } },
      { given: "too many requests", answer: { status: 429, body: {} } },
      { given: "a way to somewhere else", answer: { status: 307, body: {} } },
    ].map((one) => ({
      ...one,
      status: 503,
      error: "temporarily_unavailable",
      refusal: "upstream.exchange-away",
    })),
  ]) {
    it(`sends nothing and answers ${status} where the issuer answers with ${given}`, async (t) => {
      const { behind, call, token, refusals } = await anExchange(t, () => answer);
      const answered = await call(await token());
      assert.equal(answered.status, status);
      assert.equal(((await answered.json()) as { error: string }).error, error);
      assert.deepEqual(behind, []);
      assert.equal(refusals[0]?.refusal, refusal);
      if (status === 503) assert.equal(answered.headers.get("retry-after"), "1");
    });
  }

  it("never sends the caller's token on, should the issuer hand it back", async (t) => {
    const { behind, call, token, asked } = await anExchange(t, () =>
      good(asked.at(-1)?.form.get("subject_token") ?? ""),
    );
    assert.equal((await call(await token())).status, 502);
    assert.deepEqual(behind, []);
  });

  it("exchanges anew after the server behind refused the token, and every five seconds at most", async (t) => {
    let now = Math.floor(Date.now() / 1_000);
    const { asked, behind, call, token } = await anExchange(t, (turn) => good(`new.${turn}`), {
      clock: () => now,
    });
    const own = await token();
    for (let turn = 0; turn < 20; turn++) assert.equal((await call(own, "/401")).status, 502);
    assert.equal(asked.length, 1);
    now += 5;
    assert.equal((await call(own, "/401")).status, 502);
    assert.equal((await call(own)).status, 200);
    assert.equal(behind.at(-1), "Bearer new.2");
    assert.equal(asked.length, 2);
  });

  it("keeps what it has over new rules with the same terms", async (t) => {
    const { behind, call, token, handler, asked } = await anExchange(t, (turn) => good(`new.${turn}`));
    const own = await token();
    await call(own);
    handler.replace(rules());
    await call(own);
    handler.replace(rules("      scopes: [a]\n"));
    await call(own);
    assert.deepEqual(behind, ["Bearer new.1", "Bearer new.1", "Bearer new.2"]);
    assert.equal(asked.length, 2);
  });

  it("is refused for the gateway itself, and without an issuer, and the old rules stay", async (t) => {
    const { handler, call, token, resource } = await anExchange(t, () => good("new.token"));
    const forItself = rules().credentials.get("own");
    assert.ok(forItself && "exchange" in forItself);
    const credentials = new Map([["own", { ...forItself, exchange: { ...forItself.exchange, resource } }]]);
    assert.throws(() => handler.replace({ ...rules(), credentials }), /which is the gateway itself/);
    assert.equal((await call(await token())).status, 200);
    await assert.rejects(
      aGateway(t, (_incoming, outgoing) => void outgoing.end(), { rules: rules() }),
      /need an issuer/,
    );
  });
});
