import { existsSync } from "node:fs";
import { join } from "node:path";
import type { LoadedConfig } from "../config/load.ts";
import type { Command, Io } from "./command.ts";
import type { Given } from "./given.ts";
import { UsageError } from "./usage-error.ts";
import { usualConfiguration } from "./usual-configuration.ts";
import { isWorker } from "./worker-mark.ts";

const demonstrationPort = 8484;

/** `valetkey start`: the real server from its configuration, or the demonstration on loopback. */
export const startCommand: Command = {
  name: "start",
  summary: "Start the server; with --demo the demonstration with an example MCP server",
  options: {
    config: {
      value: "FILE",
      says: `The configuration; valetkey init writes one (default: ./${usualConfiguration})`,
      example: usualConfiguration,
    },
    demo: { says: "A demonstration on loopback: example accounts, an example MCP server, an example API" },
    port: {
      value: "N",
      says: `With --demo: the port to listen on, 0 picks a free one (default: ${demonstrationPort})`,
      example: String(demonstrationPort),
    },
    data: {
      value: "DIR",
      says: "With --demo: where the database and the keys are kept (default: ./.valetkey)",
      example: ".valetkey",
    },
    workers: {
      value: "N",
      says: "How many processes serve, about one a core; PostgreSQL only (default: 1)",
      example: "4",
    },
    json: { says: "One line of JSON on standard output when it is ready, and nothing else there" },
  },
  notes: [
    "While no account has the role administrator, each start prints a one-time link that makes the first one. It works for 24 hours.",
    "With --workers one more process supervises: it passes connections on, replaces a worker that ended, and ends them all. Each worker counts rate limits on its own.",
    "SIGTERM or Ctrl-C takes no new request, finishes those under way and ends with status 0.",
  ],
  examples: ["start --config valetkey.yaml", "start --workers 4", "start --demo --port 0 --json"],
  async read(given, io) {
    const isJson = given.has("json");
    if (given.has("demo")) {
      if (given.has("config"))
        given.refuse(
          "config",
          "and --demo exclude each other: the demonstration needs no file",
          given.text("config"),
        );
      if (given.has("workers"))
        given.refuse("workers", "goes with a configuration whose store is PostgreSQL");
      const port = portOf(given);
      const data = given.text("data") ?? ".valetkey";
      // Loaded only here: the other commands answer sooner without the server.
      return async (io) => {
        const { startDemonstration } = await import("./start-demonstration.ts");
        return await startDemonstration({ port, data, isJson }, io);
      };
    }
    if (given.has("port"))
      given.refuse("port", "goes with --demo; a real server listens where listen.port says");
    if (given.has("data"))
      given.refuse("data", "goes with --demo; a real server keeps its data where store says");
    const config = await configurationOf(given, io);
    const workers = workersOf(given, config);
    return async (io) => {
      // A missing configuration was a fault, and no work begins with one.
      if (config === undefined) return 2;
      if (isWorker(io)) {
        const { startWorker } = await import("./worker.ts");
        return await startWorker(config, io);
      }
      if (workers > 1) {
        const { startWorkers } = await import("./workers.ts");
        return await startWorkers(workers, config, isJson, io);
      }
      const { startConfigured } = await import("./start-configured.ts");
      return await startConfigured(config, isJson, io);
    };
  },
};

function portOf(given: Given): number {
  const text = given.text("port");
  if (text === undefined) return demonstrationPort;
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    given.refuse("port", "is a number from 0 to 65535", text);
  return Number(text);
}

/** How many processes serve; a fault when the store is one file, which has one writer. */
function workersOf(given: Given, config: LoadedConfig | undefined): number {
  const text = given.text("workers");
  if (text === undefined) return 1;
  if (!/^[1-9]\d{0,2}$/.test(text)) given.refuse("workers", "is a number from 1 to 999", text);
  const count = Number(text);
  if (config !== undefined && count > 1 && !/^postgres(ql)?:/.test(config.store))
    given.refuse(
      "workers",
      "needs PostgreSQL: SQLite has one writer at a time, and a second process makes each commit wait for the other's; " +
        "move first (valetkey move), or start one process",
      text,
    );
  return count;
}

/** Reads the configuration, or notes its faults beside those of the arguments. */
async function configurationOf(given: Given, io: Io): Promise<LoadedConfig | undefined> {
  const file = given.text("config") ?? usualConfiguration;
  if (!given.has("config") && !existsSync(join(io.folder, usualConfiguration))) {
    given.refuseAll([
      `There is no ./${usualConfiguration}. valetkey init writes one, --config FILE names another, and valetkey start --demo needs none.`,
    ]);
  } else {
    try {
      const { readConfiguration, requireLook } = await import("./configuration.ts");
      const config = await readConfiguration(file, io);
      requireLook(config);
      return config;
    } catch (thrown) {
      if (!(thrown instanceof UsageError)) throw thrown;
      given.refuseAll(thrown.faults);
    }
  }
  return undefined;
}
