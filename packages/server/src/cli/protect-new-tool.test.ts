import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { promisify } from "node:util";
import type { ABrowser } from "../testing/a-browser.ts";
import { authorizationUrl, pkce, post } from "../testing/a-login.ts";
import { aBrowserAt, aRunningServer, overHttp } from "./testing/a-configured.ts";
import { running } from "./testing/a-process.ts";
import { factsOf } from "./testing/in-process.ts";

const redirect_uri = "https://app.example.com/callback";
const email = "ada@example.com";
const server = join(import.meta.dirname, "../../../gateway/src/testing/stdio-server.ts");

/** From the first consent to the call of a tool that came later: real processes, and the words that they print. */
describe("a tool that a protected server adds while it runs", () => {
  let place: Awaited<ReturnType<typeof aRunningServer>>;
  let gateway: ReturnType<typeof running>;
  let browser: ABrowser;
  let resource = "";
  let password = "";

  before(async () => {
    place = await aRunningServer();
    const { folder, issuer } = place;
    const program = ["--", process.execPath, server];
    gateway = running(folder, ["protect", "--issuer", issuer, "--listen", "127.0.0.1:0", ...program]);
    await gateway.untilOut(/Ctrl-C stops/);
    resource = /MCP server {2}(\S+)/.exec(gateway.stdout())?.[1] ?? "";
    const [, registration = ""] = /\n(valetkey resource add .*?)\n\n/s.exec(gateway.stdout()) ?? [];
    await inShell(folder, registration);
    ({ password } = await factsOf(folder, [
      "account",
      "add",
      email,
      "--role",
      "operator",
      "--generate-password",
    ]));
    await factsOf(folder, ["client", "add", "--name", "App", "--id", "app", "--redirect-uri", redirect_uri]);
    browser = aBrowserAt(issuer);
  });

  /** In the one browser of this person. @returns the token, and what the consent page called new */
  async function login(scopes: readonly string[]) {
    const { verifier, challenge } = pkce();
    const asked = { redirect_uri, resource, scope: scopes.join(" "), code_challenge: challenge };
    let visit = await browser.open(authorizationUrl(overHttp(place.issuer), { id: "app" }, asked));
    if (visit.url.includes("/sign-in")) visit = await browser.submit(visit, { email, password });
    const page = visit.url.includes("/consent") ? visit.body : "";
    if (page !== "") visit = await browser.submit(visit, { decision: "allow" });
    const { searchParams } = new URL(visit.url);
    const { body } = await post(overHttp(place.issuer), "/token", {
      ...{ grant_type: "authorization_code", client_id: "app", redirect_uri },
      ...{ code: searchParams.get("code") ?? "", code_verifier: verifier },
    });
    const [fresh = ""] = page.split("You already allow");
    const named = [...fresh.matchAll(/<code>(?:<bdi>)?([^<]+)/g)].map(([, name]) => name);
    return { token: String(body?.access_token), fresh: named, error: searchParams.get("error") };
  }

  async function send(token: string, message: object, session?: string): Promise<Response> {
    return await fetch(resource, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...(session !== undefined && { "mcp-session-id": session, "mcp-protocol-version": "2025-11-25" }),
      },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, ...message }),
    });
  }

  async function opened(token: string): Promise<string> {
    const clientInfo = { name: "test", version: "1" };
    const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo };
    const answer = await send(token, { method: "initialize", params });
    await answer.text();
    return answer.headers.get("mcp-session-id") ?? "";
  }

  const call = (token: string, session: string, name: string) =>
    send(token, { method: "tools/call", params: { name } }, session);

  it("[MCP-RS-08] is asked for with its exact scope, registered, consented to alone, and called", async () => {
    // As the consent page lists them: what risks most comes first.
    const held = ["mcp:tool:noise", "mcp:tool:more-danger", "mcp:read", "mcp:write"];
    const first = await login(held);
    assert.deepEqual(first.fresh, held);
    const session = await opened(first.token);
    assert.equal((await call(first.token, session, "noise")).status, 200);
    await (await call(first.token, session, "more-danger")).text();

    const refused = await call(first.token, session, "burn");
    assert.equal(refused.status, 403);
    const metadata = `${new URL(resource).origin}/.well-known/oauth-protected-resource/mcp`;
    assert.equal(
      refused.headers.get("www-authenticate"),
      'Bearer error="insufficient_scope", error_description="The access token does not permit this operation.", ' +
        `scope="mcp:read mcp:tool:burn", resource_metadata="${metadata}"`,
    );
    const union = [...held, "mcp:tool:burn"];
    assert.equal(
      (await login(union)).error,
      "invalid_scope",
      "nobody is granted what the operator never saw",
    );

    await gateway.untilErr(/new since the start/);
    const [, command = ""] =
      /new since the start: mcp:tool:burn\. At a Valetkey: (.*)\n/.exec(gateway.stderr()) ?? [];
    assert.match(
      command,
      /^valetkey resource set \S+ --scope 'mcp:tool:burn=Change and delete in your name,/,
    );
    await inShell(place.folder, command);

    const again = await login(union);
    assert.deepEqual(again.fresh, ["mcp:tool:burn"]);
    const answer = await call(again.token, session, "burn");
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /"result"/);
    assert.deepEqual((await login(union)).fresh, [], "what was consented to is not asked again");
    assert.equal((await gateway.stop("SIGTERM")).status, 0);
    await place.process.stop();
  });
});

/** The printed words as a person pastes them, with `valetkey` standing for the binary. */
async function inShell(folder: string, command: string): Promise<void> {
  const binary = join(import.meta.dirname, "../../bin/valetkey.js");
  const valetkey = `valetkey() { "${process.execPath}" --conditions=valetkey-source "${binary}" "$@"; }`;
  await promisify(execFile)("/bin/sh", ["-c", `${valetkey}\n${command}`], { cwd: folder });
}
