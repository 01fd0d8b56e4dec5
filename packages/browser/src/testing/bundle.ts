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

const made = new Map<string, Promise<string>>();

/** One file as a bundler makes it, minified, and made once. @param entry below packages/browser/src */
export function bundle(entry: string, options: BundleOptions = {}): Promise<string> {
  const key = JSON.stringify([entry, options]);
  const text = made.get(key) ?? make(entry, options);
  made.set(key, text);
  return text;
}

async function make(
  entry: string,
  { banner, changes = [], external = false, program }: BundleOptions,
): Promise<string> {
  const { outputFiles } = await build({
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
  const text = outputFiles[0]?.text;
  if (text === undefined) throw new Error(`Nothing was made of ${entry}.`);
  return text;
}

function changed(changes: readonly Change[]): Plugin {
  return {
    name: "changes",
    setup({ onLoad }) {
      for (const [file, ofFile = []] of Object.entries(Object.groupBy(changes, ({ file }) => file))) {
        const path = source(file);
        onLoad({ filter: new RegExp(`/${file.replaceAll(".", "\\.")}$`) }, async () => {
          let text = await readFile(path, "utf8");
          for (const { from, to } of ofFile) {
            if (!text.includes(from)) throw new Error(`${file} has no such line: ${from}`);
            text = text.replace(from, () => to);
          }
          return { contents: text, loader: "ts" };
        });
      }
    },
  };
}
