import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Io } from "./command.ts";
import { Given } from "./given.ts";
import { allCommands, commands } from "./index.ts";
import { run } from "./main.ts";
import { commandLinePage } from "./manual.ts";

async function told(...args: string[]) {
  const said = { out: "", err: "" };
  const io: Io = {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    env: {},
    folder: "/nowhere",
    stdin: process.stdin,
    isTerminal: false,
    now: () => 1_800_000_000,
  };
  return { status: await run(args, io), ...said };
}

const everyCommand = await allCommands();

describe("help", () => {
  for (const command of everyCommand) {
    it(`of ${command.name} names every option and shows a command line that its own reader takes`, async () => {
      const { status, out, err } = await told(...command.name.split(" "), "--help");
      assert.deepEqual([status, err], [0, ""]);
      assert.match(out, new RegExp(`^Usage: valetkey ${command.name}`));
      for (const option of Object.keys(command.options)) assert.ok(out.includes(`  --${option}`), option);
      for (const example of command.examples) {
        assert.ok(out.includes(`  valetkey ${example}\n`));
        const words = [...example.replace(/ < .*/, "").matchAll(/"([^"]*)"|(\S+)/g)].map(
          (m) => m[1] ?? m[2] ?? "",
        );
        const name = command.name.split(" ");
        assert.deepEqual(words.slice(0, name.length), name);
        new Given(command, words.slice(name.length)).requireFaultless();
      }
    });
  }

  for (const { given, args, first } of [
    { given: "all commands", args: ["--help"], first: "Usage: valetkey COMMAND" },
    { given: "the commands of a noun", args: ["client", "--help"], first: "Usage: valetkey client COMMAND" },
    {
      given: "a command by the word help",
      args: ["help", "client", "add"],
      first: "Usage: valetkey client add",
    },
    { given: "the version", args: ["--version"], first: "" },
  ]) {
    it(`tells ${given}`, async () => {
      const { status, out, err } = await told(...args);
      assert.deepEqual([status, err], [0, ""]);
      assert.ok(out.startsWith(first) && out.length > 3, out);
    });
  }

  it("finds each command under the name that it declares", async () => {
    for (const { name, load } of commands) assert.equal((await load()).name, name);
  });

  it("gives the manual a section for each command", async () => {
    const page = await commandLinePage();
    for (const { name } of commands) assert.ok(page.includes(`\n## valetkey ${name}\n`), name);
  });
});
