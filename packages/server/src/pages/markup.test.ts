import assert from "node:assert/strict";
import { it } from "node:test";
import { isolated, markup, named, webLink } from "./markup.ts";

for (const { given, text, shown } of [
  { given: "an override", text: "invoice\u202Efdp.exe", shown: "invoicefdp.exe" },
  { given: "the end of an isolation", text: "a\u2069\u2069b", shown: "ab" },
  {
    given: "marks and embeddings",
    text: "\u200E\u200F\u061C\u202A\u202B\u202C\u2066\u2067\u2068x",
    shown: "x",
  },
  { given: "control characters", text: "a\u0000\r\n\u0085b", shown: "a b" },
  { given: "half a surrogate pair", text: "a\ud800", shown: "a\ufffd" },
  { given: "right-to-left letters", text: "שלום", shown: "שלום" },
  {
    given: "joined letters and pictures",
    text: "می\u200cخواهم 👩\u200d💻",
    shown: "می\u200cخواهم 👩\u200d💻",
  },
  { given: "nothing", text: "", shown: "(?)" },
  { given: "only what cannot be seen", text: " \u200b\u2060\u3164\u2800\u202e", shown: "(?)" },
]) {
  it(`shows ${given} of a stranger's text so that it cannot mislead`, () => {
    assert.equal(isolated(text).toString(), `<bdi>${shown}</bdi>`);
    assert.equal(named(text).toString(), `<bdi class="name">${shown}</bdi>`);
  });
}

it("escapes what is interpolated and leaves markup as it is", () => {
  assert.equal(
    markup`<p>${"<&>\"'"}${markup`<b>x</b>`}</p>`.toString(),
    "<p>&lt;&amp;&gt;&quot;&#39;<b>x</b></p>",
  );
});

it("refuses a promise, so that a page is never half made", () => {
  assert.throws(() => markup`<p>${Promise.resolve("x")}</p>`, TypeError);
});

it("links an address as it was judged, and shows an internationalised host as it travels", () => {
  assert.deepEqual(webLink("https:\\\\cl\u0430ude.ai/a\nb"), {
    href: "https://xn--clude-5ve.ai/ab",
    host: "xn--clude-5ve.ai",
  });
});
