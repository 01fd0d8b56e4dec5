import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { Program } from "../program/testing/program.ts";
import { readFlags } from "./flags.ts";

function start(file: string, ...words: readonly string[]): Program {
  return Program.start(new URL(file, import.meta.url), ...words);
}

describe("npm run ai-tool", () => {
  it("starts, lets the nightly job in, keeps its folder to itself, and ends with Ctrl-C", async () => {
    const data = mkdtempSync(join(tmpdir(), "lantern-test-"));
    const jobFile = join(data, "nightly-job.env");
    const tool = start("main.ts", "--data", data);
    try {
      await tool.says(/Ctrl-C stops\./);
      const page = await tool.says(/Open +(\S+)/);
      const api = await tool.says(/API +(\S+)/);
      assert.equal((await fetch(page)).status, 200);
      assert.equal((await fetch(`${api}/v1/me`)).status, 401);
      assert.match(tool.said, /nils@example\.com +nils-demonstration +no role yet/);
      assert.ok(tool.said.includes(`npm run ai-tool:job -- ${jobFile}`));
      assert.equal(statSync(jobFile).mode & 0o777, 0o600);

      const settings = readFileSync(jobFile, "utf8");
      const second = start("main.ts", "--data", data);
      assert.equal(await second.ended(), 2);
      assert.equal(
        second.said,
        `Another Lantern runs on ${data}. Stop that one first, or give this one a folder of its own.\n`,
      );
      assert.equal(readFileSync(jobFile, "utf8"), settings);

      const job = start("nightly-job.ts", jobFile);
      assert.equal(await job.ended(), 0, job.said);
      assert.match(job.said, /^(Uploaded: .+\n){3}$/);

      assert.equal(await tool.stop("SIGINT"), 0, tool.said);
      for (const place of [page, api]) await assert.rejects(fetch(place), TypeError);
      const late = start("nightly-job.ts", jobFile);
      assert.equal(await late.ended(), 1);
      assert.match(late.said, /^Nothing more was uploaded: .+\n$/);
    } finally {
      await tool.stop("SIGTERM");
      rmSync(data, { recursive: true, force: true });
    }
  });

  it("takes its folder with it when Ctrl-C comes while it starts, once or twice", async () => {
    for (const times of [1, 2]) {
      const temporary = mkdtempSync(join(tmpdir(), "lantern-test-"));
      const program = Program.startWith({ TMPDIR: temporary }, new URL("main.ts", import.meta.url));
      try {
        const isMade = () => readdirSync(temporary).some((name) => name.startsWith("lantern-"));
        await program.until(isMade);
        if (times === 2) program.stop("SIGINT");
        const code = await program.stop("SIGINT");
        assert.ok(code === 0 || times === 2, program.said);
        assert.equal(isMade(), false, program.said);
      } finally {
        await program.stop();
        rmSync(temporary, { recursive: true, force: true });
      }
    }
  });

  for (const { args, sentence } of [
    { args: ["--port", "abc"], sentence: /^--port "abc" is no port: a number from 0 to 65532 is\.$/ },
    { args: ["--port", "65533"], sentence: /^--port "65533" is no port/ },
    { args: ["--port", "-1"], sentence: /^Option '--port' argument is ambiguous\..*--help/ },
    { args: ["--prot", "1"], sentence: /^Unknown option '--prot'\. npm run ai-tool -- --help/ },
    { args: ["--data"], sentence: /^Option '--data <value>' argument missing\..*--help/ },
    { args: ["--data", ""], sentence: /^--data needs a folder\.$/ },
    { args: ["--model-url", "notaurl"], sentence: /^--model-url "notaurl" is no URL/ },
    { args: ["--model-url", "file:///etc"], sentence: /^--model-url "file:\/\/\/etc" is no URL/ },
    { args: ["start"], sentence: /^Unexpected argument 'start'\..*--help/ },
  ]) {
    it(`says what is wrong with ${args.join(" ")}`, () => {
      assert.throws(() => readFlags(args), { message: sentence, exitCode: 2 });
    });
  }

  for (const { file, words, exitCode, said } of [
    { file: "main.ts", words: ["--prot", "1"], exitCode: 2, said: /^Unknown option '--prot'.+\n$/ },
    { file: "main.ts", words: ["--help"], exitCode: 0, said: /^npm run ai-tool -- \[options\]\n/ },
    {
      file: "nightly-job.ts",
      words: ["/nonexist"],
      exitCode: 2,
      said: /^\/nonexist cannot be read \(ENOENT\).+\n$/,
    },
    {
      file: "nightly-job.ts",
      words: ["--bogus"],
      exitCode: 2,
      said: /^It takes one file, and no --bogus\. .+--help.+\n$/,
    },
    { file: "nightly-job.ts", words: [], exitCode: 2, said: /^NIGHTLY_JOB_ID is not set.+\n$/ },
    { file: "nightly-job.ts", words: ["--help"], exitCode: 0, said: /^npm run ai-tool:job -- \[FILE\]\n/ },
  ]) {
    it(`ends with ${exitCode} and plain words for ${[file, ...words].join(" ")}`, async () => {
      const program = start(file, ...words);
      assert.equal(await program.ended(), exitCode);
      assert.match(program.said, said);
    });
  }
});
