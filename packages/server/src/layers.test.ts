import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { filesEnding, root } from "../../../gate/house.ts";
import { circles, type Import, importsIn, importsOf } from "./testing/import-graph.ts";

/** What each room of packages/server/src may import beside itself. A room that is not named here may not exist. */
const LAW = ["protocol"];
const GROUND = ["records", ...LAW];
const WORLD = ["ports", ...GROUND];
const CORE = ["grants", "clients", "interaction", "tokens", ...WORLD];
const rooms: Readonly<Record<string, readonly string[]>> = {
  records: [],
  pages: [],
  ports: GROUND,
  tokens: WORLD,
  clients: ["tokens", ...WORLD],
  interaction: ["clients", "tokens", ...WORLD],
  grants: ["clients", "tokens", ...WORLD],
  "sign-in": ["interaction", "operations", "clients", "tokens", ...WORLD],
  http: WORLD,
  config: ["pages", ...GROUND],
  operations: ["tokens", ...WORLD],
  // Read by who prints docs/api and by tests; the server itself answers without it.
  description: ["http", "tokens", ...WORLD],
  admin: ["http", "operations", ...CORE],
  endpoints: ["admin", "sign-in", "operations", "config", "http", "pages", ...CORE],
  adapters: ["config", ...WORLD],
  backup: ["adapters", ...WORLD],
  demo: ["start.ts", "config", "http", "tokens", "resource", ...WORLD],
  cli: [
    "start.ts",
    "server.ts",
    "adapters",
    "backup",
    "config",
    "demo",
    "http",
    "pages",
    "admin",
    "operations",
    "gateway",
    "agent",
    ...CORE,
  ],
  "server.ts": ["admin", "sign-in", "config", "endpoints", "http", "pages", ...CORE],
  "start.ts": ["server.ts", "adapters", "admin", "sign-in", "config", "endpoints", "http", "pages", ...CORE],
  "index.ts": ["server.ts", "start.ts", "config", "http", ...WORLD],
};

/** The packages from npm that a room may import, for the rooms that are held to some or none. */
const foreigners: Readonly<Record<string, readonly string[]>> = {
  records: [],
  ports: [],
  pages: ["hono/html", "hono/utils/html"],
  grants: [],
  interaction: [],
  "sign-in": [],
  endpoints: [],
};

/** Which packages of ours a package may import. */
const packages: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  resource: ["protocol"],
  gateway: ["protocol", "resource"],
  browser: ["protocol"],
  agent: ["protocol"],
  auditor: ["protocol"],
  server: ["protocol", "resource", "auditor", "gateway", "agent"],
};

const UNNAMED = /^(?:utils?|helpers?|common|managers?|services?|impl|misc|shared)$/;
const SIZE = { largest: 400, nineInTen: 250, median: 80 };

/** Tests, contracts and what only they use may look anywhere. */
const forTests = (file: string): boolean =>
  /\.(?:test|contract|tricks)\.ts$|\/(?:testing|contract|fixtures)\//.test(file);

