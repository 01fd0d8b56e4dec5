import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Letter, type LetterFacts, letterMail, type MailFrame } from "./mail.ts";
import { en } from "./words/en.ts";
import { languages } from "./words/languages.ts";

const link = "https://auth.example.com/sign-in?interaction=abc&code=12345678";
const facts = { code: "12345678", link, lifetime: 900, about: "Firefox on Linux" };
const letters = Object.keys(en.mail.letters) as Letter[];

function frame(tag = "en", about: Partial<MailFrame> = {}): MailFrame {
  const { words, dir } = languages.find((one) => one.tag === tag) ?? { words: en, dir: "ltr" };
  return { words, lang: tag, dir, productName: "Example", issuer: "https://auth.example.com", ...about };
}

describe("a mail", () => {
  for (const { tag, dir } of languages) {
    for (const letter of letters) {
      it(`"${letter}" in ${tag} is whole in both parts and loads nothing from anywhere`, () => {
        const { subject, text, html } = letterMail(letter, facts, frame(tag));
        assert.match(subject, /Example/);
        assert.ok(subject.length <= 100, subject);
        assert.doesNotMatch(subject, /12345678/);
        for (const part of [subject, text, html]) assert.doesNotMatch(part, /\{\w+\}|\*\*|undefined/);
        for (const line of ["12345678", link]) assert.ok(text.split("\n").includes(line), line);
        assert.ok(html.includes(`<html lang="${tag}" dir="${dir}">`));
        assert.ok(html.includes(">12345678<"));
        const addresses = [...html.matchAll(/(?:href|src|url)\s*[=(]\s*["']?([^"'\s>)]+)/g)].map(
          ([, url]) => url,
        );
        assert.deepEqual(addresses, [link.replace("&", "&amp;"), link.replace("&", "&amp;")]);
        assert.doesNotMatch(html, /<(?:img|script|link|iframe|object|form|base)\b|@import|\son[a-z]+=/i);
      });
    }
  }

  it("says the same in both parts", () => {
    for (const letter of letters) {
      const { text, html } = letterMail(letter, { ...facts, about: "a <b> & c" }, frame("fr"));
      const shown = html.replace(/<style>[\s\S]*?<\/style>|<[^>]+>/g, "\n");
      const said = shown.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
      for (const line of text.split("\n").filter((one) => one !== "" && one !== "-- ")) {
        assert.ok(said.includes(line), `${letter}: ${line}`);
      }
    }
  });

  it("has only what it is given", () => {
    const { text, html } = letterMail("password-changed", {}, frame());
    assert.doesNotMatch(html, /<a |class="code"/);
    assert.equal(
      text,
      [
        "The password of your account at Example was changed.",
        "If this was not you, sign in to Example now, end every session that you do not recognize, and set a new password.",
        "-- \nSent by Example, auth.example.com. Nobody reads replies to this email.\n",
      ].join("\n\n"),
    );
  });

  for (const [letter, closing] of [
    ["sign-in", /If you did not ask for this/],
    ["already-here", /If you did not ask for this/],
    ["invitation", /If you did not ask for this/],
    ["new-device", /If this was not you, sign in/],
    ["passkey-added", /If this was not you, sign in/],
    ["email-changed", /If this was not you, sign in/],
    ["account-removed", /If this was not you, write/],
  ] as const) {
    it(`"${letter}" says what to do if it was somebody else`, () => {
      assert.match(letterMail(letter, facts, frame()).text, closing);
    });
  }

  it("says how long it works in the reader's language", () => {
    assert.match(letterMail("sign-in", facts, frame()).text, /for 15 minutes\./);
    assert.match(letterMail("sign-in", facts, frame("de")).text, /einmal und 15 Minuten lang\./);
  });

  it("has its digits from left to right and everything else from right to left, where people write so", () => {
    const { html } = letterMail("sign-in", facts, frame("en", { lang: "he", dir: "rtl" }));
    assert.match(html, /<html lang="he" dir="rtl">/);
    assert.match(html, /<p class="code" dir="ltr"/);
    assert.match(html, /<a href="[^"]+" dir="ltr"/);
    assert.doesNotMatch(html, /text-align: (?:left|right)|(?:margin|padding)-(?:left|right)/);
  });
});

describe("what a stranger wrote in a mail", () => {
  const evil = '</p><a href="https://evil.example">click</a>\r\nBcc: eve@example.com\u202e\u2066';

  it("is text on one line, in HTML too, and turns no direction", () => {
    const { subject, text, html } = letterMail("passkey-added", { about: evil }, frame());
    assert.doesNotMatch(html, /<a |evil\.example">/);
    assert.ok(html.includes("&lt;/p&gt;&lt;a href="));
    for (const part of [subject, text, html]) assert.doesNotMatch(part, /\r|\nBcc|[\u202e\u2066]/);
    const named = letterMail("sign-in", facts, frame("en", { productName: evil }));
    for (const part of Object.values(named)) assert.doesNotMatch(part, /\r|\nBcc|[\u202e\u2066]/);
    assert.doesNotMatch(named.html, /href="https:\/\/evil/);
  });

  it("is cut", () => {
    const { text } = letterMail("passkey-added", { about: "😀".repeat(500) }, frame());
    assert.equal([...text].filter((letter) => letter === "😀").length, 100);
    assert.match(text, /\u2068(?:😀)+…\u2069/u);
  });

  it("may be a product name that looks like a placeholder, and stays one", () => {
    const { subject } = letterMail("sign-in", facts, frame("en", { productName: "{about} ** $& {x}" }));
    assert.equal(subject, "Sign in to {about} ** $& {x}");
  });

  it("stands by itself among words that run from right to left, Latin or not, and in no subject", () => {
    const about = "Phone (old)";
    const hebrew = { lang: "he", dir: "rtl", productName: "Shop, Inc." } as const;
    const { subject, text } = letterMail("passkey-added", { about }, frame("en", hebrew));
    assert.match(text, /your account at \u2068Shop, Inc\.\u2069: \u2068Phone \(old\)\u2069\./);
    assert.doesNotMatch(subject, /[\u2068\u2069]/);
    const english = letterMail("passkey-added", { about }, frame("en", { productName: "Shop, Inc." }));
    assert.match(english.text, /your account at Shop, Inc\.: Phone \(old\)\./);
  });

  for (const given of ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"]) {
    it(`is no link: ${given}`, () => {
      assert.throws(() => letterMail("sign-in", { link: given } as LetterFacts, frame()), TypeError);
    });
  }
});
