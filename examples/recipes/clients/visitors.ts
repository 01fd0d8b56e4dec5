import assert from "node:assert/strict";
import { ABrowser } from "../../../packages/server/src/testing/a-browser.ts";
import { launchBrowser } from "../../../packages/server/src/testing/browser.ts";
import type { Stage } from "../stage.ts";
import type { Me } from "./app.ts";

/** What came of a visit: what the app says of its user, and the authorization request that it sent. */
export interface Visit {
  readonly me: Me;
  readonly asked: URLSearchParams;
  /** What it says to an answer with another `state`, and to one of another issuer. */
  readonly refused: readonly string[];
}

type Visitor = (stage: Stage, origin: string) => Promise<Visit>;

const wrong = { state: "another", iss: "https://another.example" };

/** Ada visits an app that works without script, and so does somebody with a forged answer. */
export function visitByForms(loginPath: string): Visitor {
  return async ({ approve }, origin) => {
    async function asks() {
      const fetchHere = (input: string | URL | Request, init?: RequestInit) =>
        fetch(input, { ...init, redirect: "manual" });
      const browser = new ABrowser({ issuer: origin, fetchHere });
      const page = await browser.open(loginPath);
      const left = page.url.startsWith(origin) ? await browser.submit(page, {}) : page;
      return { browser, url: left.url };
    }
    const { browser, url } = await asks();
    await browser.open((await approve(url)).href);
    const me = JSON.parse((await browser.open("/me")).body) as Me;

    const refused: string[] = [];
    for (const [name, value] of Object.entries(wrong)) {
      const { browser, url } = await asks();
      const answer = await approve(url);
      answer.searchParams.set(name, value);
      const page = await browser.open(answer.href);
      refused.push(`${page.status} ${page.url}`);
      assert.ok(!(await browser.open("/me")).url.endsWith("/me"), "nobody is signed in");
    }
    return { me, asked: new URL(url).searchParams, refused };
  };
}

/** Ada visits a page that works by script, in a real browser; its answers are forged on the way. */
export const visitWithChromium: Visitor = async ({ approve }, origin) => {
  const browser = await launchBrowser();
  try {
    async function signsIn(forge: Readonly<Record<string, string>>) {
      const page = await browser.newPage();
      await page.goto(origin);
      const leaves = page.waitForRequest((request) => new URL(request.url()).pathname === "/authorize");
      await page.route(/\/authorize\?/, async (route) => {
        const answer = await approve(route.request().url());
        for (const [name, value] of Object.entries(forge)) answer.searchParams.set(name, value);
        await route.fulfill({ status: 302, headers: { location: answer.href } });
      });
      await page.click("button");
      const asked = new URL((await leaves).url()).searchParams;
      const said = (await page.locator("pre:not(:empty)").textContent()) ?? "";
      await page.close();
      return { asked, said };
    }
    const { asked, said } = await signsIn({});
    const refused: string[] = [];
    for (const [name, value] of Object.entries(wrong)) refused.push((await signsIn({ [name]: value })).said);
    return { me: JSON.parse(said) as Me, asked, refused };
  } finally {
    await browser.close();
  }
};
