import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import type { Client } from "../records/client.ts";
import { ABrowser } from "./a-browser.ts";
import { type AServer, callback, mcp, password } from "./a-server.ts";
import type { AnswerBody } from "./answer-body.ts";

export interface Login {
  readonly browser: ABrowser;
  readonly code: string;
  readonly verifier: string;
  readonly answer: URL;
}

export interface TokenAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnswerBody;
}

/** A verifier and its S256 challenge. */
export function pkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

/** The URL of an authorization request; `undefined` leaves a parameter out, a list repeats it. */
export function authorizationUrl(
  server: AServer,
  client: Pick<Client, "id">,
  parameters: Readonly<Record<string, string | readonly string[] | undefined>> = {},
): string {
  const all: Record<string, string | readonly string[] | undefined> = {
    response_type: "code",
    client_id: client.id,
    redirect_uri: callback,
    code_challenge_method: "S256",
    state: "state-1",
    resource: mcp,
    ...parameters,
  };
  const pairs = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => [name, one] as [string, string]),
  );
  return `${server.issuer}/authorize?${new URLSearchParams(pairs)}`;
}

/** Signs a person in and brings the code home. The account is made when `email` has none. */
export async function login(
  server: AServer,
  client: Pick<Client, "id">,
  parameters: Readonly<Record<string, string | readonly string[] | undefined>> = {},
  email = "ada@example.com",
): Promise<Login> {
  if (!(await server.store.accounts.findByEmail(email))) await server.person({ email });
  const { verifier, challenge } = pkce();
  const browser = new ABrowser(server);
  const url = authorizationUrl(server, client, { code_challenge: challenge, ...parameters });
  const answer = await browser.approve(url, { email, password });
  const code = answer.searchParams.get("code");
  assert.ok(code, `No code came back: ${answer.href}`);
  return { browser, code, verifier, answer };
}

/** A form to an endpoint that programs call. */
export async function post(
  server: AServer,
  path: string,
  form: Readonly<Record<string, string | readonly string[] | undefined>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  const pairs = Object.entries(form).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => [name, one] as [string, string]),
  );
  const body = new URLSearchParams(pairs);
  const response = await server.fetchHere(`${server.issuer}${path}`, { method: "POST", body, headers });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

export function redeem(
  server: AServer,
  client: Pick<Client, "id">,
  { code, verifier }: Pick<Login, "code" | "verifier">,
) {
  return post(server, "/token", {
    grant_type: "authorization_code",
    client_id: client.id,
    code,
    code_verifier: verifier,
    redirect_uri: callback,
  });
}

export function refresh(
  server: AServer,
  client: Pick<Client, "id">,
  refreshToken: string,
  more: Readonly<Record<string, string | readonly string[] | undefined>> = {},
) {
  return post(server, "/token", {
    grant_type: "refresh_token",
    client_id: client.id,
    refresh_token: refreshToken,
    ...more,
  });
}
