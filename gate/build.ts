import { cpSync, existsSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "./house.ts";
import { program } from "./program.ts";
import { take } from "./step.ts";

/** In the order of their imports: each is compiled against the declarations of those before it. */
const PACKAGES = ["protocol", "resource", "gateway", "agent", "browser", "server"];
const FOR_TESTS = /(?:^|\/)(?:testing|contract|fixtures)(?:\/|$)/;

/** `npm run build`: what is published, made anew in each package's `dist`. */
try {
  await take(
    PACKAGES.map((name) => ({ name: `build ${name}`, run: () => build(join(root, "packages", name)) })),
  );
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exitCode = 1;
}

async function build(folder: string): Promise<undefined> {
  const [source, dist] = [join(folder, "src"), join(folder, "dist")];
  rmSync(dist, { recursive: true, force: true });
  await program(join(root, "node_modules/.bin/tsc"), ["--project", join(folder, "tsconfig.build.json")]);
  if (!existsSync(dist)) throw new Error(`tsc wrote nothing to ${relative(root, dist)}`);
  cpSync(source, dist, {
    recursive: true,
    filter: (path) => !path.endsWith(".ts") && !FOR_TESTS.test(relative(source, path)), // style sheets and the like
  });
}
