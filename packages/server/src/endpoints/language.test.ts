import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { languages } from "../pages/words/languages.ts";
import { acceptedLanguages, chosenLanguage, uiLocales } from "./language.ts";

const [first] = languages;
assert.ok(first);
const offered = ["en", "de", "pt", "zh", "sr-Latn"].map((tag) => ({ ...first, tag }));
const chosen = (...wishes: string[]) => chosenLanguage(wishes, offered)?.tag;

describe("the language of a page", () => {
  for (const [wishes, tag] of [
    [[], "en"],
    [["de"], "de"],
    [["DE"], "de"],
    [["pt-BR"], "pt"],
    [["zh-Hant-TW"], "zh"],
    [["sr-Latn-RS"], "sr-Latn"],
    [["sr-Cyrl"], "en"],
    [["de-x-private"], "de"],
    [["de-DE-u-co-phonebk"], "de"],
    [["fi", "de"], "de"],
    [["fi-FI", "xx-YY"], "en"],
    [["*"], "en"],
    [["", "-", "de-", "-de", "d", "de_DE"], "en"],
    [["../../de", "de<script>", "de\u0000", "__proto__", "constructor"], "en"],
    [["a".repeat(10_000), "de"], "de"],
    [[...Array.from({ length: 1_000 }, () => "fi"), "de"], "en"],
  ] as const) {
    it(`[I6-LANGUAGE] is ${tag} for ${JSON.stringify(wishes.slice(0, 6)).slice(0, 80)}`, () => {
      assert.equal(chosen(...wishes), tag);
    });
  }
});

describe("Accept-Language", () => {
  for (const [header, tags] of [
    [undefined, []],
    ["", []],
    ["de", ["de"]],
    ["en-US,en;q=0.9,de;q=0.8", ["en-US", "en", "de"]],
    ["en;q=0.1, de;q=0.5 ,fr", ["fr", "de", "en"]],
    ["de;q=0, en", ["en"]],
    ["de;q=0.0000, de;q=2, de;q=-1, de;q=x, de;level=1", []],
    ["*", ["*"]],
    [",,;;,;q=1,", []],
    ["\u0000\u0001,<script>", ["\u0000\u0001", "<script>"]],
  ] as const) {
    it(`${JSON.stringify(header)} wishes ${JSON.stringify(tags)}`, () => {
      assert.deepEqual(acceptedLanguages(header), tags);
    });
  }

  it("is read for a moment only, however long it is", () => {
    const start = performance.now();
    assert.ok(acceptedLanguages("de;q=0.5,".repeat(100_000)).length <= 20);
    assert.ok(acceptedLanguages(`${"a".repeat(1_000_000)};q=${"0".repeat(1_000_000)}`).length <= 20);
    assert.ok(performance.now() - start < 1_000);
  });
});

it("reads ui_locales as a list with spaces, the most wanted first", () => {
  assert.deepEqual(uiLocales("de-CH  de en"), ["de-CH", "de", "en"]);
  assert.deepEqual([uiLocales(undefined), uiLocales("")], [[], []]);
});
