import { once } from "node:events";
import { appendFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { ABrowser } from "../../testing/a-browser.ts";
import type { AServer } from "../../testing/a-server.ts";
import { aFolder, started, valetkey } from "./a-process.ts";

/** A port of the loopback interface that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** A folder with the configuration of a server on a free loopback port, as `valetkey init` writes it. */
export async function aConfigured(more = ""): Promise<{ folder: string; issuer: string; port: number }> {
  const folder = await aFolder();
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  await valetkey(folder, ["init", "--issuer", issuer]);
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
