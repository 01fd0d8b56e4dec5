import { readFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Browser } from "../../packages/server/src/testing/browser.ts";
import { findChromium } from "../../packages/server/src/testing/chromium.ts";
import { foreign } from "../../packages/server/src/testing/foreign.ts";

const host = "app.example";
const folder = "../../packages/server/src/adapters/outbound/fixtures/";
const pem = (name: string) => readFileSync(new URL(`${folder}${name}`, import.meta.url));

/** Beside what makes Chromium quiet: a name for the app on this machine, and its certificate that nobody vouches for. */
const flags = [
  "--disable-background-networking",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--no-first-run",
  `--host-resolver-rules=MAP ${host} 127.0.0.1`,
  "--ignore-certificate-errors",
];

/** A real Chromium in which apps are on https, as an issuer wants them, and the back-forward cache is on, as people have it. */
export async function launchChromium(): Promise<Browser> {
  const { path, env } = await findChromium();
  const { chromium } = foreign("playwright-core");
  return await chromium.launch({
    executablePath: path,
    env: { ...process.env, ...env },
    args: flags,
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
    chromiumSandbox: process.platform !== "linux", // containers and some distributions have none for it
  });
}

/** Ends every SharedWorker and waits until they are gone, as browsers do that give it no longer life than its last page. */
export async function endWorkers(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send("Target.getTargets");
  for (const { type, targetId } of targetInfos) {
    if (type === "shared_worker") await session.send("Target.closeTarget", { targetId });
  }
  // Closing is only asked for: a page that loads now could still be connected to one that is about to end.
  const ended = new Set(targetInfos.map(({ targetId }) => targetId));
  const isThere = async () =>
    (await session.send("Target.getTargets")).targetInfos.some(
      ({ type, targetId }) => type === "shared_worker" && ended.has(targetId),
    );
  while (await isThere()) await new Promise((resolve) => setTimeout(resolve, 20));
  await session.detach();
}

/** A web server of the app's on this machine, by https. */
export async function anAppOrigin(
  listener: RequestListener,
): Promise<{ origin: string; close(): Promise<void> }> {
  const tls = { cert: pem("localhost-certificate.pem"), key: pem("not-a-secret.localhost-key.pem") };
  const server = createServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `https://${host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
