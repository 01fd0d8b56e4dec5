import { createReadStream, createWriteStream, existsSync, statSync } from "node:fs";
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { foreign } from "./foreign.ts";

/** Chromium from the npm package, unpacked. */
export interface BundledChromium {
  readonly path: string;
  /** A folder of shared libraries for a machine that lacks them. */
  readonly libraries: string;
  /** A folder with a fontconfig file and a font. */
  readonly fonts: string;
}

/**
 * Unpacks `@sparticuz/chromium` into a folder named by its version, once for each user of the machine. The package's own
 * code is not used: it shares one unversioned path in /tmp among everyone, and its `args` switch web security off.
 */
export async function unpackChromium(): Promise<BundledChromium> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(
      "npm has no Chromium for this machine: install Chromium, or name one in VALETKEY_CHROMIUM.",
    );
  }
  const root = join(dirname(foreign.resolve("@sparticuz/chromium")), "..");
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
  const uid = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `valetkey-chromium-${version}-${uid}`);
  if (!existsSync(folder)) await unpack(root, folder);
  if (statSync(folder).uid !== uid)
    throw new Error(`${folder} belongs to another user: remove it, or set TMPDIR.`);
  return { path: join(folder, "chromium"), libraries: join(folder, "lib"), fonts: folder };
}

/** Whole or not at all: unpacked beside its place, then renamed; who comes second finds it there. */
async function unpack(root: string, folder: string): Promise<void> {
  const { extract } = createRequire(join(root, "package.json"))("tar-fs") as {
    extract(to: string, options: { chown: boolean }): Writable;
  };
  const draft = await mkdtemp(`${folder}.`);
  const inflate = (archive: string, to: Writable) =>
    pipeline(createReadStream(join(root, "bin", archive)), createBrotliDecompress(), to);
  try {
    await Promise.all([
      inflate("chromium.br", createWriteStream(join(draft, "chromium"), { mode: 0o700 })),
      inflate("swiftshader.tar.br", extract(draft, { chown: false })),
      inflate("al2023.tar.br", extract(draft, { chown: false })),
      inflate("fonts.tar.br", extract(draft, { chown: false })),
    ]);
    await writeFile(join(draft, "fonts.conf"), fontSettings(folder));
    await rename(draft, folder);
  } catch (thrown) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw thrown;
  }
}

/** The package's own file looks in one fixed folder only, where nothing is: a page would have no letters at all. */
function fontSettings(folder: string): string {
  const folders = [join(folder, "fonts"), "/usr/share/fonts", "/usr/local/share/fonts"];
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map((path) => `  <dir>${path}</dir>`).join("\n")}
  <cachedir>${join(folder, "font-cache")}</cachedir>
</fontconfig>
`;
}
