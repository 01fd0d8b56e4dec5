import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";

/** A PostgreSQL server that a test may crash and start again on the same data and port. */
export interface Crashable {
  /** An immediate shutdown: nothing is written that was not, connections break; the next start recovers from the log. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Stops what {@link start} started. */
  stop(): Promise<void>;
}

/** @param url of the superuser of a server that belongs to the test alone and runs on this machine */
export async function crashable(url: string): Promise<Crashable> {
  const folder = await dataFolder(url);
  const { uid, gid } = await stat(folder);
  let server: ChildProcess | undefined;
  return {
    async crash() {
      const [pid] = (await readFile(join(folder, "postmaster.pid"), "utf8")).split("\n");
      process.kill(Number(pid), "SIGQUIT");
      while (await answers(url)) await pause(10);
      while (isAlive(Number(pid))) await pause(10);
    },
    async start() {
      // The last start's command line: the program, then each word in quotation marks.
      const line = (await readFile(join(folder, "postmaster.opts"), "utf8")).trim();
      const [program = "", ...words] = line.split(/ (?=")/);
      const asOwner = process.getuid?.() === 0 ? { uid, gid } : {};
      server = spawn(
        program,
        words.map((word) => word.slice(1, -1)),
        { ...asOwner, cwd: folder, stdio: "ignore" },
      );
      for (let turn = 0; turn < 600; turn++) {
        if (await answers(url)) return;
        await pause(25);
      }
      throw new Error("PostgreSQL did not come back");
    },
    async stop() {
      if (!server || server.exitCode !== null) return;
      server.kill("SIGINT");
      await once(server, "exit");
    },
  };
}

async function dataFolder(url: string): Promise<string> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query("SHOW data_directory");
  await client.end();
  return rows[0].data_directory;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client(url);
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
