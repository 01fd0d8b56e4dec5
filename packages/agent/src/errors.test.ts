import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { AgentError, isAgentError, mends } from "./errors.ts";

describe("an error", () => {
  it("says what happened and what to do, on one line, whatever a server wrote", () => {
    const error = new AgentError("issuer-differs", "Somebody\u001b[2J\nsaid \u202Eevil.", { address: "x" });
    assert.equal(error.message, `Somebody?[2J?said ?evil. ${mends["issuer-differs"]}`);
    assert.deepEqual(
      [error.code, error.name, error.facts],
      ["issuer-differs", "AgentError", { address: "x" }],
    );
  });

  it("is known by its code", () => {
    const error = new AgentError("scope-needed", "No.");
    assert.equal(isAgentError(error), true);
    assert.equal(isAgentError(error, "scope-needed", "unreachable"), true);
    assert.equal(isAgentError(error, "unreachable"), false);
    assert.equal(isAgentError(new Error("scope-needed")), false);
  });

  it("has a sentence for each code", () => {
    for (const [code, mend] of Object.entries(mends)) assert.match(mend, /^[A-Z].*[.]$/, code);
  });

  it("is in the manual under a code that exists", () => {
    const page = readFileSync(new URL("../../../docs/build/agent.md", import.meta.url), "utf8");
    const [, table = ""] = page.split("## What goes wrong");
    const codes = [...table.matchAll(/^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \|/gm)].flatMap(([, cell = ""]) =>
      cell.replaceAll("`", "").split(", "),
    );
    assert.ok(codes.length > 10);
    for (const code of codes) assert.ok(Object.hasOwn(mends, code), code);
  });
});
