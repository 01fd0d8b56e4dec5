import type {
  Browser,
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
 * A real headless Chromium with its security as a person has it. Close it when done; should the process end first, the
 * browser ends with it.
 */
export async function launchBrowser(): Promise<Browser> {
  const chromium = await findChromium();
  announce(chromium.version);
  const { chromium: playwright } = foreign("playwright-core") as { chromium: BrowserType };
  const root = process.getuid?.() === 0;
  const options: LaunchOptions = {
    executablePath: chromium.path,
    env: { ...process.env, ...chromium.env },
    args: FLAGS,
    headless: true,
    chromiumSandbox: !root, // Chromium refuses to sandbox for root
  };
  if (root) return playwright.launch(options);
  return playwright.launch(options).catch((cause) => {
    // Containers and some distributions forbid the name spaces that the sandbox is made of.
    if (!String(cause).includes("No usable sandbox")) throw cause;
    return playwright.launch({ ...options, chromiumSandbox: false });
  });
}

let announced = false;

/** The gate prints the version once for the whole run; a file that runs alone prints it itself. */
function announce(version: string): void {
  if (announced || process.env.VALETKEY_TEST_GATE) return;
  announced = true;
  console.log(`Browser: ${version}`);
}
