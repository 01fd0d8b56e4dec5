import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Installs the peers from the bench's own lock when it is new or has changed. */
export function installPeers(): void {
  install("bench", "the peers of the bench");
}

/** The PostgreSQL of the tests, for `--postgres`. */
export function installPostgres(): void {
  install("conformance", "PostgreSQL");
}

/** Whether a package stands there: a peer that could not be installed is left out, and said. */
export function isInstalled(name: string): boolean {
  return existsSync(join(root, "bench/node_modules", name, "package.json"));
}

function install(folder: string, what: string): void {
  const lock = readFileSync(join(root, folder, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  const stamp = join(root, folder, "node_modules/.installed-lock");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.log(`Installing ${what} ...`);
  try {
    execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
      cwd: join(root, folder),
      stdio: ["ignore", "ignore", "inherit"],
    });
    writeFileSync(stamp, wanted);
  } catch {
    console.error(`npm ci failed in ${folder}/: whatever needs its packages is left out.`);
  }
}
