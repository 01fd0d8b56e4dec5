import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { passwordFaultWords } from "../../packages/server/src/endpoints/password-words.ts";
import { en } from "../../packages/server/src/pages/words/en.ts";
import { wayTable } from "../../packages/server/src/sign-in/ways/index.ts";

const page = readFileSync(new URL("../../docs/build/own-pages.md", import.meta.url), "utf8");

/** The rows of the tables below a heading, cell by cell. */
function rows(text: string): readonly (readonly string[])[] {
  return text
    .split("\n")
    .filter((line) => /^\| (`|\|)/.test(line) || line.startsWith("| | "))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

describe("docs/build/own-pages.md", () => {
  it("[I6-INTERACTION-API] has every fault of a sign-in, and no other", () => {
    const [, faults = ""] = page.split("## Faults");
    const [table = ""] = faults.split("## ");
    const named = rows(table)
      .slice(1)
      .flatMap(([words = ""]) => [...words.matchAll(/`([^`]+)`/g)].map(([, word]) => word));
    const known = [...Object.keys(en.faults), ...passwordFaultWords.map((word) => `password.${word}`)];
    assert.deepEqual(named.toSorted(), known.toSorted());
  });

  it("[I6-INTERACTION-API] has every action at each of its steps, and no other", () => {
    const [, calls = ""] = page.split("| `step` | `action` | needs |");
    const [table = ""] = calls.split("\n\n");
    let step = "";
    const named = rows(table).map(([first = "", action = ""]) => {
      step = first === "" ? step : first;
      return `${step} ${action}`.replaceAll("`", "");
    });
    const known = [...wayTable().values()].flatMap(({ action, places }) =>
      places.map((place) => `${place === "begin" ? "sign-in" : place} ${action}`),
    );
    assert.deepEqual(named.toSorted(), [...known, "consent consent"].toSorted());
  });
});
