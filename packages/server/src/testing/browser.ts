import type {
  Browser,
  BrowserServer,
  BrowserType,
  LaunchOptions,
} from "../../../../conformance/node_modules/playwright-core/index.js";
import { findChromium } from "./chromium.ts";
import { foreign } from "./foreign.ts";

export type {
  Browser,
  BrowserContext,
  Page,
} from "../../../../conformance/node_modules/playwright-core/index.js";

const FLAGS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];

/**
 * A real headless Chromium with its security as a person has it: within the gate the one that all files share, of which
 * this file sees its own contexts only, else one of its own. Close it when done; should the process end first, its
 * contexts, or the browser, end with it.
 */
export async function launchBrowser(): Promise<Browser> {
  const shared = process.env.VALETKEY_TEST_BROWSER;
  if (shared) {
    try {
      return await connected(shared);
    } catch (cause) {
      // A page of another file has brought it down: that is told there, and no reason to fail here.
      console.log(`The browser of the run is gone, so one is launched: ${cause}`);
    }
  }
  const { path, version, env } = await findChromium();
  announce(version);
  return withSandbox((sandbox) => playwright().launch({ ...options(path, env), ...sandbox }));
}

/** Its door stands for some time after the browser is gone: a word is exchanged with the browser itself. */
async function connected(address: string): Promise<Browser> {
  const browser = await playwright().connect(address, { timeout: 30_000 });
  const session = await browser.newBrowserCDPSession();
  await session.detach();
  return browser;
}

/** The browser of a whole run. */
export interface SharedBrowser {
  readonly version: string;
  /** For VALETKEY_TEST_BROWSER: who knows it may do anything with the browser. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Launches what `launchBrowser` connects to in other processes; on the loopback, behind a path that nobody can guess. */
export async function shareBrowser(): Promise<SharedBrowser> {
  const { path, version, env } = await findChromium();
  // An interrupt is the run's to handle, which ends what it started.
  const quiet = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  const server: BrowserServer = await withSandbox((sandbox) =>
    playwright().launchServer({ ...options(path, env), ...sandbox, ...quiet, host: "127.0.0.1" }),
  );
  return { version, address: server.wsEndpoint(), stop: () => server.close() };
}

function playwright(): BrowserType {
  return (foreign("playwright-core") as { chromium: BrowserType }).chromium;
}

function options(executablePath: string, env: Readonly<Record<string, string>>): LaunchOptions {
  return { executablePath, env: { ...process.env, ...env }, args: FLAGS, headless: true };
}

type Sandbox = Pick<LaunchOptions, "chromiumSandbox">;

async function withSandbox<Launched>(launch: (sandbox: Sandbox) => Promise<Launched>): Promise<Launched> {
  // Chromium refuses to sandbox for root.
  if (process.getuid?.() === 0) return launch({ chromiumSandbox: false });
  return launch({ chromiumSandbox: true }).catch((cause) => {
    // Containers and some distributions forbid the name spaces that the sandbox is made of.
    if (!String(cause).includes("No usable sandbox")) throw cause;
    return launch({ chromiumSandbox: false });
  });
}

let announced = false;

/** The gate prints the version once for the whole run; a file that runs alone prints it itself. */
function announce(version: string): void {
  if (announced || process.env.VALETKEY_TEST_GATE) return;
  announced = true;
  console.log(`Browser: ${version}`);
}
