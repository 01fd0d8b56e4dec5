import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { spec } from "../testing/spec.ts";
import { aConfigured } from "./testing/a-configured.ts";
import { aFolder, valetkey } from "./testing/a-process.ts";
import { factsOf, inProcess } from "./testing/in-process.ts";

const privateKeys = JSON.stringify({ keys: [{ kty: "EC", crv: "P-256", x: "x", y: "y", d: "private" }] });

describe("wrong arguments", () => {
  let folder: string;
  before(async () => {
    ({ folder } = await aConfigured());
    await factsOf(folder, [
      "resource",
      "add",
      "https://mcp.example.com",
      "--scope",
      "files:read=Read your files",
    ]);
    await factsOf(folder, [
      "client",
      "add",
      "--name",
      "App",
      "--id",
      "app",
      "--redirect-uri",
      "http://localhost/cb",
    ]);
    await factsOf(folder, ["account", "add", "ada@example.com", "--generate-password"]);
    await writeFile(join(folder, "private.json"), privateKeys);
    await writeFile(join(folder, "broken.json"), "{");
  });

  const state = async () =>
    JSON.stringify([
      await factsOf(folder, ["client", "list"]),
      await factsOf(folder, ["resource", "list"]),
      await factsOf(folder, ["role", "list"]),
      await factsOf(folder, ["account", "list"]),
    ]);

  spec(
    "I2-FAULTS",
    "are all told at once, each with name, reason and example; exit status 2; nothing is done",
    async () => {
      const before = await state();
      for (const { args, faults } of wrong) {
        const { status, stdout, stderr } = await inProcess(folder, args);
        const name = args.join(" ");
        assert.deepEqual([status, stdout], [2, ""], name);
        const told =
          stderr
            .split("\n\n")[0]
            ?.split("\n")
            .filter((line) => !line.startsWith("Working on")) ?? [];
        assert.equal(told.length, faults.length, `${name}: ${stderr}`);
        faults.forEach((fault, at) => {
          assert.match(told[at] ?? "", fault, name);
        });
        assert.doesNotMatch(stderr, /^\s+at /m);
      }
      assert.equal(await state(), before);
    },
  );

  it("suggests the command that was meant, and lists what exists", async () => {
    for (const { args, hint, lists } of [
      { args: ["strat"], hint: /Is valetkey start meant\?/, lists: /^ {2}trace /m },
      {
        args: ["client", "lsit"],
        hint: /Is valetkey client list meant\?/,
        lists: /^ {2}client rotate-secret ID /m,
      },
      { args: ["client"], hint: /Usage: valetkey client COMMAND/, lists: /^ {2}client add /m },
      { args: ["\u001b[2J"], hint: /There is no command valetkey \\u001b\[2J\./, lists: /^ {2}start /m },
    ]) {
      const { status, stdout, stderr } = await inProcess(folder, args);
      assert.deepEqual([status, stdout], [2, ""]);
      assert.match(stderr, hint);
      assert.match(stderr, lists);
    }
  });

  it("makes no store where a demonstration's is asked for and none is", async () => {
    const empty = await aFolder();
    for (const args of [
      ["client", "list"],
      ["account", "list", "--data", "."],
    ]) {
      const { status, stderr } = await inProcess(empty, args);
      assert.equal(status, 2);
      assert.match(stderr, /--data/);
    }
    assert.deepEqual(await readdir(empty), []);
  });

  it("never overwrites a configuration without --force", async () => {
    const place = await aFolder();
    const file = join(place, "valetkey.yaml");
    await writeFile(file, "mine");
    const refused = await inProcess(place, ["init"]);
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /valetkey\.yaml: stands there already.*--force/);
    assert.equal(await readFile(file, "utf8"), "mine");
    const forced = await factsOf(place, ["init", "--force", "--issuer", "https://auth.example.com"]);
    assert.equal(forced.file, file);
    assert.match(await readFile(file, "utf8"), /^issuer: https:\/\/auth\.example\.com$/m);
  });

  it("says in a sentence that nothing answers at the database's address", async () => {
    const place = await aFolder();
    await writeFile(
      join(place, "valetkey.yaml"),
      "issuer: https://auth.example.com\nstore: postgres://me:hunter2@127.0.0.1:1/db\n",
    );
    const { status, stderr } = await valetkey(place, ["client", "list"]);
    assert.equal(status, 1);
    assert.match(stderr, /^Nothing answers at 127\.0\.0\.1 port 1: the connection was refused\./m);
    assert.doesNotMatch(stderr, /hunter2|^\s+at /m);
  });

  it("says in a sentence that the file is no database", async () => {
    const place = await aFolder();
    await writeFile(
      join(place, "valetkey.sqlite"),
      "This is no database at all, only a text of some length.".repeat(20),
    );
    const { status, stderr } = await valetkey(place, ["client", "list", "--data", "."]);
    assert.equal(status, 1);
    assert.match(stderr, /is no SQLite file/);
  });
});

