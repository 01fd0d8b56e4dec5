import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { Given } from "../packages/server/src/cli/given.ts";
import { allCommands } from "../packages/server/src/cli/index.ts";
import { root } from "./house.ts";
import { blocksOf, commandsOf, inlineCommandsOf, linksOf, pages } from "./page-blocks.ts";
import { program } from "./program.ts";

const commands = await allCommands();

/** What a block leaves to its reader, by what it imports. */
const leftOut: readonly (readonly [imports: string, declares: string])[] = [
  ["@valetkey/resource/express", 'declare const app: import("express").Express;'],
  ["@valetkey/resource/fastify", 'declare const app: import("fastify").FastifyInstance;'],
  [
    "@valetkey/resource/koa",
    'declare const app: import("koa")<import("@valetkey/resource/koa").CallerState>;',
  ],
  ["@valetkey/resource/hono", 'import { Hono } from "hono";'],
  ["@valetkey/resource/node", 'import { createServer } from "node:http";'],
  [
    "createMcpHandler",
    'import { createMcpHandler, type McpServer } from "@modelcontextprotocol/server";\ndeclare function makeServer(): McpServer;',
  ],
  ["handler.fetch", 'declare const handler: { fetch: import("@valetkey/resource/mcp").McpHandler };'],
  [
    "requireAuthentication(",
    'import { requireAuthentication } from "@valetkey/resource";\ndeclare const caller: import("@valetkey/resource").Caller;',
  ],
  [
    "yourHandler",
    'declare function yourHandler(request: Request, caller: import("@valetkey/resource").Caller): Response;',
  ],
  ["request", "declare const request: Request;"],
  ["guard", 'declare const guard: import("@valetkey/resource").Guard;'],
  ["onStepUp", 'import { createAgent, openInBrowser } from "@valetkey/agent";'],
  ["notes.fetch", 'declare const notes: import("@valetkey/agent").Agent;'],
  ["bff.fetch", "declare const app: { fetch(request: Request): Promise<Response> };"],
  [
    "root.render",
    'declare const root: import("react-dom/client").Root;\ndeclare const client: import("@valetkey/browser").Client;',
  ],
  ["options", 'declare const options: import("@valetkey/resource").GuardOptions;'],
];

/** A block as a module of its own; a `return` stands in somebody's function. */
function moduleOf(block: string): string {
  const added: string[] = [];
  for (const [sign, text] of leftOut) {
    const name = /(?:const|function) (\w+)/.exec(text)?.[1] ?? "";
    const isThere = block.includes(`const ${name} =`) || added.some((one) => one.includes(`const ${name}:`));
    if (block.includes(sign) && !(name !== "" && isThere)) added.push(text);
  }
  const imports = block.split("\n").filter((line) => line.startsWith("import "));
  const rest = block.split("\n").filter((line) => !line.startsWith("import "));
  const body = /^(?:if .*)?return |\breturn caller;/m.test(block)
    ? ["export async function block() {", ...rest, "}"]
    : rest;
  return [...imports, ...added, ...body, "export {};"].join("\n");
}

/** Of all that blocks import it alone is no package of the root's. */
const mcpClient = "node_modules/@modelcontextprotocol/client";

/** Pages that show how to write a program: those of the packages, and those on building. */
function taught(): readonly string[] {
  const ofPackages = readdirSync(join(root, "packages")).map((name) => `packages/${name}/README.md`);
  const building = readdirSync(join(root, "docs/build")).map((name) => `docs/build/${name}`);
  return ["README.md", ...ofPackages, ...building].filter(
    (page) => page.endsWith(".md") && existsSync(join(root, page)),
  );
}

