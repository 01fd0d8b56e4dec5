import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { it } from "node:test";
import { promisify } from "node:util";

const start = new URL("../start.ts", import.meta.url).href;

it("a start reads neither the library of mails nor that of passwords: the first mail and the first password do", async () => {
  const program = `
    import { registerHooks } from "node:module";
    const read = [];
    registerHooks({ load: (url, context, next) => (read.push(url), next(url, context)) });
    await import(${JSON.stringify(start)});
    console.log(JSON.stringify(read));`;
  const args = [
    ...process.execArgv.filter((arg) => arg.startsWith("--conditions")),
    "--input-type=module",
    "-e",
    program,
  ];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const read = JSON.parse(stdout) as string[];
  assert.ok(read.includes(start));
  assert.deepEqual(
    read.filter((url) => /node_modules\/(?:nodemailer|@zxcvbn-ts)\//.test(url)),
    [],
  );
});
