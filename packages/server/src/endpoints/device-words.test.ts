import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { en } from "../pages/words/en.ts";
import { deviceWords } from "./device-words.ts";

const webKit = "AppleWebKit/537.36 (KHTML, like Gecko)";

describe("what a device is called on the pages", () => {
  for (const [words, userAgent] of [
    ["Chrome on Linux", `Mozilla/5.0 (X11; Linux x86_64) ${webKit} Chrome/141.0.0.0 Safari/537.36`],
    ["Chrome on Linux", `Mozilla/5.0 (X11; Linux x86_64) ${webKit} HeadlessChrome/141.0.0.0 Safari/537.36`],
    [
      "Chrome on Android",
      `Mozilla/5.0 (Linux; Android 10; K) ${webKit} Chrome/141.0.0.0 Mobile Safari/537.36`,
    ],
    [
      "Edge on Windows",
      `Mozilla/5.0 (Windows NT 10.0; Win64) ${webKit} Chrome/141.0.0.0 Safari/537.36 Edg/141.0`,
    ],
    [
      "Firefox on a Mac",
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0",
    ],
    [
      "Safari on an iPhone",
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Mobile/15E148 Safari/604.1",
    ],
    ["A browser", "Mozilla/5.0 (compatible; Something/1.0)"],
    ["A program written in JavaScript", "node"],
    ["A program written in Python", "python-requests/2.32.3"],
    ["calendar-agent on kitchen", "calendar-agent on kitchen"],
    ["Cursor/2.0.1 (darwin arm64)", "Cursor/2.0.1 (darwin arm64)"],
    ["node-red-contrib-calendar/1.0", "node-red-contrib-calendar/1.0"],
    ["", ""],
  ] as const) {
    it(`is ${JSON.stringify(words)} for ${JSON.stringify(userAgent.slice(0, 60))}`, () => {
      assert.equal(deviceWords(userAgent, en), words);
    });
  }
});
