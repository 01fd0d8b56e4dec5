import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { anIssuer } from "../packages/resource/src/testing/an-issuer.ts";
import { thisMachine } from "./machine.ts";

/**
 * What `valetkey protect` adds to a request, as a client with one connection sees it: `node bench/gateway.ts [ROUNDS] [CALLS]`.
 * Directly and through the gateway in turn, each server a process of its own, so that the machine's mood meets both alike.
 */
const here = fileURLToPath(import.meta.url);
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const valetkey = path("../packages/server/bin/valetkey.js");
const stdioServer = path("../packages/gateway/src/testing/stdio-server.ts");

const [first = "5", second = "2000"] = process.argv.slice(2);
if (first === "--upstream") upstream();
else await measure(Number(first), Number(second));

/** Answers at once, as a server does that has nothing to do. */
function upstream(): void {
  const models = JSON.stringify({
    object: "list",
    data: Array.from({ length: 10 }, (_, id) => ({ id: `model-${id}` })),
  });
  const event = `data: ${JSON.stringify({ choices: [{ delta: { content: "word " } }] })}\n\n`;
  const server = createServer((incoming, outgoing) => {
    incoming.resume().on("end", () => {
      if (incoming.url === "/v1/stream") {
        outgoing.writeHead(200, { "content-type": "text/event-stream" });
        for (let turn = 0; turn < 20; turn++) outgoing.write(event);
        outgoing.end("data: [DONE]\n\n");
      } else {
        outgoing
          .writeHead(200, { "content-type": "application/json", "content-length": models.length })
          .end(models);
      }
    });
  });
  server.listen(0, "127.0.0.1", () =>
    console.log(JSON.stringify({ port: (server.address() as AddressInfo).port })),
  );
}

/** One call, to its last octet. */
type Call = () => Promise<void>;
interface Pair {
  readonly name: string;
  readonly direct: Call;
  readonly through: Call;
}

async function measure(rounds: number, calls: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "valetkey-bench-gateway-"));
  const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const issuer = await anIssuer();
    ends.push(issuer.close);
    const pairs = [...(await httpPairs(issuer, folder, ends)), await stdioPair(issuer, ends)];
    const { processor, cores, node, busy } = thisMachine(false);
    console.log(`${processor}, ${cores} cores, Node ${node}; load of the minute before ${busy.toFixed(2)}`);
    console.log(`${rounds} rounds of ${calls} calls each way in turn, one connection; milliseconds\n`);
    console.log(
      "| call | direct p50 | through p50 | added p50 | direct p99 | through p99 |\n|---|---|---|---|---|---|",
    );
    for (const pair of pairs) console.log(await row(pair, rounds, calls));
  } finally {
    for (const end of ends.toReversed()) await end();
  }
}

async function row({ name, direct, through }: Pair, rounds: number, calls: number): Promise<string> {
  const times = { direct: [] as number[], through: [] as number[] };
  for (const call of [direct, through]) await timed(call, Math.min(calls, 1_000));
  for (let round = 0; round < rounds; round++) {
    times.direct.push(...(await timed(direct, calls)));
    times.through.push(...(await timed(through, calls)));
  }
  const at = (all: number[], part: number) =>
    all.sort((a, b) => a - b)[Math.floor(all.length * part)] ?? Number.NaN;
  const [before, after] = [at(times.direct, 0.5), at(times.through, 0.5)];
  const cells = [before, after, after - before, at(times.direct, 0.99), at(times.through, 0.99)];
  return `| ${[name, ...cells.map((time) => time.toFixed(2))].join(" | ")} |`;
}

async function timed(call: Call, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < count; turn++) {
    const began = performance.now();
    await call();
    times.push(performance.now() - began);
  }
  return times;
}

type Issuer = Awaited<ReturnType<typeof anIssuer>>;

