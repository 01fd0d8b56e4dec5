import { createHash, randomBytes } from "node:crypto";
import { ABrowser } from "../packages/server/src/testing/a-browser.ts";

/** What `valetkey start --demo --json` prints. */
export interface DemoFacts {
  readonly issuer: string;
  readonly mcp_url: string;
  readonly accounts: readonly { readonly email: string; readonly password: string }[];
}

const redirectUri = "http://127.0.0.1:8976/callback";
const headers = { "content-type": "application/json", accept: "application/json, text/event-stream" };

/** A login as an MCP client does it, over HTTP from the 401 to the answer of a tool. @returns what the tool said */
export async function firstToolCall({ issuer, mcp_url, accounts }: DemoFacts): Promise<string> {
  const refused = await fetch(mcp_url, { method: "POST", headers, body: toolCall });
  if (refused.status !== 401)
    throw new Error(`The MCP server answered ${refused.status} where 401 was expected.`);
  const client = await post(`${issuer}/register`, {
    client_name: "First call",
    redirect_uris: [redirectUri],
  });
  const verifier = randomBytes(32).toString("base64url");
  const request = new URLSearchParams({
    response_type: "code",
    client_id: client.client_id ?? "",
    redirect_uri: redirectUri,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    resource: mcp_url,
  });
  const browser = new ABrowser({
    issuer,
    fetchHere: (input, init) => fetch(input, { ...init, redirect: "manual" }),
  });
  const [person] = accounts;
  if (!person) throw new Error("The demonstration has nobody to sign in as.");
  const answer = await browser.approve(`${issuer}/authorize?${request}`, person);
  const form = new URLSearchParams({
    grant_type: "authorization_code",
    client_id: client.client_id ?? "",
    code: answer.searchParams.get("code") ?? "",
    code_verifier: verifier,
  });
  const tokens = await post(`${issuer}/token`, form);
  const authorization = `Bearer ${tokens.access_token}`;
  const called = await fetch(mcp_url, {
    method: "POST",
    headers: { ...headers, authorization },
    body: toolCall,
  });
  const text = await called.text();
  if (!called.ok || !text.includes("You are "))
    throw new Error(`The tool call failed: ${called.status} ${text}`);
  return text;
}

const toolCall = JSON.stringify({
  jsonrpc: "2.0",
  id: 1,
  method: "tools/call",
  params: { name: "whoami", arguments: {} },
});

async function post(url: string, body: object): Promise<Record<string, string>> {
  const isForm = body instanceof URLSearchParams;
  const init = isForm ? { body } : { body: JSON.stringify(body), headers };
  const response = await fetch(url, { method: "POST", ...init });
  if (!response.ok) throw new Error(`${url} answered ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, string>;
}
