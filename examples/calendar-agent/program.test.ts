import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Program } from "../program/testing/program.ts";
import { readWords } from "./agent/words.ts";
import { readFlags } from "./flags.ts";

function start(...words: readonly string[]): Program {
  return Program.start(new URL("main.ts", import.meta.url), ...words);
}

describe("npm run calendar-agent", () => {
  it("starts, keeps its folder to itself, and ends with Ctrl-C", async () => {
    const data = mkdtempSync(join(tmpdir(), "calendar-agent-test-"));
    const first = start("--data", data);
    try {
      await first.says(/Ctrl-C stops\./);
      const calendar = await first.says(/Calendar +(\S+)/);
      const issuer = await first.says(/Valetkey +(\S+)/);
      assert.equal((await fetch(calendar)).status, 401);
      assert.equal((await fetch(`${issuer}/livez`)).status, 200);
      assert.match(first.said, /mia@example\.com +\S+/);

      const second = start("--data", data);
      assert.equal(await second.ended(), 2);
      assert.equal(
        second.said,
        `Another calendar runs on ${data}. Stop that one first, or give this one a folder of its own.\n`,
      );
      assert.equal((await fetch(calendar)).status, 401, "the second has harmed the first");

      assert.equal(await first.stop("SIGINT"), 0, first.said);
      for (const place of [calendar, issuer]) await assert.rejects(fetch(place), TypeError);
      assert.ok(
        readdirSync(data).includes("calendar.sqlite"),
        "it took the folder that it was given with it",
      );
    } finally {
      await first.stop();
      rmSync(data, { recursive: true, force: true });
    }
  });

  it("says which port is taken, its own or Valetkey's, which is the next", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as AddressInfo;
      for (const asked of [port, port - 1]) {
        const program = start("--port", String(asked));
        assert.equal(await program.ended(), 2, program.said);
        assert.equal(program.said, `Port ${port} is taken. Another --port helps, or none.\n`);
      }
    } finally {
      server.close();
    }
  });

  it("takes its folder with it when Ctrl-C comes while it starts", async () => {
    const temporary = mkdtempSync(join(tmpdir(), "calendar-agent-test-"));
    const program = Program.startWith({ TMPDIR: temporary }, new URL("main.ts", import.meta.url));
    try {
      const isMade = () => readdirSync(temporary).some((name) => name.startsWith("calendar-agent-"));
      await program.until(isMade);
      assert.equal(await program.stop("SIGINT"), 0, program.said);
      assert.equal(isMade(), false, program.said);
    } finally {
      await program.stop();
      rmSync(temporary, { recursive: true, force: true });
    }
  });

  for (const { args, sentence } of [
    { args: ["--port", "abc"], sentence: /^--port "abc" is no port: a number from 0 to 65534 is\.$/ },
    { args: ["--port", "65535"], sentence: /^--port "65535" is no port/ },
    { args: ["--prot", "1"], sentence: /^Unknown option '--prot'\. npm run calendar-agent -- --help/ },
    { args: ["--data"], sentence: /^Option '--data <value>' argument missing\..*--help/ },
    { args: ["--data", ""], sentence: /^--data needs a folder\.$/ },
    { args: ["start"], sentence: /^Unexpected argument 'start'\..*--help/ },
  ]) {
    it(`says what is wrong with ${args.join(" ")}`, () => {
      assert.throws(() => readFlags(args), { message: sentence, exitCode: 2 });
    });
  }

  for (const { args, sentence } of [
    { args: [], sentence: /^It takes the calendar's address, and that alone\..*--help/ },
    { args: ["calendar"], sentence: /^It takes the calendar's address/ },
    { args: ["file:///etc/passwd"], sentence: /^It takes the calendar's address/ },
    { args: ["http://127.0.0.1:1", "http://127.0.0.1:2"], sentence: /and that alone/ },
    { args: ["http://127.0.0.1:1", "--wach"], sentence: /^Unknown option '--wach'\..*:read -- --help/ },
    {
      args: ["http://127.0.0.1:1", "--every", "often"],
      sentence: /^--every "often" is no number of seconds/,
    },
  ]) {
    it(`says what is wrong with ${args.join(" ") || "no address"} for the agent`, () => {
      assert.throws(() => readWords(args), { message: sentence });
    });
  }

  for (const { words, exitCode, said } of [
    { words: ["--prot", "1"], exitCode: 2, said: /^Unknown option '--prot'.+\n$/ },
    { words: ["--help"], exitCode: 0, said: /^npm run calendar-agent -- \[options\]\n/ },
  ]) {
    it(`ends with ${exitCode} and plain words for ${words.join(" ")}`, async () => {
      const program = start(...words);
      assert.equal(await program.ended(), exitCode);
      assert.match(program.said, said);
    });
  }

  it("ends the agent with 64 and plain words for what cannot be meant", async () => {
    const program = Program.start(new URL("agent.ts", import.meta.url), "--wach");
    assert.equal(await program.ended(), 64);
    assert.match(program.said, /^Unknown option '--wach'.+\n$/);
  });
});