async function httpPairs(issuer: Issuer, folder: string, ends: (() => unknown)[]): Promise<readonly Pair[]> {
  const { port } = await started(ends, [here, "--upstream"]);
  const rules = join(folder, "rules.yaml");
  writeFileSync(
    rules,
    `rules:
  - { methods: [GET], path: /**, scopes: [all] }
  - { methods: [POST], path: /chat, models: ["model-*"], scopes: [all] }
`,
  );
  const { resource } = await started(ends, [
    ...[valetkey, "protect", "--json", "--issuer", issuer.issuer, "--listen", "127.0.0.1:0"],
    ...["--upstream", `http://127.0.0.1:${port}/v1`, "--rules", rules],
  ]);
  const token = await issuer.token({
    aud: resource,
    scope: "all",
    exp: Math.floor(Date.now() / 1_000) + 3_600,
  });
  const chat = JSON.stringify({ model: "model-1", messages: [{ role: "user", content: "x".repeat(2_000) }] });
  const pair = (name: string, end: string, body?: string): Pair => ({
    name,
    direct: caller(`http://127.0.0.1:${port}/v1${end}`, {}, body),
    through: caller(`${resource}${end}`, { authorization: `Bearer ${token}` }, body),
  });
  return [
    pair("GET, an answer of 1 kB", "/models"),
    pair("POST of 2 kB that a rule reads", "/chat", chat),
    pair("GET, a stream of 21 events", "/stream"),
  ];
}

async function stdioPair(issuer: Issuer, ends: (() => unknown)[]): Promise<Pair> {
  const { resource } = await started(ends, [
    ...[valetkey, "protect", "--json", "--issuer", issuer.issuer, "--listen", "127.0.0.1:0"],
    ...["--", process.execPath, stdioServer],
  ]);
  const token = await issuer.token({
    aud: resource,
    scope: "mcp:read",
    exp: Math.floor(Date.now() / 1_000) + 3_600,
  });
  const usual = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
  };
  const hello = {
    protocolVersion: "2025-11-25",
    capabilities: {},
    clientInfo: { name: "bench", version: "1" },
  };
  const opening = { jsonrpc: "2.0", id: 0, method: "initialize", params: hello };
  const opened = await fetch(resource, { method: "POST", headers: usual, body: JSON.stringify(opening) });
  await opened.text();
  const session = {
    ...usual,
    "mcp-session-id": opened.headers.get("mcp-session-id") ?? "",
    "mcp-protocol-version": "2025-11-25",
  };
  const call = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "called" } });
  const child = launched(ends, [stdioServer], "pipe");
  if (!child.stdout) throw new Error("The server has no output.");
  const lines = createInterface({ input: child.stdout });
  const speak = async (line: string) => {
    child.stdin?.write(`${line}\n`);
    await once(lines, "line");
  };
  await speak(JSON.stringify(opening));
  return {
    name: "MCP `tools/call`, stdio behind",
    direct: () => speak(call),
    through: caller(resource, session, call),
  };
}

/** A client with one connection that stays open. */
function caller(url: string, headers: Record<string, string>, body?: string): Call {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const method = body === undefined ? "GET" : "POST";
  const all = {
    ...headers,
    ...(body !== undefined && { "content-type": "application/json", "content-length": String(body.length) }),
  };
  return () =>
    new Promise((resolve, reject) => {
      request(url, { agent, method, headers: all }, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`));
        answer.resume().on("end", resolve).on("error", reject);
      })
        .on("error", reject)
        .end(body);
    });
}

function launched(
  ends: (() => unknown)[],
  args: readonly string[],
  stdin: "ignore" | "pipe" = "ignore",
): ChildProcess {
  const child = spawn(process.execPath, ["--conditions=valetkey-source", ...args], {
    stdio: [stdin, "pipe", "inherit"],
  });
  const ended = once(child, "close");
  ends.push(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  return child;
}

/** Waits for the line of JSON that says that it is ready. */
async function started(
  ends: (() => unknown)[],
  args: readonly string[],
): Promise<{ readonly port: number; readonly resource: string }> {
  const { stdout } = launched(ends, args);
  if (!stdout) throw new Error("The program has no output.");
  const [line] = await once(createInterface({ input: stdout }), "line");
  return JSON.parse(String(line));
}
