import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command, Io } from "./command.ts";
import { readConfiguration, usualConfiguration } from "./configuration.ts";
import type { Given } from "./given.ts";
import { UsageError } from "./usage-error.ts";

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
    json: { says: "One line of JSON on standard output when it is ready, and nothing else there" },
  },
  notes: [
    "While no account has the role administrator, each start prints a one-time link that makes the first one. It works for 24 hours.",
    "SIGTERM or Ctrl-C takes no new request, finishes those under way and ends with status 0.",
  ],
  examples: ["start --config valetkey.yaml", "start --demo --port 0 --json"],
  async read(given, io) {
    const isJson = given.has("json");
    if (given.has("demo")) {
      if (given.has("config"))
        given.refuse(
          "config",
          "and --demo exclude each other: the demonstration needs no file",
          given.text("config"),
        );
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
    return async (io) => {
      const { startConfigured } = await import("./start-configured.ts");
      return await startConfigured(config(), isJson, io);
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

/** Reads the configuration, or notes its faults beside those of the arguments. */
async function configurationOf(given: Given, io: Io) {
  const file = given.text("config") ?? usualConfiguration;
  if (!given.has("config") && !existsSync(join(io.folder, usualConfiguration))) {
    given.refuseAll([
      `There is no ./${usualConfiguration}. valetkey init writes one, --config FILE names another, and valetkey start --demo needs none.`,
    ]);
  } else {
    try {
      const config = await readConfiguration(file, io);
      return () => config;
    } catch (thrown) {
      if (!(thrown instanceof UsageError)) throw thrown;
      given.refuseAll(thrown.faults);
    }
  }
  return (): never => {
    throw new UsageError(["There is no configuration."]);
  };
}
