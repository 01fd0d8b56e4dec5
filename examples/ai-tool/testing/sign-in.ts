import assert from "node:assert/strict";
import { ABrowser } from "../../../packages/server/src/testing/a-browser.ts";
import { pkce } from "../../../packages/server/src/testing/a-login.ts";
import { pageClient } from "../identity/seed.ts";
import { people } from "../people.ts";
import type { Tool } from "../tool.ts";

export interface Granted {
  readonly access_token: string;
  readonly refresh_token: string;
  /** Seconds. */
  readonly expires_in: number;
  /** As granted. */
  readonly scope: string;
}

/** The page's sign-in by hand, without a page: for what is asked of the API alone. */
export async function signedIn(tool: Tool, first: string, scope: string): Promise<Granted> {
  const person = people.find(({ name }) => name.startsWith(first));
  assert.ok(person);
  const { issuer, url, api } = tool;
  const { verifier, challenge } = pkce();
  const common = { client_id: pageClient, redirect_uri: `${url}/`, resource: api };
  const asked = { response_type: "code", code_challenge: challenge, code_challenge_method: "S256", scope };
  const fetchHere = (input: string | URL | Request, init?: RequestInit) =>
    fetch(input, { ...init, redirect: "manual" });
  const browser = new ABrowser({ issuer, fetchHere });
  const answer = await browser.approve(
    `${issuer}/authorize?${new URLSearchParams({ ...common, ...asked })}`,
    person,
  );
  const code = answer.searchParams.get("code");
  assert.ok(code, answer.href);
  return await granted(tool, { grant_type: "authorization_code", code, code_verifier: verifier, ...common });
}

/** What the page does when its token runs out. */
export async function refreshed(tool: Tool, { refresh_token }: Granted): Promise<Granted> {
  const { api: resource } = tool;
  return await granted(tool, { grant_type: "refresh_token", refresh_token, client_id: pageClient, resource });
}

async function granted({ issuer }: Tool, form: Readonly<Record<string, string>>): Promise<Granted> {
  const response = await fetch(`${issuer}/token`, { method: "POST", body: new URLSearchParams(form) });
  const body = await response.json();
  assert.equal(response.status, 200, JSON.stringify(body));
  return body as Granted;
}
