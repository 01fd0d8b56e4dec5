import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { startDemo } from "../demo/start.ts";
import { type Command, type Io, UsageError } from "./command.ts";
import { startConfigured } from "./start-configured.ts";
import { stopOnSignal } from "./stop.ts";

const defaultPort = 8484;

/** `valetkey start`: the real server from its configuration, or the demonstration on loopback. */
export const startCommand: Command = {
  name: "start",
  summary: "Start the server; with --demo the demonstration with an example MCP server",
  help: `Usage: valetkey start --config valetkey.yaml
       valetkey start --demo [--port N] [--data DIR] [--json]

  --config FILE  the configuration; valetkey init writes one (default: ./valetkey.yaml)
  --demo         a demonstration on loopback: example accounts, an example MCP server, an example API
  --port N       with --demo: the port to listen on, 0 picks a free one (default: ${defaultPort})
  --data DIR     with --demo: where the database and the keys are kept (default: ./.valetkey)
  --json         one line of JSON on standard output when it is ready, and nothing else

Example: valetkey start --demo --port 0 --json`,

  async run(args, io) {
    const startedAt = performance.now();
    const { values } = parseArgs({
      args: [...args],
      options: {
        config: { type: "string" },
        demo: { type: "boolean", default: false },
        port: { type: "string" },
        data: { type: "string" },
        json: { type: "boolean", default: false },
      },
    });
    requireFitting(values);
    if (!values.demo) return await startConfigured(values.config, values.json, io, startedAt);
    const port = values.port === undefined ? defaultPort : Number(values.port);
    const demo = await startDemo({ port, data: resolve(values.data ?? ".valetkey") });
    const readyMs = Math.round(performance.now() - startedAt);
    if (values.json) io.out(`${JSON.stringify({ ...demo.facts, ready_ms: readyMs })}\n`);
    else io.out(welcome(demo.facts, readyMs));
    return await stopOnSignal(demo, io, values.json);
  },
};

type Values = {
  demo: boolean;
  config?: string | undefined;
  port?: string | undefined;
  data?: string | undefined;
};

function requireFitting({ demo, config, port, data }: Values): void {
  const faults = [];
  if (demo && config !== undefined)
    faults.push("--config and --demo exclude each other: the demonstration needs no file.");
  if (!demo && port !== undefined)
    faults.push("--port goes with --demo; a real server listens where `listen.port` says.");
  if (!demo && data !== undefined)
    faults.push("--data goes with --demo; a real server keeps its data where `store` says.");
  if (port !== undefined && !/^\d{1,5}$/.test(port))
    faults.push(`--port ${port}: give a number from 0 to 65535, e.g. --port 8484.`);
  else if (Number(port) > 65_535)
    faults.push(`--port ${port}: give a number from 0 to 65535, e.g. --port 8484.`);
  if (faults.length > 0) throw new UsageError(faults);
}

type Facts = Awaited<ReturnType<typeof startDemo>>["facts"];

function welcome({ issuer, mcp_url, api_url, accounts }: Facts, readyMs: number): string {
  const people = accounts.map(
    ({ email, password, roles }) => `    ${email}  ${password}  ${roles.join(", ") || "no further role"}`,
  );
  return `
  Valetkey is running (${readyMs} ms).

  Issuer      ${issuer}
  MCP server  ${mcp_url}   <- paste this URL into an MCP client
  API         ${api_url}

  Sign in as
${people.join("\n")}

  For example: claude mcp add --transport http notes ${mcp_url}
  What happened at each step: valetkey trace  (from a clone: npm run valetkey -- trace)
  Ctrl-C stops.

`;
}
