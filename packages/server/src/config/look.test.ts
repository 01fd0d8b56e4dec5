import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { ConfigError } from "./fault.ts";
import { loadConfig } from "./load.ts";
import { lookOf } from "./look.ts";

const png = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(20)]);
const files: Readonly<Record<string, string | Uint8Array>> = {
  "a.svg": '<?xml version="1.0"?>\n<!-- ours -->\n<svg xmlns="http://www.w3.org/2000/svg"/>',
  "a.png": png,
  "a.jpg": Buffer.from("\xff\xd8\xff\xe0 and more", "latin1"),
  "a.webp": Buffer.from("RIFF1234WEBPVP8 ", "latin1"),
  "page.svg": "<html><svg></svg></html>",
  "large.png": Buffer.concat([png, Buffer.alloc(200_000)]),
  "a.css": "\ufeff.card { border: 0 }",
  "bad.css": ".card { border: 0 }\na { background: url(https://evil.example) }\n@import 'x';",
};

let folder = "";
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "valetkey-look-"));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
});
after(() => rm(folder, { recursive: true }));

async function look(yaml: string) {
  const file = join(folder, "valetkey.yaml");
  await writeFile(file, `issuer: https://auth.example.com\nlook: ${yaml}\n`);
  return lookOf(await loadConfig({ file, env: {} }));
}

async function faults(yaml: string): Promise<string> {
  try {
    await look(yaml);
  } catch (thrown) {
    assert.ok(thrown instanceof ConfigError);
    return thrown.message;
  }
  return "";
}

describe("the look", () => {
  it("is ours where nothing is set: every language, English first", async () => {
    const { languages, ...rest } = await look("{}");
    assert.equal(languages[0], "en");
    assert.ok(languages.includes("de"));
    assert.deepEqual(rest, {
      logo: null,
      logoDark: null,
      colors: { accent: null, accentDark: null, background: null, backgroundDark: null },
      css: "",
      texts: {},
      links: { privacy: null, terms: null, support: null },
      clients: {},
    });
  });

  it("is read from the file and from the files beside it", async () => {
    const made = await look(`
  logo: a.svg
  logo_dark: ./a.png
  accent: "#0B6E4F"
  css: a.css
  languages: [de, en, de]
  texts: {de: {signIn.title: Hallo, signIn.toContinue: "Weiter zu {client}"}}
  links: {privacy: https://example.com/privacy, support: mailto:help@example.com}
  clients: {notes: {product_name: Notes, logo: a.webp, accent: "#7a1fa2"}, other: {logo: a.jpg}}`);
    assert.deepEqual([made.logo?.type, made.logoDark?.type], ["image/svg+xml", "image/png"]);
    assert.deepEqual(Buffer.from(made.logoDark?.bytes ?? []), png);
    assert.equal(made.colors.accent, "#0b6e4f");
    assert.equal(made.css, ".card { border: 0 }\n");
    assert.deepEqual(made.languages, ["de", "en"]);
    assert.equal(made.texts.de?.["signIn.title"], "Hallo");
    assert.equal(made.links.privacy, "https://example.com/privacy");
    assert.deepEqual(
      Object.entries(made.clients).map(([id, { productName, logo }]) => [id, productName, logo?.type]),
      [
        ["notes", "Notes", "image/webp"],
        ["other", null, "image/jpeg"],
      ],
    );
  });

  for (const [what, yaml, says] of [
    ["a logo that is not there", "{logo: none.svg}", /^look\.logo names a file that does not exist/],
    ["a logo that is a folder", "{logo: .}", /^look\.logo names a file that cannot be read/],
    ["a page for a logo", "{logo: page.svg}", /^look\.logo is no picture/],
    ["a huge logo", "{logo_dark: large.png}", /^look\.logo_dark names a file of 2000\d\d bytes/],
    ["a client's logo", "{clients: {notes: {logo: a.css}}}", /^look\.clients\.notes\.logo is no picture/],
    [
      "css that reaches out",
      "{css: bad.css}",
      /^look\.css line 2 has a url\(\)[\s\S]*\nlook\.css line 3 has @import/,
    ],
    ["a colour by name", "{accent: red}", /^look\.accent must be a colour/],
    [
      "a pale accent",
      '{accent: "#777777"}',
      /^look\.accent has a contrast of 4\.48 to 1[\s\S]*4\.5 to 1: take a darker/,
    ],
    ["a dark one on dark", '{accent_dark: "#3157d5"}', /^look\.accent_dark has a contrast of 2\.\d\d to 1/],
    [
      "a client's pale accent",
      '{clients: {notes: {accent: "#ffff00"}}}',
      /^look\.clients\.notes\.accent has a contrast of 1\.07 to 1/,
    ],
    [
      "a client's unknown member",
      "{clients: {notes: {css: a.css}}}",
      /look\.clients\.notes\.css is no setting/,
    ],
    ["a language that nobody wrote", "{languages: [en, tlh]}", /^look\.languages item 2 must be one of/],
    ["no language", "{languages: []}", /^look\.languages must name one/],
    [
      "texts of no language",
      "{texts: {tlh: {signIn.title: nuqneH}}}",
      /^look\.texts\.tlh is no language[\s\S]*They are/,
    ],
    [
      "a text that is none",
      "{texts: {en: {signIn.titel: Hello}}}",
      /^look\.texts\.en\.signIn\.titel is no text of the pages\. Did you mean signIn\.title\? The names are signIn\.title, /,
    ],
    [
      "a text of no section",
      "{texts: {en: {nothing: Hello}}}",
      /^look\.texts\.en\.nothing is no text of the pages\.[\s\S]*frame\.\*/,
    ],
    [
      "a placeholder that is none",
      '{texts: {en: {signIn.toContinue: "to {clinet}"}}}',
      /^look\.texts\.en\.signIn\.toContinue asks for \{clinet\}, which is not given\. It may hold \{client\}/,
    ],
    [
      "an empty text",
      '{texts: {en: {signIn.title: ""}}}',
      /^look\.texts\.en\.signIn\.title must not be empty/,
    ],
    ["a link that runs", '{links: {terms: "javascript:alert(1)"}}', /^look\.links\.terms must be an https/],
    ["a link by http", "{links: {terms: http://example.com}}", /^look\.links\.terms must be an https/],
  ] as const) {
    it(`[I6-LOOK] is refused for ${what}, in plain words`, async () => {
      assert.match(await faults(yaml), says);
    });
  }

  it("tells every fault of its files at once", async () => {
    const text = await faults("{logo: none.svg, logo_dark: page.svg, css: bad.css}");
    assert.equal(text.split("\n").length, 4);
  });
});
