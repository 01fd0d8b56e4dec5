import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Requirements } from "../packages/server/src/testing/requirements/requirement.ts";
import { requirements, sections } from "../packages/server/src/testing/requirements.ts";
import { spec } from "../packages/server/src/testing/spec.ts";
import { allCitations, type Citation } from "./citations.ts";

describe("the requirement manifest", () => {
  const rows: Requirements = requirements;
  const citations = allCitations();
  const cited = new Set(citations.map((citation) => citation.id));
  const claimed = Object.entries(rows).filter(([, row]) => !row.later && !row.refused);

  spec("P-5", "has a test for every requirement that is claimed", () => {
    const unproven = claimed.filter(([id]) => !cited.has(id)).map(([id, row]) => `${id}: ${row.asks}`);
    none(unproven, "claimed, and no test cites them");
  });

  it("knows every id that a test cites", () => {
    const unknown = citations.filter(({ id }) => !Object.hasOwn(rows, id));
    none(unknown.map(place), "cited, and not in the manifest");
  });

  it("has no test for a requirement that it puts off or refuses", () => {
    const early = citations.filter(({ id }) => rows[id]?.later ?? rows[id]?.refused);
    none(early.map(place), "cited as proven, and the manifest says later or refused");
  });

  it("has each id in one section only", () => {
    const ids = Object.values(sections).flatMap((section) => Object.keys(section));
    assert.deepEqual(
      ids.filter((id, at) => ids.indexOf(id) !== at),
      [],
    );
    assert.deepEqual(ids.toSorted(), Object.keys(rows).toSorted());
  });
});

function place({ id, file, line }: Citation): string {
  return `${id} at ${file}:${line}`;
}

function none(found: readonly string[], what: string): void {
  assert.ok(found.length === 0, `${found.length} ${what}:\n${found.join("\n")}`);
}
