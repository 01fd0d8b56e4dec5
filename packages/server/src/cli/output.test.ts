import assert from "node:assert/strict";
import { it } from "node:test";
import { jsonLine } from "./output.ts";

it("JSON that is shown on a terminal plays no tricks there, and says the same to who reads it", () => {
  const facts = { account: "Zo\u00EB\u009B2J\u202E\u2028\u007F\u001B" };
  const line = jsonLine(facts);
  assert.equal(line, '{"account":"Zo\u00EB\\u009b2J\\u202e\\u2028\\u007f\\u001b"}\n');
  assert.deepEqual(JSON.parse(line), facts);
});
