import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { freePort } from "./free-port.ts";
import { makeHome, type PostgresHome } from "./postgres-home.ts";

/** A running PostgreSQL server that belongs to the process which started it. */
export interface PostgresCluster {
  /** Of the superuser, with its password, on a loopback address. */
  readonly url: string;
  /** As the server's own `--version` prints it. */
  readonly version: string;
  /** Fast shutdown; resolves when the server is gone and its folder removed. */
  stop(): Promise<void>;
}

/**
 * Runs one program until standard input ends. That pipe closes when the process that started the cluster ends in
 * whatever way, SIGKILL included; then the server is stopped by its pid (SIGINT is PostgreSQL's fast shutdown), and its
 * folder goes.
 */
const UNTIL_STDIN_ENDS = `
home=$1; shift
trap '' INT TERM HUP
"$@" < /dev/null >> "$home/log" 2>&1 &
server=$!
cat > /dev/null
kill -INT "$server" 2> /dev/null
wait "$server"
cd /
rm -rf "$home"
`;

/** Starts PostgreSQL from the npm package's binaries, with its own defaults for durability, in a temporary folder. */
export async function startPostgres(): Promise<PostgresCluster> {
  const home = await makeHome();
  const password = randomBytes(18).toString("base64url");
  const version = await initialize(home, password).catch(async (cause) => {
    await rm(home.folder, { recursive: true, force: true });
    throw cause;
  });
  const port = await freePort();
  const keeper = keep(home, port);
  const log = await readyOrDead(home, keeper);
  if (log) {
    await stop(keeper);
    if (log.includes("Address already in use")) return startPostgres();
    throw new Error(`PostgreSQL did not start:\n${log}`);
  }
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    version,
    stop: () => stop(keeper),
  };
}

/** Makes the data folder; `--no-sync` concerns these first files only, not the server that runs on them. */
async function initialize({ folder, asUser }: PostgresHome, password: string): Promise<string> {
  const run = promisify(execFile);
  const secret = join(folder, "password");
  await writeFile(secret, password);
  const data = ["--pgdata", join(folder, "data"), "--username=postgres", `--pwfile=${secret}`, "--no-sync"];
  const rules = ["--auth=scram-sha-256", "--encoding=UTF8", "--no-locale"];
  await run(join(folder, "bin/initdb"), [...data, ...rules], { ...asUser, cwd: folder });
  await rm(secret);
  const { stdout } = await run(join(folder, "bin/postgres"), ["--version"], { ...asUser, cwd: folder });
  return stdout.trim();
}

function keep({ folder, asUser }: PostgresHome, port: number): ChildProcess {
  const settings = [
    "listen_addresses=127.0.0.1",
    `port=${port}`,
    "unix_socket_directories=",
    "max_connections=200",
  ];
  const server = [
    join(folder, "bin/postgres"),
    "-D",
    join(folder, "data"),
    ...settings.flatMap((s) => ["-c", s]),
  ];
  const keeper = spawn("/bin/sh", ["-c", UNTIL_STDIN_ENDS, "sh", folder, ...server], {
    ...asUser,
    cwd: folder,
    detached: true, // Ctrl-C in a terminal reaches the runner alone, which decides when the server stops
    stdio: ["pipe", "ignore", "ignore"],
  });
  keeper.unref();
  if (keeper.stdin && "unref" in keeper.stdin && typeof keeper.stdin.unref === "function")
    keeper.stdin.unref();
  return keeper;
}

/** The log of a server that did not come up, or undefined once it accepts connections. */
async function readyOrDead({ folder }: PostgresHome, keeper: ChildProcess): Promise<string | undefined> {
  for (let waited = 0; waited < 60_000; waited += 25) {
    const log = await readFile(join(folder, "log"), "utf8").catch(() => "");
    if (log.includes("ready to accept connections")) return undefined;
    if (log.includes("FATAL") || keeper.exitCode !== null) return log || "no log was written";
    await pause(25);
  }
  return "no answer within a minute";
}

async function stop(keeper: ChildProcess): Promise<void> {
  if (keeper.exitCode !== null || keeper.signalCode !== null) return;
  keeper.ref();
  keeper.stdin?.end();
  await once(keeper, "exit");
}
