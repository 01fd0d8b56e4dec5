import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { ABrowser } from "../../testing/a-browser.ts";
import type { AServer } from "../../testing/a-server.ts";
import { freePort } from "../../testing/free-port.ts";
import { aFolder, started } from "./a-process.ts";
import { factsOf } from "./in-process.ts";

/** A folder with the configuration of a server on a free loopback port, as `valetkey init` writes it. */
export async function aConfigured(more = ""): Promise<{ folder: string; issuer: string; port: number }> {
  const folder = await aFolder();
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  await factsOf(folder, ["init", "--issuer", issuer]);
  await appendFile(join(folder, "valetkey.yaml"), more);
  return { folder, issuer, port };
}

export async function aRunningServer(more = "") {
  const place = await aConfigured(more);
  return { ...place, process: await started(place.folder, []) };
}

/** What the browser and login helpers need of a server, spoken by real HTTP. */
export function overHttp(issuer: string): AServer {
  const fetchHere = (input: string | URL | Request, init?: RequestInit) =>
    fetch(input, { ...init, redirect: "manual" });
  return { issuer, fetchHere } as AServer;
}

export function aBrowserAt(issuer: string): ABrowser {
  return new ABrowser(overHttp(issuer));
}
