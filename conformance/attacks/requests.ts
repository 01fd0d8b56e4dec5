import { pkce } from "../../packages/server/src/testing/a-login.ts";
import { callback, mcp } from "../../packages/server/src/testing/a-server.ts";
import type { Parties } from "./parties.ts";
import { host } from "./plan.ts";

/** The end of a request without a body, on a connection that ends with its answer. */
export const end = `Host: ${host}\r\nConnection: close\r\n\r\n`;

/** Headers and body of a form that is sent as it is. */
export const form = (body: string) =>
  `Host: ${host}\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

/** An authorization request that leads to the sign-in page, and `more` behind it as it is. */
export function authorizePath({ client }: Parties, more = ""): string {
  const usual = { response_type: "code", client_id: client.id, resource: mcp, code_challenge_method: "S256" };
  const query = new URLSearchParams({ ...usual, redirect_uri: callback, code_challenge: pkce().challenge });
  return `/authorize?${query}${more}`;
}
