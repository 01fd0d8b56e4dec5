import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { describe, it } from "node:test";
import type { Page } from "./browser.ts";
import { complaintsOf } from "./complaints.ts";

/** What a browser says, and where. */
function says(page: EventEmitter, text: string, url = ""): void {
  page.emit("console", { text: () => text, location: () => ({ url }) });
}

describe("what a browser complains about", () => {
  it("is every line of its console with its place, and every error that the page lets go", () => {
    const page = new EventEmitter();
    const complaints = complaintsOf(page as unknown as Page);
    says(page, "Refused to load", "http://localhost/style.css");
    says(page, "Hello");
    page.emit("pageerror", new TypeError("x is not a function"));
    assert.deepEqual(complaints, [
      "Refused to load at http://localhost/style.css",
      "Hello",
      "TypeError: x is not a function",
    ]);
  });

  it("is not the note that a field was filled in before the page could choose it", () => {
    const page = new EventEmitter();
    const complaints = complaintsOf(page as unknown as Page);
    says(page, "Autofocus processing was blocked because a document already has a focused element.");
    assert.deepEqual(complaints, []);
  });

  it("is not what a test brings about itself, told by its text or its place", () => {
    const page = new EventEmitter();
    const complaints = complaintsOf(page as unknown as Page, {
      expected: /status of 400| at http:\/\/theirs/,
    });
    says(page, "Failed to load resource: the server responded with a status of 400", "http://ours/token");
    says(page, "Refused to load", "http://theirs/");
    says(page, "Refused to load", "http://ours/");
    assert.deepEqual(complaints, ["Refused to load at http://ours/"]);
  });
});
