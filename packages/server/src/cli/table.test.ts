import assert from "node:assert/strict";
import { it } from "node:test";
import { columnsOf, listOf } from "./table.ts";

it("columns stand in line, whatever strangers wrote into them", () => {
  const rows = [
    ["a\u001B[2J", "b\u202E", "c\n"],
    ["longer than that", "", ""],
  ];
  assert.equal(columnsOf(rows, "  "), "  a?[2J             b?  c?\n  longer than that");
  assert.equal(listOf(["ID"], [], "There is none."), "There is none.\n");
  assert.equal(listOf(["ID"], [["x"]], "There is none."), "ID\nx\n");
});
