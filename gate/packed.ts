import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { root } from "./house.ts";

/** One package as npm would publish it. */
export interface PackedPackage {
  readonly name: string;
  readonly version: string;
  readonly tarball: string;
  readonly files: readonly string[];
}

/** Builds every package and packs it into a folder. */
export async function packAll(folder: string): Promise<PackedPackage[]> {
  await outside(root, process.execPath, ["--conditions=valetkey-source", "gate/build.ts"]);
  const args = [
    "pack",
    // Examples are workspaces too, and not published.
    ...["protocol", "resource", "gateway", "agent", "browser", "server"].map(
      (name) => `--workspace=packages/${name}`,
    ),
    "--json",
    "--loglevel=error",
    "--ignore-scripts",
    "--pack-destination",
    folder,
  ];
  const printed: unknown = JSON.parse(await outside(root, "npm", args));
  // npm 10 prints a list, npm 11 an object by package name.
  const packed = Object.values(printed as Record<string, NpmPack>);
  return packed.map(({ name, version, filename, files }) => ({
    name,
    version,
    tarball: join(folder, filename),
    files: files.map(({ path }) => path),
  }));
}

interface NpmPack {
  readonly name: string;
  readonly version: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Every name under which an installed package can be imported; a `*` in its exports stands for each file that is there. */
export function publicNames(folder: string): string[] {
  const { name, exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    name: string;
    exports: Record<string, { default: string }>;
  };
  return Object.entries(exports).flatMap(([entry, { default: target }]) => {
    if (!entry.includes("*")) return [join(name, entry)];
    const [before = "", after = ""] = target.split("*");
    const files = readdirSync(join(folder, before)).filter((file) => file.endsWith(after));
    return files.map((file) => join(name, entry.replace("*", file.slice(0, -after.length))));
  });
}

/** The demonstration, started from an installed package as `npx valetkey` would. */
export async function startInstalled(folder: string) {
  const args = ["start", "--demo", "--port", "0", "--data", join(folder, "data"), "--json"];
  const child = spawn(join(folder, "node_modules/.bin/valetkey"), args, {
    cwd: folder,
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  let [printed, complaint] = ["", ""];
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  for await (const text of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    printed += text;
    if (printed.includes("\n")) break;
  }
  child.stdout.resume();
  if (!printed) throw new Error(`valetkey start ended before it was ready:\n${complaint}`);
  const { issuer, mcp_url: mcpUrl } = JSON.parse(printed) as { issuer: string; mcp_url: string };
  const stop = async (): Promise<number | null> => {
    child.kill("SIGTERM");
    return (await ended)[0];
  };
  return { issuer, mcpUrl, stop };
}

/** Runs a program as a user's shell would: this Node first on the path, nothing of npm's or the runner's own settings. */
export async function outside(folder: string, command: string, args: readonly string[]): Promise<string> {
  const options = { cwd: folder, env: environment(), maxBuffer: 64 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(command, args, options).catch((thrown) => {
    throw new Error(`${command} ${args.join(" ")}\n${thrown.stdout}\n${thrown.stderr}`, { cause: thrown });
  });
  return stdout;
}

function environment(): NodeJS.ProcessEnv {
  const ofTheRun =
    /^(?:npm_(?:package|lifecycle|command|config_local_prefix|config_prefix)|INIT_CWD|NODE_(?:OPTIONS|TEST))/;
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofTheRun.test(name)));
  return { ...kept, PATH: [dirname(process.execPath), kept.PATH].join(delimiter) };
}