const source = filesEnding(".ts").filter((file) => /^packages\/[^/]+\/src\//.test(file) && !forTests(file));
const imports = importsOf(root, source);
const ours = /^@valetkey\/([^/]+)/;
const packageOf = (file: string) => file.split("/")[1] ?? "";
const roomOf = (file: string) => file.split("/")[3] ?? "";
const told = ({ from, to }: Import) => `${from} imports ${to}`;

describe("the house", () => {
  const inServer = imports.filter(({ from }) => from.startsWith("packages/server/src/"));

  it("has no room that imports one above it", () => {
    const against = inServer.filter(({ from, to }) => {
      const room = roomOf(from);
      const target = ours.exec(to)?.[1] ?? (to.startsWith("packages/") ? roomOf(to) : undefined);
      if (target === undefined || target === room) return false;
      return !(rooms[room] ?? []).includes(target);
    });
    assert.deepEqual(against.map(told), []);
  });

  it("has no room that its plan does not name", () => {
    const built = new Set(source.filter((file) => packageOf(file) === "server").map(roomOf));
    assert.deepEqual(
      [...built].filter((room) => !Object.hasOwn(rooms, room)),
      [],
    );
  });

  it("lets each room import the foreign packages that it may", () => {
    const against = inServer.filter(({ from, to }) => {
      const may = foreigners[roomOf(from)];
      const foreign = !to.startsWith("packages/") && !to.startsWith("node:") && !ours.test(to);
      return may !== undefined && foreign && !may.includes(to);
    });
    assert.deepEqual(against.map(told), []);
  });

  it("has no package that imports one it may not, nor another's files by path", () => {
    const against = imports.filter(({ from, to }) => {
      const target = ours.exec(to)?.[1];
      if (target !== undefined) return !(packages[packageOf(from)] ?? []).includes(target);
      return to.startsWith("packages/") ? packageOf(to) !== packageOf(from) : to.startsWith("..");
    });
    assert.deepEqual(against.map(told), []);
  });

  it("keeps the law free of Node and of every dependency", () => {
    const against = imports.filter(
      ({ from, to }) => packageOf(from) === "protocol" && !to.startsWith("packages/"),
    );
    assert.deepEqual(against.map(told), []);
  });

  it("keeps the guard free of Node outside its adapters", () => {
    const against = imports.filter(
      ({ from, to }) =>
        packageOf(from) === "resource" && roomOf(from) !== "adapters" && to.startsWith("node:"),
    );
    assert.deepEqual(against.map(told), []);
  });

  it("has no circle of files", () => {
    assert.deepEqual(
      circles(imports).map((files) => files.join(" -> ")),
      [],
    );
  });

  it("names every file and folder by a noun", () => {
    const named = filesEnding(".ts", ".js", ".css").filter((file) =>
      file
        .replace(/\.\w+$/, "")
        .split(/[/.-]/)
        .some((word) => UNNAMED.test(word)),
    );
    assert.deepEqual(named, []);
  });

  it("is made of small files", (context) => {
    const sizes = filesEnding(".ts").map((file) => ({ file, lines: linesOf(file) }));
    const sorted = sizes.map(({ lines }) => lines).toSorted((a, b) => a - b);
    const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0;
    context.diagnostic(
      `${sizes.length} files: median ${at(0.5)} lines, nine in ten up to ${at(0.9)}, largest ${at(1)}`,
    );
    assert.deepEqual(
      sizes.filter(({ lines }) => lines > SIZE.largest),
      [],
    );
    assert.ok(at(0.9) <= SIZE.nineInTen, `nine in ten files have up to ${at(0.9)} lines`);
    assert.ok(at(0.5) <= SIZE.median, `the median file has ${at(0.5)} lines`);
  });
});

function linesOf(file: string): number {
  return readFileSync(join(root, file), "utf8").split("\n").length - 1;
}

describe("reading imports", () => {
  for (const { given, text, to } of [
    { given: "values", text: `import { a } from "./b.ts";`, to: ["packages/x/src/room/b.ts"] },
    { given: "types", text: `import type { A } from "../c.ts";`, to: ["packages/x/src/c.ts"] },
    { given: "names over several lines", text: `import {\n  a,\n  type B,\n} from "jose";`, to: ["jose"] },
    { given: "re-exports", text: `export * from "./b.ts";`, to: ["packages/x/src/room/b.ts"] },
    { given: "an import for its effects", text: `import "node:test";`, to: ["node:test"] },
    {
      given: "an import at run time",
      text: `const a = await import("./b.ts");`,
      to: ["packages/x/src/room/b.ts"],
    },
    { given: "nothing of a comment", text: `// comes from "x"\nconst from = "y";`, to: [] },
  ]) {
    it(`sees ${given}`, () => {
      assert.deepEqual(
        importsIn(text, "packages/x/src/room/a.ts").map((entry) => entry.to),
        to,
      );
    });
  }

  it("finds a circle through three files, once", () => {
    const round = [
      ["a", "b"],
      ["b", "c"],
      ["c", "a"],
      ["a", "d"],
    ].map(([from = "", to = ""]) => ({ from, to }));
    assert.deepEqual(circles(round), [["a", "b", "c"]]);
  });
});
