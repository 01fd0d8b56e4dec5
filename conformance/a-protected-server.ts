import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "../packages/server/src/testing/clean-environment.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const valetkey = path("../packages/server/bin/valetkey.js");

export const everything = path("./node_modules/@modelcontextprotocol/server-everything/dist/index.js");
export const filesystem = path("./node_modules/@modelcontextprotocol/server-filesystem/dist/index.js");

export interface Facts {
  readonly resource: string;
  readonly scopes: readonly { readonly name: string; readonly sentence: string }[];
  readonly register: string;
}

/** The real command before a foreign stdio server, on a free port. */
export async function aProtectedServer(
  issuer: string,
  server: readonly string[],
  options: readonly string[] = [],
) {
  return await protectedBy(issuer, [...options, "--", process.execPath, ...server]);
}

/** The real command before a foreign HTTP server that runs already. */
export async function aProtectedUpstream(issuer: string, upstream: string, rulesFile: string) {
  return await protectedBy(issuer, ["--upstream", upstream, "--rules", rulesFile]);
}

async function protectedBy(issuer: string, options: readonly string[]) {
  const args = ["protect", "--issuer", issuer, "--listen", "127.0.0.1:0", "--json", ...options];
  const child = spawn(process.execPath, ["--conditions=valetkey-source", valetkey, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: cleanEnvironment(),
  });
  const ended = once(child, "close");
  let [printed, log] = ["", ""];
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  for await (const text of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    printed += text;
    if (printed.includes("\n")) break;
  }
  child.stdout.resume();
  if (!printed) throw new Error(`valetkey protect ended before it was ready:\n${log}`);
  return {
    facts: JSON.parse(printed) as Facts,
    log: () => log,
    async stop(): Promise<unknown> {
      child.kill("SIGTERM");
      return (await ended)[0];
    },
  };
}
