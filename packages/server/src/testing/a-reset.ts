import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { SignInSettings } from "../ports/settings.ts";
import { ABrowser, type Visit } from "./a-browser.ts";
import { type AServer, type AServerOptions, aServer, usualSettings } from "./a-server.ts";
import { linkTo } from "./mailed.ts";

/** Whose password was forgotten, and the one that they take. */
export const email = "ada@example.com";
export const fresh = "a new long password";

export async function openedForReset(
  t: TestContext,
  signIn: Partial<SignInSettings> = {},
  options: AServerOptions = {},
) {
  const usual = usualSettings("https://auth.example.com").signIn;
  const server = await aServer({ ...options, settings: { signIn: { ...usual, ...signIn } } });
  t.after(() => server.close());
  return server;
}

export async function askedForLink(
  server: AServer,
  to = email,
  browser = new ABrowser(server),
): Promise<Visit> {
  return await browser.submit(await browser.open("/reset"), { email: to });
}

export async function resetLinkFor(server: AServer, to = email): Promise<string> {
  assert.equal((await askedForLink(server, to)).status, 200);
  return linkTo(server, to);
}

/** Fills in the page behind the link as it is: "sign out" ticked, "end access" not. */
export async function setByLink(
  server: AServer,
  link: string,
  values: Record<string, string | readonly string[]> = {},
) {
  const browser = new ABrowser(server);
  return await browser.submit(await browser.open(link), { password: fresh, ...values });
}

export async function signsIn(server: AServer, typed: string, to = email): Promise<boolean> {
  const browser = new ABrowser(server);
  const end = await browser.submit(await browser.open("/account"), { email: to, password: typed });
  return end.url.endsWith("/account");
}

export const heading = ({ body }: Visit) => /<h1>([^<]*)</.exec(body)?.[1];
export const alertIn = ({ body }: Visit) => /role="alert">([^<]*)</.exec(body)?.[1];
export const spentHeading = "This link no longer works";
