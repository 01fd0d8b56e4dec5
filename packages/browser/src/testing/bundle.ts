import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

const source = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

/** Replaces text of our files as they are read: what a test needs to see itself fail. */
export type Change = { readonly file: string; readonly from: string; readonly to: string };

export interface BundleOptions {
  /** The same for all that comes out, before anything else. */
  readonly banner?: string;
  readonly changes?: readonly Change[];
  /** The text of the entry, in the place of the file's own. */
  readonly program?: string;
  /** Leaves imports of packages as they are. */
  readonly external?: boolean;
}

/** One file as a bundler makes it, minified. @param entry below packages/browser/src */
export async function bundle(
  entry: string,
  { banner, changes = [], external = false, program }: BundleOptions = {},
): Promise<string> {
  const made = await build({
    ...(program === undefined
      ? { entryPoints: [source(entry)] }
      : { stdin: { contents: program, loader: "ts", resolveDir: source("testing") } }),
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    conditions: ["valetkey-source"],
    legalComments: "none",
    define: { "process.env.NODE_ENV": '"development"' },
    ...(banner === undefined ? {} : { banner: { js: banner } }),
    packages: external ? "external" : "bundle",
    plugins: [changed(changes)],
  });
  const text = made.outputFiles[0]?.text;
  if (text === undefined) throw new Error(`Nothing was made of ${entry}.`);
  return text;
}

function changed(changes: readonly Change[]): Plugin {
  return {
    name: "changes",
    setup({ onLoad }) {
      for (const { file, from, to } of changes) {
        const path = source(file);
        onLoad({ filter: new RegExp(`/${file.replaceAll(".", "\\.")}$`) }, async () => {
          const text = await readFile(path, "utf8");
          if (!text.includes(from)) throw new Error(`${file} has no such line: ${from}`);
          return { contents: text.replace(from, to), loader: "ts" };
        });
      }
    },
  };
}
