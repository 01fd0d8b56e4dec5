import { execFile } from "node:child_process";
import { accessSync, constants, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { type BundledChromium, unpackChromium } from "./chromium-bundle.ts";

/** A Chromium that starts on this machine. */
export interface Chromium {
  readonly path: string;
  /** As the program's own `--version` prints it. */
  readonly version: string;
  /** What the program needs beside this process's environment. */
  readonly env: Readonly<Record<string, string>>;
}

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/opt/google/chrome/chrome",
];
const OLDEST_MAJOR = 128;

/**
 * VALETKEY_CHROMIUM, else the one from npm, unpacked in a temporary folder, else the machine's own browser. The one from
 * npm is as locked, the same everywhere, and without the parts of a desktop's browser that take two thirds of the
 * computing: what fills in, translates and watches over each page that is opened.
 */
export async function findChromium(): Promise<Chromium> {
  const named = process.env.VALETKEY_CHROMIUM;
  if (named) {
    const version = await versionOf(named, {});
    if (version) return { path: named, version, env: {} };
    throw new Error(
      `VALETKEY_CHROMIUM names ${named}, which does not start as a Chromium of ${OLDEST_MAJOR} or later.`,
    );
  }
  const bundled = await unpackChromium().then(startable, (cause: Error) => cause);
  if (!(bundled instanceof Error)) return bundled;
  for (const path of installed()) {
    const version = await versionOf(path, {});
    if (version) return { path, version, env: {} };
  }
  throw bundled;
}

/** The bundle carries libraries that a bare machine lacks; a machine's own ones fit better where it has them. */
async function startable({ path, libraries, fonts }: BundledChromium): Promise<Chromium | Error> {
  const own = process.env.LD_LIBRARY_PATH;
  for (const env of [
    { FONTCONFIG_PATH: fonts },
    { FONTCONFIG_PATH: fonts, LD_LIBRARY_PATH: own ? `${libraries}:${own}` : libraries },
  ]) {
    const version = await versionOf(path, env);
    if (version) return { path, version, env };
  }
  return new Error(
    `The Chromium from npm does not start here: install Chromium, or name one in VALETKEY_CHROMIUM.`,
  );
}

function installed(): string[] {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const paths = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...PLACES];
  return paths.filter((path) => {
    try {
      accessSync(path, constants.X_OK);
      // A snap sees a /tmp of its own, so that no profile can be handed to it.
      return !realpathSync(path).includes("/snap");
    } catch {
      return false;
    }
  });
}

async function versionOf(path: string, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ["--version", "--no-sandbox"], {
      env: { ...process.env, ...env },
      timeout: 20_000,
    });
    const major = /(\d+)\.\d+\.\d+\.\d+/.exec(stdout)?.[1];
    return major !== undefined && Number(major) >= OLDEST_MAJOR ? stdout.trim() : undefined;
  } catch {
    return undefined;
  }
}