describe("the pages that people write", () => {
  const folder = mkdtempSync(join(tmpdir(), "valetkey-blocks-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("show TypeScript that compiles", async () => {
    const written = taught().flatMap((page, at) => {
      const into = join(folder, `page-${at}`);
      mkdirSync(join(into, "node_modules/@modelcontextprotocol"), { recursive: true });
      symlinkSync(join(root, "conformance", mcpClient), join(into, mcpClient));
      return ["ts", "tsx"].flatMap((kind) =>
        blocksOf(page, kind).map((block, number) => {
          // A block that says which file it is stands as it is, beside the others of its page.
          const [, name] = /^\/\/ ([a-z-]+\.ts)\n/.exec(block) ?? [];
          writeFileSync(join(into, name ?? `${kind}-${number + 1}.${kind}`), name ? block : moduleOf(block));
          return page;
        }),
      );
    });
    for (const page of ["agent", "browser", "resource"])
      assert.ok(written.includes(`packages/${page}/README.md`), `no block of ${page} was found`);
    assert.ok(written.length >= 28, `only ${written.length} blocks were found`);
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"));
    const loose = { noUnusedLocals: false, noUnusedParameters: false };
    const ofPages = { lib: ["es2024", "dom", "dom.iterable", "dom.asynciterable"], jsx: "react-jsx" };
    const config = { compilerOptions: { ...compilerOptions, ...loose, ...ofPages }, include: ["page-*/*"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    await program(join(root, "node_modules/.bin/tsc"), ["-p", folder]);
  });

  it("show commands of valetkey that exist, with options that they take", () => {
    const judged = pages().flatMap((page) =>
      everyCommandOf(page).flatMap((words) => {
        const args = argumentsOf(words);
        return args === undefined ? [] : [`${page}: valetkey ${args.join(" ")}${faultOf(args)}`];
      }),
    );
    assert.ok(judged.length >= 35, `only ${judged.length} commands were found`);
    assert.deepEqual(
      judged.filter((one) => one.includes("\n")),
      [],
    );
  });

  it("name scripts of npm that exist", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object };
    const named = pages().flatMap((page) =>
      everyCommandOf(page).flatMap(([npm, verb = "", ...rest]) => {
        if (npm !== "npm" || !["run", "start", "test"].includes(verb)) return [];
        const script = verb === "run" ? rest.find((word) => !word.startsWith("-")) : verb;
        return [`${page}: ${Object.hasOwn(scripts, script ?? "") ? "has" : "lacks"} ${script}`];
      }),
    );
    assert.ok(named.length >= 8, `only ${named.length} were found`);
    assert.deepEqual(
      named.filter((one) => one.includes(": lacks ")),
      [],
    );
  });

  it("link to files that are there", () => {
    const links = pages().flatMap((page) => linksOf(page).map((path) => ({ page, path })));
    assert.ok(links.length >= 35, `only ${links.length} links were found`);
    assert.deepEqual(
      links.filter(({ path }) => !existsSync(join(root, path))),
      [],
    );
  });
});

function everyCommandOf(page: string) {
  return [...commandsOf(page), ...inlineCommandsOf(page)];
}

/** What `valetkey` is given, as installed or in a clone; undefined for another program. */
function argumentsOf(words: readonly string[]): readonly string[] | undefined {
  const [first, second] = words;
  if (first === "valetkey") return words.slice(1);
  if (first === "npx" && (second === "valetkey" || second?.startsWith("valetkey@"))) return words.slice(2);
  if (first !== "npm") return undefined;
  const end = words.indexOf("--");
  const args = end < 0 ? [] : words.slice(end + 1);
  if (second === "start") return ["start", "--demo", ...args];
  return second === "run" && words.slice(0, 4).includes("valetkey") ? args : undefined;
}

function faultOf(args: readonly string[]): string {
  const [first = "", second = ""] = args;
  if (args.length === 0 || first.startsWith("-") || first === "help") return "";
  const command = commands.find(({ name }) => name === first || name === `${first} ${second}`);
  // A sentence may speak of a command, or of all about one noun, by its name alone.
  if (command === undefined) {
    const isNoun = second === "" && commands.some(({ name }) => name.startsWith(`${first} `));
    return isNoun ? "" : "\nno such command";
  }
  if (args.join(" ") === command.name) return "";
  try {
    new Given(command, args.slice(command.name.split(" ").length)).requireFaultless();
    return "";
  } catch (fault) {
    return `\n${(fault as Error).message}`;
  }
}
