import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { after, before, describe, type TestContext } from "node:test";
import { answering, jsonType } from "../../packages/server/src/adapters/outbound/fixtures/fetched.ts";
import { httpListener, tcpListener } from "../../packages/server/src/adapters/outbound/fixtures/listener.ts";
import { pkce } from "../../packages/server/src/testing/a-login.ts";
import { callback } from "../../packages/server/src/testing/a-server.ts";
import { spec } from "../../packages/server/src/testing/spec.ts";
import type { Answered } from "./ask.ts";
import { type Attacked, anAttacked } from "./in-process.ts";
import { aTrap, spellings } from "./trap.ts";

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
        const trap = await aTrap(t);
        for (const scheme of ["https", "http"]) {
          const answers = await everyDoor(attacked, `${scheme}://${spelling}:${trap.port}/client.json`);
          assert.deepEqual(answers.map(face), unknown);
        }
        assert.equal(await trap.arrived(), 0);
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
        assert.equal(trap.arrived.connections, 1, `door ${door}`);
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
