import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { after, before, describe, type TestContext } from "node:test";
import { SignJWT } from "jose";
import { answering, jsonType } from "../../packages/server/src/adapters/outbound/fixtures/fetched.ts";
import {
  httpListener,
  type Listener,
  tcpListener,
} from "../../packages/server/src/adapters/outbound/fixtures/listener.ts";
import {
  loopbackLiterals,
  otherSpecialLiterals,
} from "../../packages/server/src/adapters/outbound/fixtures/spellings.ts";
import { outbound } from "../../packages/server/src/adapters/outbound/outbound.ts";
import type { Outbound } from "../../packages/server/src/ports/outbound.ts";
import { ABrowser } from "../../packages/server/src/testing/a-browser.ts";
import { authorizationUrl, pkce, post } from "../../packages/server/src/testing/a-login.ts";
import {
  type AServer,
  aServer,
  callback,
  clientKeyPair,
  password,
} from "../../packages/server/src/testing/a-server.ts";
import { spec } from "../../packages/server/src/testing/spec.ts";
import type { Answered } from "./ask.ts";
import { type Attacked, anAttacked } from "./in-process.ts";
import { issuer } from "./plan.ts";

const spellings = [
  ...loopbackLiterals,
  ...otherSpecialLiterals,
  "localhost",
  "LOCALHOST",
  "localhost.",
  "a.localhost",
];

/**
 * How many connections arrived, ours included: a queue is served in order, so that whatever was sent before this
 * connection has been counted when this one is.
 */
async function arrivedBefore(listener: Listener): Promise<number> {
  const before = listener.arrived.connections;
  const mark = connect(listener.port, "127.0.0.1");
  await new Promise((resolve) => mark.once("connect", resolve));
  while (listener.arrived.connections === before) await new Promise(setImmediate);
  mark.destroy();
  return listener.arrived.connections - 1;
}

function authorizePath(clientId: string): string {
  const { challenge } = pkce();
  const parameters = {
    response_type: "code",
    client_id: clientId,
    redirect_uri: callback,
    code_challenge: challenge,
  };
  return `/authorize?${new URLSearchParams({ ...parameters, code_challenge_method: "S256" })}`;
}

function tokenForm(clientId: string): Record<string, string> {
  return { grant_type: "refresh_token", client_id: clientId, refresh_token: "vkr_x" };
}

async function everyDoor({ caller }: Attacked, clientId: string): Promise<readonly Answered[]> {
  return await Promise.all([
    caller.ask({ path: authorizePath(clientId), headers: { accept: "text/html" } }),
    caller.ask({ path: authorizePath(clientId), headers: { accept: "application/json" } }),
    caller.token(tokenForm(clientId)),
    caller.ask({ path: "/revoke", form: { client_id: clientId, token: "vkr_x" } }),
  ]);
}

const face = ({ status, text }: Answered) => ({ status, text });

describe("a client_id that points into the server's own network", () => {
  let attacked: Attacked;
  /** The faces of a client that is simply not known. */
  let unknown: readonly ReturnType<typeof face>[];

  before(async () => {
    attacked = await anAttacked();
    unknown = (await everyDoor(attacked, "client_nobody")).map(face);
  });
  after(() => attacked.close());

  for (const spelling of spellings) {
    spec(
      ["I2-SSRF", "CIMD-03", "MCP-C-17"],
      `${JSON.stringify(spelling)}: nothing arrives, and no answer tells why`,
      async (t) => {
        const trap = await tcpListener(t);
        for (const scheme of ["https", "http"]) {
          const answers = await everyDoor(attacked, `${scheme}://${spelling}:${trap.port}/client.json`);
          assert.deepEqual(answers.map(face), unknown);
        }
        assert.equal(await arrivedBefore(trap), 0);
      },
    );
  }

  spec(["I2-SSRF", "CIMD-03"], "control: with allowLoopback the same request arrives", async (t) => {
    const developing = await anAttacked({ allowLoopback: true });
    try {
      for (const door of [0, 1, 2, 3]) {
        const trap = await httpListener(t, answering(jsonType, "{}"));
        const clientId = `http://127.0.0.1:${trap.port}/client.json`;
        const doors = [
          () => developing.caller.ask({ path: authorizePath(clientId) }),
          () => developing.caller.ask({ path: authorizePath(clientId), headers: { accept: "text/html" } }),
          () => developing.caller.token(tokenForm(clientId)),
          () => developing.caller.ask({ path: "/revoke", form: { client_id: clientId, token: "x" } }),
        ];
        await doors[door]?.();
        assert.equal(await arrivedBefore(trap), 1, `door ${door}`);
      }
    } finally {
      await developing.close();
    }
  });

  spec(["I2-SSRF", "P-3"], "the operator is told what the caller is not", async () => {
    await everyDoor(attacked, "https://10.1.2.3/client.json");
    let told = "";
    while (!told.includes("10.1.2.3")) {
      told = JSON.stringify(await attacked.store.journal.steps(50));
      await new Promise((resolve) => setTimeout(resolve, 20)); // the journal writes in batches
    }
    assert.match(told, /document\.forbidden-address/);
    assert.match(told, /10\.1\.2\.3/);
  });
});

