import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Browser, launchBrowser } from "../../packages/server/src/testing/browser.ts";
import { aDoor, type Door } from "./a-place.ts";
import { Reader, type View } from "./a-reader.ts";
import { deciding } from "./walks/deciding.ts";
import { linksAndEnds } from "./walks/links-and-ends.ts";
import { signingIn } from "./walks/signing-in.ts";
import { theAccount } from "./walks/the-account.ts";
import { aWholeServer, type Walk } from "./walks/walk.ts";

const phone = { width: 360, height: 740, scheme: "light", lang: "en", dir: "ltr" } as const;
const desktop = { width: 1280, height: 800, scheme: "dark", lang: "ar", dir: "rtl" } as const;
const views: readonly View[] = [
  { ...phone, name: "phone-light-ltr", script: true, keyboard: true },
  { ...desktop, name: "desktop-dark-rtl", script: true, keyboard: false },
  { ...phone, name: "phone-without-script", script: false, keyboard: false },
];

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

  for (const view of views) {
    describe(view.name, () => {
      let reader: Reader;
      before(async () => {
        reader = await Reader.at(browser, view);
      });
      after(() => reader.leaves());

      for (const [name, walk] of Object.entries(walks)) {
        if (walk.isPlain && view.width > phone.width) continue;
        if (view.script) it(`[I6-AXE I6-PAGES-SIZES] ${name}`, () => goes(walk));
        else it(`[I6-NO-SCRIPT] ${name}`, () => goes(walk));
      }

      async function goes(walk: Walk): Promise<void> {
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
