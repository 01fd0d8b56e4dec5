import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { SignInSettings } from "../ports/settings.ts";
import { ABrowser, type Visit } from "./a-browser.ts";
import { type AServer, type AServerOptions, aServer, password, usualSettings } from "./a-server.ts";

/** Who wants an account. */
export const email = "new@example.com";
export const person = { email, name: "New Person", password };

/** A server where everybody may sign up. */
export async function openedForAll(
  t: TestContext,
  given: Partial<SignInSettings> = {},
  options: AServerOptions = {},
) {
  const usual = usualSettings("https://auth.example.com").signIn;
  const signIn = { ...usual, signUp: "open", ...given } as const;
  const server = await aServer({ ...options, settings: { signIn, ...options.settings } });
  t.after(() => server.close());
  return server;
}

/** The page on which somebody without an account says who they are. */
export async function atSignUp(server: AServer, browser = new ABrowser(server)) {
  const begin = await browser.open("/account");
  const href = /href="([^"]*way=sign-up)"/.exec(begin.body)?.[1] ?? assert.fail("Nobody can sign up.");
  return { browser, page: await browser.open(href.replaceAll("&amp;", "&")) };
}

/** The page after it: where the code is typed. */
export async function asked(server: AServer, values: Record<string, string> = person) {
  const { browser, page } = await atSignUp(server);
  return { browser, page: await browser.submit(page, values) };
}

export const accountOf = (server: AServer, address = email) => server.store.accounts.findByEmail(address);
/** Whether the browser has a session. */
export const isIn = (browser: ABrowser) =>
  [...browser.cookies.keys()].some((name) => name.endsWith("session"));
/** Why the page came back. */
export const alertIn = ({ body }: Visit) => /role="alert">([^<]*)</.exec(body)?.[1];
