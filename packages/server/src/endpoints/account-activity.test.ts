import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { en } from "../pages/words/en.ts";
import { eventWords } from "./account-activity.ts";

/** Whatever the server's own code records of itself, with no account in it, or kept away from an account's pages. */
const ofNobody =
  /^(?:client|resource|role|store|journal|token)\.|^account\.(?:invited|removed)$|^lineage\.began$|^refresh\.(?:repeated-late|ahead-of-store)$/;

describe("a person's own audit trail", () => {
  it("[I6-ACCOUNT-ACTIVITY] has a sentence for everything that is recorded of an account", () => {
    const all = recordedEvents();
    assert.ok(all.length > 40, `only ${all.length} events were found`);
    const own = all.filter((what) => !ofNobody.test(what));
    assert.deepEqual(
      own.filter((what) => eventWords(what, en) === what),
      [],
    );
  });

  it("gives the name of an event that has no sentence", () => {
    assert.equal(eventWords("moon.risen", en), "moon.risen");
    assert.equal(eventWords("to.string", en), "to.string");
  });
});

/** The names in every call that records an event, whether one of a pair or not. */
function recordedEvents(): string[] {
  const root = join(import.meta.dirname, "..");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (file) => /\.ts$/.test(file) && !/\.(?:test|contract)\.ts$|testing\/|contract\//.test(file),
  );
  const calls = files.flatMap((file) => [
    ...readFileSync(join(root, file), "utf8").matchAll(/\b(?:record|append)\((?:[^;]*?);/g),
  ]);
  const names = calls.flatMap(([call]) =>
    [...call.matchAll(/"([a-z-]+\.[a-z-]+)"/g)].map(([, name = ""]) => name),
  );
  return [...new Set(names)].sort();
}
