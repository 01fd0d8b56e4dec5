import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Browser, launchBrowser } from "../../packages/server/src/testing/browser.ts";
import { aDoor, type Door } from "./a-place.ts";
import { Reader } from "./a-reader.ts";
import { deciding } from "./walks/deciding.ts";
import { linksAndEnds } from "./walks/links-and-ends.ts";
import { signingIn } from "./walks/signing-in.ts";
import { theAccount } from "./walks/the-account.ts";
import { aWholeServer, type Walk } from "./walks/walk.ts";

const english = { lang: "en", dir: "ltr" } as const;
const arabic = { lang: "ar", dir: "rtl" } as const;

const walks = { ...signingIn, ...deciding, ...theAccount, ...linksAndEnds };

describe("every page, in a real browser", () => {
  let browser: Browser;
  let door: Door;
  before(async () => {
    browser = await launchBrowser();
    // One for all: a browser begins anew at each other one.
    door = await aDoor();
  });
  after(async () => {
    await browser.close();
    await door.close();
  });

  // Every page with script and without, from left to right and from right to left, and each time on a phone in light
  // colours and on a desktop in dark ones. Which language meets script changes from walk to walk, for pages are made of
  // the same parts: all four pairs are seen, though not of each page.
  for (const script of [true, false]) {
    describe(script ? "with script" : "without script", () => {
      const readers: Reader[] = [];
      before(async () => {
        for (const person of [english, arabic]) readers.push(await Reader.at(browser, { ...person, script }));
      });
      after(async () => {
        for (const reader of readers) await reader.leaves();
      });

      for (const [at, [name, walk]] of Object.entries(walks).entries()) {
        const tongue = (at + Number(script)) % 2;
        if (script) it(`[I6-AXE I6-PAGES-SIZES] ${name}`, () => goes(walk, tongue));
        else it(`[I6-NO-SCRIPT] ${name}`, () => goes(walk, tongue));
      }

      async function goes(walk: Walk, tongue: number): Promise<void> {
        const reader = readers[tongue] ?? assert.fail();
        const server = await aWholeServer(walk, door);
        try {
          await reader.forgets();
          await walk.go(server, reader);
          assert.deepEqual(reader.faults(), []);
        } finally {
          await server.close();
        }
      }
    });
  }
});
