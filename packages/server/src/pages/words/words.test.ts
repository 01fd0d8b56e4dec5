import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { glossary } from "../fixtures/glossary.ts";
import { en } from "./en.ts";
import { languages } from "./languages.ts";
import { replaced, textsOf } from "./replaced.ts";
import { placeholdersOf, tell } from "./say.ts";

const english = textsOf(en);

/** Texts that are the same in English: names, and words that a language took over. Nothing else may be. */
const same: Readonly<Record<string, readonly string[]>> = {
  every: ["Android", "Windows", "ChromeOS", "Linux"],
  de: ["Code", "Name", "Passkey", "Passkeys", "App: {app}."],
  fr: ["Code"],
  es: ["No", "Error: {title}"],
  it: ["No", "Password", "Passkey", "Privacy", "App: {app}."],
  nl: ["Code", "Passkey", "Passkeys", "Privacy", "App: {app}."],
  pt: ["App: {app}."],
};

/** What a reader of the language would take for a slip of the pen. */
const slips: Readonly<Record<string, readonly { is: string; slip: RegExp }[]>> = {
  every: [{ is: "a typewriter's quotation mark", slip: /"|(?<=\p{L})'(?=\p{L})/u }],
  de: [{ is: "a person addressed as a friend", slip: /\b(?:du|dich|dir|deine?[mnrs]?)\b/iu }],
  fr: [{ is: "a mark that may stand alone on the next line", slip: /(?<!\u202f)[;:?!]/ }],
  es: [
    { is: "a question without its first mark", slip: /^[^¿]*\?/ },
    { is: "a call without its first mark", slip: /^[^¡]*!/ },
  ],
  ja: [{ is: "a Latin mark after a Japanese letter", slip: /[\p{L}][,.;?!(]/u }],
  zh: [{ is: "a Latin mark", slip: /[,.;:?!()]/ }],
  ar: [{ is: "a Latin mark that Arabic turns round", slip: /[,;?]/ }],
};

describe("the words of the pages", () => {
  it("[I6-WORDS] are spoken in thirteen languages, each with its own name and direction", () => {
    assert.deepEqual(languages.map(({ tag }) => tag).sort(), [
      ...["ar", "de", "en", "es", "fr", "he", "it", "ja", "ko", "nl", "pl", "pt", "zh"],
    ]);
    for (const { tag, name, dir } of languages) {
      const locale = new Intl.Locale(tag) as Intl.Locale & { getTextInfo(): { direction: string } };
      assert.equal(dir, locale.getTextInfo().direction, tag);
      const own = new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? "";
      assert.equal(name.toLowerCase(), own.toLowerCase(), tag);
    }
  });

  for (const { tag, words } of languages.filter((one) => one.tag !== "en")) {
    const texts = textsOf(words);

    it(`[I6-WORDS] hold in ${tag} what English holds, each with the same placeholders and strong words`, () => {
      assert.deepEqual(withoutForms(texts), withoutForms(english));
      for (const [key, text] of texts) {
        const source = english.get(key) ?? english.get(key.replace(form, ".other")) ?? "";
        // "One is left" needs no number.
        if (!form.test(key)) assert.deepEqual(placeholdersOf(text), placeholdersOf(source), key);
        assert.equal(text.split("**").length, source.split("**").length, key);
        assert.notEqual(text.trim(), "", key);
        assert.equal(text, text.trim().normalize("NFC"), key);
        assert.doesNotMatch(text, / {2}|[<>]|\.\.\.|\p{Cc}/u, key);
      }
    });

    it(`[I6-WORDS] have in ${tag} each form of a counted text that the language has`, () => {
      const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.toSorted();
      const counted = [...english.keys()].filter((key) => key.endsWith(".one") && english.has(otherOf(key)));
      assert.ok(counted.length > 0);
      for (const key of counted) {
        const stem = key.replace(form, ".");
        const own = [...texts.keys()]
          .filter((one) => one.startsWith(stem))
          .map((one) => one.slice(stem.length));
        assert.deepEqual(own.toSorted(), forms, key);
      }
    });

    it(`leave nothing in ${tag} in English by accident`, () => {
      const isName = (text: string) => !/\p{L}/u.test(text.replaceAll(/\{\w+\}/g, ""));
      const may = [...(same.every ?? []), ...(same[tag] ?? [])];
      const left = [...texts].filter(
        ([key, text]) => text === english.get(key) && !isName(text) && !may.includes(text),
      );
      assert.deepEqual(left, []);
      // A sentence of more than three of these is English.
      const foreign = /\b(?:the|you|your|with|this|that|and|from|have|does|sign|which)\b/gi;
      for (const [key, text] of texts) assert.ok((text.match(foreign) ?? []).length < 3, `${key}: ${text}`);
    });

    it(`[I6-WORDS] call each thing in ${tag} by one name`, () => {
      const terms = glossary[tag] ?? {};
      assert.ok(Object.keys(terms).length > 0, "A language without a glossary.");
      for (const [term, own] of Object.entries(terms)) {
        const named = [...english].filter(([, text]) => new RegExp(`\\b(?:${term})\\b`, "i").test(text));
        assert.ok(named.length > 0, term);
        for (const [key] of named) {
          const text = texts.get(key);
          if (text !== undefined) assert.match(text, own, `${term} in ${key}`);
        }
      }
    });
  }

  for (const { tag, words } of languages) {
    it(`[I6-WORDS] are written in ${tag} as its readers write`, () => {
      for (const { is, slip } of [...(slips.every ?? []), ...(slips[tag] ?? [])]) {
        for (const [key, text] of textsOf(words))
          assert.doesNotMatch(text.replaceAll(/\{\w+\}/g, "x"), slip, `${key}: ${is}`);
      }
    });
  }

  it("end a sentence as English ends it, in a question, a full stop or nothing", () => {
    for (const { tag, words } of languages) {
      for (const [key, text] of textsOf(words)) {
        const source = english.get(key) ?? english.get(otherOf(key)) ?? "";
        assert.equal(endOf(text), endOf(source), `${tag} ${key}: ${text}`);
      }
    }
  });
});

const form = /\.(?:zero|one|two|few|many|other)$/;
const otherOf = (key: string) => key.replace(form, ".other");

function withoutForms(texts: ReadonlyMap<string, string>): string[] {
  return [...new Set([...texts.keys()].map((key) => (texts.has(otherOf(key)) ? otherOf(key) : key)))];
}

function endOf(text: string): string {
  if (/[?？؟]$/.test(text)) return "question";
  return /[.。।]$/.test(text.replaceAll("**", "")) ? "sentence" : "";
}

describe("an operator's texts", () => {
  it("stand in the place of ours, by their full names", () => {
    const words = replaced(en, { "signIn.title": "Come in", "faults.password.wrong": "No." });
    assert.equal(words.signIn.title, "Come in");
    assert.equal(words.faults["password.wrong"], "No.");
    assert.equal(words.signIn.submit, en.signIn.submit);
    assert.equal(replaced(en, {}), en);
  });
});

describe("a text as text", () => {
  it("has what is given in its placeholders, and no stars", () => {
    assert.equal(tell("**{a}** and {b}, {a}", { a: "1", b: "{a}" }), "1 and {a}, 1");
    assert.throws(() => tell("{a}", {}), /\{a\}/);
    assert.throws(() => tell("{toString}", {}), /toString/);
  });
});
