import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { realClients } from "../../conformance/real-clients.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");
const folder = "docs/build/connect";
const pages = ["chatgpt.md", "claude.md", "codex.md", "cursor.md", "inspector.md", "vs-code.md"];

const refusals = read("docs/refusals.md");
const settings = read("docs/settings.md");
const played = JSON.stringify(realClients);

describe("docs/build/connect", () => {
  it("has a page for each client, and the recipes' page links every one", () => {
    assert.deepEqual(readdirSync(join(root, folder)).sort(), pages);
    for (const page of pages) assert.ok(read("docs/build/recipes.md").includes(`(connect/${page})`), page);
  });

  for (const page of pages) {
    const text = read(join(folder, page));

    it(`${page} says what is sent, what to switch on, the steps, the faults, and what was not tried`, () => {
      const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
      const wanted = ["What it sends", "What to switch on", "Steps", "When it goes wrong", "What we checked"];
      assert.deepEqual(headings, wanted);
      assert.match(text, /have\s+not\s+(clicked\s+through|run)/);
    });

    it(`[I5-RECIPES] ${page} names documents and redirect URIs that the tests play`, () => {
      const own = text.slice(0, text.indexOf("## What to switch on"));
      const uris = [...own.matchAll(/`((?:https?|cursor):\/\/[^`]+?)(?:\.\.\.)?`/g)].map(
        ([, uri]) => uri ?? "",
      );
      assert.ok(uris.length > 0);
      // The Inspector's own default on the command line is played by the Inspector itself.
      for (const uri of uris.filter((uri) => !uri.includes(":6276/"))) assert.ok(played.includes(uri), uri);
    });

    it(`${page} names refusals and settings that exist`, () => {
      const [, wrong = ""] = text.split("## When it goes wrong");
      for (const [, word = ""] of wrong.matchAll(/\[([a-z]+(?:-[a-z]+)*\.[a-z-]+)\]/g))
        assert.ok(refusals.includes(`| \`${word}\` |`), word);
      const words =
        /`((?:registration|client_metadata_documents|refresh|rate_limits)\.[a-z_.]+|default_resource)`/g;
      for (const [, word = ""] of text.matchAll(words)) assert.ok(settings.includes(`| \`${word}\` |`), word);
    });
  }

  for (const page of [...pages.map((name) => join(folder, name)), "docs/build/recipes.md"]) {
    it(`${page} links what is there`, () => {
      for (const [, target = ""] of read(page).matchAll(/\]\(([^)#]+)\)/g))
        assert.ok(existsSync(join(root, dirname(page), target)), target);
    });
  }
});