describe("a server that could be made to scan ports", () => {
  /** What a far end may do, each as a client_id on a development server that does fetch. */
  const farEnds: readonly {
    readonly does: string;
    readonly clientId: (t: TestContext) => Promise<string>;
  }[] = [
    { does: "nobody listens", clientId: async () => at(await closedPort()) },
    {
      does: "accepts and hangs up",
      clientId: async (t) => at((await tcpListener(t, (socket) => socket.destroy())).port),
    },
    {
      does: "accepts and speaks another protocol",
      clientId: async (t) =>
        at((await tcpListener(t, (socket) => socket.end("SSH-2.0-OpenSSH_9.9\r\n"))).port),
    },
    {
      does: "answers 200 with a page",
      clientId: async (t) =>
        at((await httpListener(t, answering({ "content-type": "text/html" }, "<title>router</title>"))).port),
    },
    {
      does: "answers 401",
      clientId: async (t) => at((await httpListener(t, answering(jsonType, "{}", 401))).port),
    },
    {
      does: "answers 404",
      clientId: async (t) => at((await httpListener(t, answering(jsonType, "{}", 404))).port),
    },
    {
      does: "redirects",
      clientId: async (t) =>
        at((await httpListener(t, answering({ location: "http://127.0.0.1:1/" }, "", 302))).port),
    },
    {
      does: "answers JSON that is no document",
      clientId: async (t) => at((await httpListener(t, answering(jsonType, '{"internal":"10.0.0.7"}'))).port),
    },
    {
      does: "answers half of a JSON text",
      clientId: async (t) => at((await httpListener(t, answering(jsonType, '{"internal":'))).port),
    },
    {
      does: "answers too much",
      clientId: async (t) =>
        at((await httpListener(t, answering(jsonType, `{"a":"${"a".repeat(70_000)}"}`))).port),
    },
    { does: "lies on a private address", clientId: async () => "https://10.0.0.1/client.json" },
    { does: "has a name that does not resolve", clientId: async () => "https://nowhere.invalid/client.json" },
    {
      does: "is no URL that names a document",
      clientId: async () => "https://user:secret@client.example/client.json",
    },
  ];

  spec(
    ["I2-SSRF", "P-3"],
    "answers alike whatever the far end does, byte for byte, and names no address",
    async (t) => {
      const developing = await anAttacked({ allowLoopback: true });
      t.after(() => developing.close());
      const unknown = (await everyDoor(developing, "client_nobody")).map(face);
      for (const { does, clientId } of farEnds) {
        const answers = (await everyDoor(developing, await clientId(t))).map(face);
        assert.deepEqual(answers, unknown, does);
        for (const { text } of answers)
          assert.doesNotMatch(text, /127\.0\.0\.1|10\.0\.0|ECONN|SSH|router|invalid\//, does);
      }
    },
  );
});

function at(port: number): string {
  return `http://127.0.0.1:${port}/client.json`;
}

async function closedPort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

/** The internet as far as one document; whatever else is asked for goes through the real adapter. */
function internetWith(documents: Readonly<Record<string, object>>, real: Outbound) {
  const asked: string[] = [];
  const fetchJson: Outbound["fetchJson"] = async (url, limits) => {
    asked.push(url);
    const json = documents[url];
    if (json === undefined) return await real.fetchJson(url, limits);
    return { status: "ok", json, bytes: 100, freshFor: 0, etag: undefined };
  };
  return { asked, fetchJson };
}

const clientId = "https://client.example/client.json";
const document = { client_id: clientId, client_name: "A client", redirect_uris: [callback] };

describe("an otherwise good document that points into the server's own network", () => {
  const keys = clientKeyPair();

  async function assertion(id: string): Promise<Record<string, string>> {
    const jwt = new SignJWT({ jti: crypto.randomUUID() })
      .setProtectedHeader({ alg: "ES256", kid: "key-1" })
      .setIssuer(id)
      .setSubject(id)
      .setAudience(issuer);
    const now = Math.floor(Date.now() / 1000);
    const signed = await jwt
      .setIssuedAt(now)
      .setExpirationTime(now + 60)
      .sign(keys.privateKey);
    const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    return { ...tokenForm(id), client_assertion_type: type, client_assertion: signed };
  }

  async function aRunning(t: TestContext, internet: Outbound): Promise<AServer> {
    const server = await aServer({ issuer, outbound: internet, now: Math.floor(Date.now() / 1000) });
    t.after(() => server.close());
    return server;
  }

  spec(
    ["I2-SSRF", "CIMD-03"],
    "its jwks_uri, in every spelling: nothing arrives, no answer tells why",
    async (t) => {
      const trap = await tcpListener(t);
      let reached = 0;
      for (const spelling of spellings) {
        const jwksUri = `https://${spelling}:${trap.port}/jwks.json`;
        const by = { token_endpoint_auth_method: "private_key_jwt", jwks_uri: jwksUri };
        const internet = internetWith({ [clientId]: { ...document, ...by } }, outbound({ deadline: 1 }));
        const server = await aRunning(t, internet);
        const { status, body } = await post(server, "/token", await assertion(clientId));
        assert.deepEqual(
          { status, body },
          {
            status: 401,
            body: { error: "invalid_client", error_description: "Client authentication failed." },
          },
        );
        if (internet.asked.includes(jwksUri)) reached++;
      }
      assert.equal(await arrivedBefore(trap), 0);
      assert.ok(reached > 5, `only ${reached} of them came as far as the fetch`);
    },
  );

  spec(
    ["I2-SSRF", "CIMD-03"],
    "a registered client's jwks_uri, in every spelling: nothing arrives",
    async (t) => {
      const trap = await tcpListener(t);
      const internet = internetWith({}, outbound({ deadline: 1 }));
      const server = await aRunning(t, internet);
      for (const spelling of spellings) {
        const jwksUri = `https://${spelling}:${trap.port}/jwks.json`;
        const { id } = await server.client({ authMethods: ["private_key_jwt"], jwksUri });
        assert.equal((await post(server, "/token", await assertion(id))).status, 401);
        assert.ok(internet.asked.includes(jwksUri));
      }
      assert.equal(await arrivedBefore(trap), 0);
    },
  );

  spec(
    ["I2-SSRF", "CIMD-03"],
    "control: with allowLoopback the keys are fetched and prove the client",
    async (t) => {
      const trap = await httpListener(t, answering(jsonType, JSON.stringify({ keys: [keys.jwk] })));
      const jwksUri = `http://127.0.0.1:${trap.port}/jwks.json`;
      const server = await aRunning(t, internetWith({}, outbound({ allowLoopback: true })));
      const { id } = await server.client({ authMethods: ["private_key_jwt"], jwksUri });
      const { body } = await post(server, "/token", await assertion(id));
      assert.equal(body.error, "invalid_grant");
      assert.equal(await arrivedBefore(trap), 1);
    },
  );

  spec(
    ["I2-SSRF", "CIMD-03", "CIMD-08"],
    "its logo_uri, in every spelling, is neither fetched nor put on a page",
    async (t) => {
      const trap = await tcpListener(t);
      for (const spelling of spellings) {
        const logoUri = `https://${spelling}:${trap.port}/logo.png`;
        const internet = internetWith(
          { [clientId]: { ...document, logo_uri: logoUri } },
          outbound({ deadline: 1 }),
        );
        const server = await aRunning(t, internet);
        const browser = new ABrowser(server);
        const { challenge } = pkce();
        const url = authorizationUrl(server, { id: clientId }, { code_challenge: challenge });
        const signIn = await browser.open(url);
        if (signIn.status === 200) {
          const { email } = await server.person();
          const consent = await browser.submit(signIn, { email, password });
          assert.equal(consent.status, 200);
          for (const { body } of [signIn, consent]) assert.doesNotMatch(body, /logo\.png/);
        }
        assert.deepEqual(
          internet.asked.filter((asked) => asked !== clientId),
          [],
        );
      }
      assert.equal(await arrivedBefore(trap), 0);
    },
  );

  spec(
    ["I2-SSRF", "CIMD-04"],
    "a name that turns to loopback between check and connect, and for every later request",
    async (t) => {
      const trap = await tcpListener(t);
      let asked = 0;
      const resolver = async () => (asked++ === 0 ? ["3ffe::1"] : ["127.0.0.1"]); // the ended 6bone: public, and routed to nobody
      const server = await aRunning(t, outbound({ resolver, deadline: 0.3 }));
      const faces = [];
      for (let turn = 0; turn < 3; turn++) {
        const { status, body } = await post(
          server,
          "/token",
          tokenForm(`https://localhost.example:${trap.port}/c.json`),
        );
        faces.push({ status, body });
      }
      assert.deepEqual(faces, [faces[0], faces[0], faces[0]]);
      assert.equal(asked, 3);
      assert.equal(await arrivedBefore(trap), 0);
    },
  );
});