const wrong: readonly { readonly args: readonly string[]; readonly faults: readonly RegExp[] }[] = [
  {
    args: [
      "client",
      "add",
      "--nmae",
      "x",
      "--redirect-uri",
      "http://app.example.com/cb",
      "--jwks",
      "nowhere.json",
    ],
    faults: [
      /^--nmae: there is no such option\. Is --name meant\?/,
      /^x: valetkey client add does not know/,
      /^--name: is needed.*e\.g\. --name/,
      /^--jwks nowhere\.json: There is no .*nowhere\.json, e\.g\./,
      /^--redirect-uri http:\/\/app\.example\.com\/cb: must be https.*e\.g\. --redirect-uri https/,
    ],
  },
  {
    args: [
      "client",
      "add",
      "--name",
      "A",
      "--public",
      "--confidential",
      "--grant",
      "password",
      "--id",
      "https://a.b/c",
    ],
    faults: [
      /^--public: and --confidential exclude/,
      /^--id https:\/\/a\.b\/c: is a URL/,
      /^--grant password: is not among authorization_code/,
    ],
  },
  {
    args: ["client", "add", "--name", "A", "--grant", "client_credentials"],
    faults: [/^--confidential: is needed by a machine/, /^--scope: is needed by a machine/],
  },
  {
    args: [
      "client",
      "add",
      "--name",
      "A",
      "--jwks",
      "private.json",
      "--redirect-uri",
      "https://a.example/#x",
    ],
    faults: [/^--jwks private\.json: .*private or symmetric key/, /^--redirect-uri .*: has a fragment/],
  },
  {
    args: [
      "client",
      "add",
      "--name",
      "A",
      "--auth-method",
      "private_key_jwt",
      "--redirect-uri",
      "https://a.example/*",
    ],
    faults: [/^--redirect-uri .*: has a wildcard/, /^--jwks: or --jwks-uri is needed/],
  },
  {
    args: ["client", "add", "--name", "A", "--jwks", "broken.json", "--scope", "files:read"],
    faults: [/^--jwks broken\.json: is not JSON/],
  },
  {
    args: [
      "client",
      "add",
      "--name",
      "A",
      "--confidential",
      "--scope",
      "files:raed",
      "--introspects",
      "https://x.example",
    ],
    faults: [
      /^--scope files:raed: no resource has such a scope/,
      /^--introspects https:\/\/x\.example: is no registered/,
    ],
  },
  {
    args: ["client", "add", "--name", "A", "--confidential", "--acts-at", "https://x.example"],
    faults: [/^--acts-at https:\/\/x\.example: is no/],
  },
  {
    args: ["client", "add", "--name", "A", "--id", "app", "--redirect-uri", "http://localhost/cb"],
    faults: [/^--id app: is taken/],
  },
  {
    args: ["client", "add", "--name", "--json"],
    faults: [/^--name: needs a value/, /^--name: is needed/, /^--redirect-uri: is needed/],
  },
  {
    args: ["client", "show"],
    faults: [/^ID: the client_id.* is needed, e\.g\. valetkey client show calendar/],
  },
  { args: ["client", "show", "ap"], faults: [/^There is no client ap\. Is app meant\?/] },
  {
    args: ["client", "rotate-secret", "app", "--overlap", "soon"],
    faults: [/^--overlap soon: is a whole number and one of/],
  },
  { args: ["client", "rotate-secret", "app"], faults: [/^ID app: has no secret/] },
  {
    args: [
      ...["resource", "add", "files", "--scope", "files:read", "--scope", "openid=x", "--risk", "a=huge"],
      ...["--lifetime", "1s", "--allow", "x"],
    ],
    faults: [
      /^--scope files:read: has the form SCOPE=SENTENCE, e\.g\. --scope "files:read=Read your files"/,
      /^--scope openid: belongs to the server itself/,
      /^--risk a=huge: is one of low, medium, high/,
      /^--risk a: names a scope that no --scope describes/,
      /^--lifetime: is between 30 seconds and one day, e\.g\. --lifetime 5m/,
      /^--allow x: has the form ROLE=SCOPE/,
      /^IDENTIFIER files: must be the absolute URI/,
    ],
  },
  {
    args: ["resource", "add", "https://mcp.example.com/"],
    faults: [/^IDENTIFIER https:\/\/mcp\.example\.com\/: is taken by https:\/\/mcp\.example\.com,/],
  },
  {
    args: ["resource", "set", "https://mcp.example.com", "--role", "staff"],
    faults: [/^--name: or another option that changes something is needed/],
  },
  {
    args: [
      ...["resource", "set", "https://mcp.example.com", "--scope", "files:write", "--lifetime", "5m"],
      ...["--usual-lifetime", "--role", "Big", "--allow", "Big=x"],
    ],
    faults: [
      /^--usual-lifetime: and --lifetime exclude/,
      /^--scope files:write: has the form SCOPE=SENTENCE/,
      /^--allow Big=x: has no name of a role/,
      /^--role Big: is no name of a role/,
    ],
  },
  {
    args: [
      ...["resource", "set", "https://mcp.example.com", "--remove-scope", "files:write"],
      ...["--allow", "staff=files:read"],
    ],
    faults: [
      /^--remove-scope files:write: is not among the resource's \(files:read\), e\.g\. --remove-scope files:delete/,
      /^--allow staff=files:read: names no new scope; valetkey role add/,
    ],
  },
  {
    args: ["resource", "set", "https://mcp.example.co", "--name", "X"],
    faults: [/^There is no resource https:\/\/mcp\.example\.co\. Is https:\/\/mcp\.example\.com meant\?/],
  },
  {
    args: ["role", "add", "Big", "--scope", "files:read"],
    faults: [/^ROLE Big: is made of small letters/, /^--resource: is needed/],
  },
  {
    args: ["role", "add", "r", "--resource", "https://mcp.example.com", "--scope", "files:write"],
    faults: [/^--scope files:write: is not among the resource's \(files:read\)/],
  },
  { args: ["role", "remove", "everyone"], faults: [/^ROLE everyone: always exists/] },
  {
    args: ["account", "add", "ada", "--role", "boss"],
    faults: [
      /^EMAIL ada: is no email address, e\.g\. valetkey account add ada@example\.com/,
      /^--password-stdin or/,
    ],
  },
  {
    args: ["account", "add", "eve@example.com", "--role", "boss", "--role", "chief", "--generate-password"],
    faults: [/^--role boss: there is no such role/, /^--role chief: there is no such role/],
  },
  {
    args: ["account", "add", "ADA@example.com", "--generate-password"],
    faults: [/^EMAIL ada@example\.com: has an account/],
  },
  {
    args: ["account", "set-password", "ada@example.com", "--password-stdin"],
    faults: [/^--password-stdin: must have at least 12/],
  },
  { args: ["account", "set-roles", "ada@example.com"], faults: [/^--role: or --none is needed/] },
  {
    args: ["account", "disable", "nobody@example.com"],
    faults: [/^There is no account nobody@example\.com\./],
  },
  { args: ["account", "list", "--json=yes"], faults: [/^--json yes: takes no value/] },
  {
    args: ["account", "list", "--config", "a.yaml", "--data", "b"],
    faults: [/^--data b: and --config exclude/],
  },
  { args: ["account", "list", "--config", "nowhere.yaml"], faults: [/nowhere\.yaml does not exist/] },
  { args: ["trace", "--limit", "many"], faults: [/^--limit many: is a number from 1/] },
  {
    args: ["start", "--demo", "--config", "x", "--port", "70000"],
    faults: [
      /^--config x: and --demo exclude/,
      /^--port 70000: is a number from 0 to 65535, e\.g\. --port 8484/,
    ],
  },
  {
    args: ["start", "--port", "1", "--data", "x"],
    faults: [/^--port: goes with --demo/, /^--data: goes with --demo/],
  },
  {
    args: ["init", "--file", "new.yaml", "--issuer", "http://auth.example.com/"],
    faults: [/^--issuer .*: is an https URL/],
  },
];
