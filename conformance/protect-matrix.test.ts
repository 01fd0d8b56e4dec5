import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type ClientPackage, SignInNeeded } from "../examples/mcp-login/connection.ts";
import { InMemoryProvider } from "../examples/mcp-login/provider.ts";
import { client } from "../examples/mcp-login/with-client.ts";
import { sdk } from "../examples/mcp-login/with-sdk.ts";
import { freePort } from "../packages/server/src/testing/free-port.ts";
import { type ADemonstration, aDemonstration } from "./a-demonstration.ts";
import { type ADesktop, aDesktop, inspector, mcpRemote } from "./a-desktop.ts";
import { aGuardedServer, anEverythingServer, overHttp, overStdio } from "./a-guarded-server.ts";
import {
  aProtectedServer,
  aProtectedUpstream,
  everything,
  type Facts,
  filesystem,
} from "./a-protected-server.ts";
import { called, hello } from "./over-stdio.ts";

const folder = mkdtempSync(join(tmpdir(), "valetkey-matrix-"));
const note = join(folder, "note.txt");
const rules = join(folder, "mcp.yaml");

interface Behind {
  readonly facts: Pick<Facts, "resource" | "scopes">;
  stop(): Promise<unknown>;
}

interface Call {
  readonly tool: string;
  readonly input: Readonly<Record<string, string>>;
  readonly answer: RegExp;
}

const echo: Call = { tool: "echo", input: { message: "hi" }, answer: /Echo: hi/ };
const read: Call = { tool: "read_text_file", input: { path: note }, answer: /water the plants/ };

/** Before each foreign server the gateway, which is a command, and the guard, which is a library. */
const servers: readonly (Call & {
  readonly name: string;
  open(issuer: string, everythingUrl: string): Promise<Behind>;
})[] = [
  {
    name: "server-everything over stdio behind the gateway",
    open: (issuer) => aProtectedServer(issuer, [everything]),
    ...echo,
  },
  {
    name: "server-everything over HTTP behind the gateway",
    open: (issuer, url) => aProtectedUpstream(issuer, url, rules),
    ...echo,
  },
  {
    name: "server-filesystem behind the gateway",
    open: (issuer) => aProtectedServer(issuer, [filesystem, folder]),
    ...read,
  },
  {
    name: "server-everything over stdio behind the guard",
    open: (issuer) => guardedProcess(issuer, [everything]),
    ...echo,
  },
  {
    name: "server-everything over HTTP behind the guard",
    open: (issuer, url) => aGuardedServer(issuer, overHttp(url)),
    ...echo,
  },
  {
    name: "server-filesystem behind the guard",
    open: (issuer) => guardedProcess(issuer, [filesystem, folder]),
    ...read,
  },
];

async function guardedProcess(issuer: string, server: readonly string[]): Promise<Behind> {
  const bridge = overStdio(server);
  const { facts, stop } = await aGuardedServer(issuer, bridge.handler);
  return {
    facts,
    async stop() {
      await bridge.stop();
      return await stop();
    },
  };
}

/** Each has nothing but the URL, and somebody who allows what is asked. Answers what the tool said. */
type Login = (url: string, call: Call, demo: ADemonstration, desktop: ADesktop) => Promise<string>;

const clients: Readonly<Record<string, Login>> = {
  async "mcp-remote"(url, { tool, input }, _, desktop) {
    const program = desktop.run(mcpRemote, [url]);
    try {
      await hello(program);
      return await called(program, 2, tool, input);
    } finally {
      await program.stop();
    }
  },
  async "the Inspector's command line"(url, { tool, input }, _, desktop) {
    const callback = `http://127.0.0.1:${await freePort()}/oauth/callback`;
    const program = desktop.run(inspector, [
      ...["--cli", "--callback-url", callback, "--server-url", url, "--transport", "http"],
      ...["--method", "tools/call", "--tool-name", tool],
      ...Object.entries(input).flatMap(([name, value]) => ["--tool-arg", `${name}=${value}`]),
    ]);
    assert.equal(await program.end(), 0, program.err);
    return program.out;
  },
  [sdk.name]: (url, call, demo, desktop) => byPackage(sdk, url, call, demo, desktop),
  [client.name]: (url, call, demo, desktop) => byPackage(client, url, call, demo, desktop),
};

async function byPackage(
  foreign: ClientPackage,
  url: string,
  call: Call,
  demo: ADemonstration,
  desktop: ADesktop,
) {
  const provider = new InMemoryProvider("http://127.0.0.1:1/callback", undefined);
  const connection = foreign.connect(new URL(url), provider);
  try {
    await assert.rejects(connection.open(), SignInNeeded);
    const destination = provider.takeDestination();
    desktop.visits.push(destination);
    await connection.finish(await demo.approve(destination.href));
    await connection.open();
    return await connection.call(call.tool, { ...call.input });
  } finally {
    await connection.close();
  }
}

describe("foreign clients at foreign servers", () => {
  const behind = new Map<string, Behind>();
  let demo: ADemonstration;
  let desktop: ADesktop;
  let upstream: Awaited<ReturnType<typeof anEverythingServer>>;

  before(async () => {
    writeFileSync(note, "water the plants");
    writeFileSync(rules, "rules:\n  - { methods: [GET, POST, DELETE], path: /, scopes: [mcp:read] }\n");
    [demo, upstream] = await Promise.all([aDemonstration(), anEverythingServer()]);
    desktop = await aDesktop(demo);
    for (const { name, open } of servers) {
      const one = await open(demo.issuer, upstream.url);
      behind.set(name, one);
      const { resource, scopes } = one.facts;
      await demo.register(resource, Object.fromEntries(scopes.map((s) => [s.name, s.sentence])));
    }
  });
  after(async () => {
    const ends = await Promise.all([...behind.values()].map(({ stop }) => stop()));
    await upstream?.stop();
    await desktop?.close();
    await demo?.close();
    rmSync(folder, { recursive: true, force: true });
    assert.deepEqual(new Set(ends), new Set([0]));
    assert.deepEqual(desktop?.failures, []);
  });

  for (const { name: server, open: _, ...call } of servers) {
    for (const [name, login] of Object.entries(clients)) {
      it(`[MCP-RS-01] ${name} logs in at ${server} and calls a tool`, async () => {
        const url = behind.get(server)?.facts.resource ?? "";
        assert.match(await login(url, call, demo, desktop), call.answer);
        const asked = desktop.visits.splice(0).map(({ searchParams }) => searchParams.get("resource"));
        assert.deepEqual(asked, [url]);
      });
    }
  }
});
