import assert from "node:assert/strict";
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { cleanEnvironment } from "../packages/server/src/testing/clean-environment.ts";
import type { ADemonstration } from "./a-demonstration.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export const inspector = path(
  "./node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js",
);
export const mcpRemote = path("./node_modules/mcp-remote/dist/proxy.js");

export type ADesktop = Awaited<ReturnType<typeof aDesktop>>;

/**
 * The machine of somebody who runs foreign command lines: a home of its own, and in the place of the browser that they
 * open a program that tells us the URL. Ada then allows what the page offers, and her browser goes where it is sent.
 */
export async function aDesktop(demo: ADemonstration) {
  const home = mkdtempSync(join(tmpdir(), "valetkey-desktop-"));
  const visits: URL[] = [];
  const failures: unknown[] = [];
  const door = createServer((incoming, outgoing) => {
    const url = new URL(decodeURIComponent((incoming.url ?? "").slice(1)));
    visits.push(url);
    outgoing.end();
    demo
      .approve(url.href)
      .then(arrive)
      .then((page) => assert.equal(page.status, 200))
      .catch((thrown: unknown) => failures.push(thrown));
  });
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  const ask = `fetch("http://127.0.0.1:${(door.address() as AddressInfo).port}/" + encodeURIComponent(process.argv[1]))`;
  const bin = join(home, "bin");
  mkdirSync(bin);
  // On Linux the xdg-open that the package `open` brings along runs what BROWSER names; macOS has a command `open`.
  for (const name of ["open", "xdg-open"]) {
    writeFileSync(join(bin, name), `#!/bin/sh\nexec "${process.execPath}" -e '${ask}' "$1"\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const env = {
    ...cleanEnvironment(),
    PATH: `${bin}:${process.env.PATH}`,
    HOME: home,
    BROWSER: join(bin, "xdg-open"),
    // The Inspector opens a browser by itself only where somebody sits at a terminal, or where it is told to.
    MCP_AUTO_OPEN_ENABLED: "true",
    MCP_STORAGE_DIR: join(home, "inspector"),
    MCP_INSPECTOR_SECRET_STORE: "file",
  };

  return {
    home,
    /** Where the browser was sent, in order. */
    visits,
    failures,
    run(program: string, args: readonly string[]): Program {
      return new Program(
        spawn(process.execPath, [program, ...args], { env, stdio: ["pipe", "pipe", "pipe"] }),
      );
    },
    async close() {
      door.closeAllConnections();
      door.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A program may open the browser a moment before it listens for the answer (mcp-remote does, at a step-up). No person is so quick. */
async function arrive(callback: URL): Promise<Response> {
  for (const until = Date.now() + 20_000; ; await new Promise((go) => setTimeout(go, 50)))
    try {
      return await fetch(callback);
    } catch (thrown) {
      const { code } = ((thrown as Error).cause ?? {}) as { code?: string };
      if (code !== "ECONNREFUSED" || Date.now() > until) throw thrown;
    }
}

/** A foreign command line under way. */
export class Program {
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #ended: Promise<unknown[]>;
  out = "";
  err = "";

  constructor(child: ChildProcessByStdio<Writable, Readable, Readable>) {
    this.#child = child;
    this.#ended = once(child, "close");
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.err += text;
    });
  }

  type(text: string): void {
    this.#child.stdin.write(text);
  }

  /** The first whole line of its output that `is` takes; fails with all that it said after `patience` milliseconds. */
  async line<T>(is: (line: string) => T | undefined, patience = 30_000): Promise<T> {
    for (const until = Date.now() + patience; Date.now() < until; ) {
      for (const line of this.out.split("\n").slice(0, -1)) {
        const it = is(line);
        if (it !== undefined) return it;
      }
      await new Promise((go) => setTimeout(go, 50));
    }
    throw new Error(`It did not come:\n${this.out}\n${this.err}`);
  }

  /** @returns the exit status */
  async end(): Promise<unknown> {
    return (await this.#ended)[0];
  }

  async stop(): Promise<void> {
    this.#child.kill("SIGTERM");
    await this.#ended;
  }
}
