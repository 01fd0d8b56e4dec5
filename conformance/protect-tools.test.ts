import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type ListedTool, type McpHandler, protectMcp, toolScopes } from "@valetkey/resource/mcp";
import { everyone } from "../packages/server/src/records/role.ts";
import { ABrowser } from "../packages/server/src/testing/a-browser.ts";
import { authorizationUrl, pkce, redeem } from "../packages/server/src/testing/a-login.ts";
import { type AServer, aResource, aServer, password } from "../packages/server/src/testing/a-server.ts";

const notes = "https://notes.example.com/mcp";
const harmless = { readOnlyHint: false, destructiveHint: false };

const first: readonly ListedTool[] = [
  { name: "look", annotations: { readOnlyHint: true } },
  { name: "save", annotations: harmless },
  { name: "add", annotations: harmless },
  { name: "erase", annotations: { destructiveHint: true } },
];

/** What the consent page calls new, in its own words. */
function asked(page = ""): readonly string[] {
  const [, fresh = ""] =
    /<legend>(?:New: it will also|It will) be able to<\/legend>(.*?)<\/fieldset>/s.exec(page) ?? [];
  return [...fresh.matchAll(/<label[^>]*>(?:<bdi[^>]*>)?([^<]*)/g)].map(([, sentence = ""]) => sentence);
}

/** What the guard lets through, the server does. */
const handler: McpHandler = async (_request, { parsedBody }) => {
  const { id, params } = parsedBody as { id: number; params: { name: string } };
  return Response.json({ jsonrpc: "2.0", id, result: { content: [{ type: "text", text: params.name }] } });
};

for (const classScopes of [false, true]) {
  describe(`consent to tools, ${classScopes ? "by what they do" : "with a scope for each that destroys"}`, () => {
    let server: AServer;
    let browser: ABrowser;
    let client: Awaited<ReturnType<AServer["client"]>>;
    let listed = first;
    const tools = toolScopes({ tools: () => listed, prefix: "notes", classScopes });
    let fetchNotes: (request: Request) => Promise<Response>;

    before(async () => {
      server = await aServer();
      browser = new ABrowser(server);
      client = await server.client();
      await server.person();
      await server.store.resources.add(aResource({ identifier: notes, createdAt: 1 }));
      await register();
      fetchNotes = protectMcp(
        handler,
        {
          ...tools.guard,
          issuer: server.issuer,
          resource: notes,
          fetch: (url, init) => server.fetchHere(url, init),
          clock: () => server.clock.now(),
        },
        { toolScopes: tools },
      );
    });
    after(() => server.close());

    /** As the server's operator does with `valetkey resource set`, where the tools changed. */
    async function register(): Promise<void> {
      const scopes = (await tools.scopes()).map((scope) => ({ ...scope, for: ["people"] as const }));
      await server.store.resources.replace(
        aResource({ identifier: notes, scopes, defaultScopes: ["notes:read"], createdAt: 1 }),
      );
      const allows = scopes.map(({ name: scope }) => ({ resource: notes, scope }));
      await server.store.roles.put({ name: everyone, description: "Every account", allows });
    }

    const call = async (token: string, name: string) => {
      const message = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name } };
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      return await fetchNotes(new Request(notes, { method: "POST", headers, body: JSON.stringify(message) }));
    };
    const challenged = (answer: Response) =>
      / scope="([^"]*)"/.exec(answer.headers.get("www-authenticate") ?? "")?.[1]?.split(" ") ?? [];

    /** A login in the one browser of this person. @returns the token, and what the consent page said if it came */
    async function login(scopes: readonly string[]) {
      const { verifier, challenge } = pkce();
      const asked = { resource: notes, scope: scopes.join(" "), code_challenge: challenge };
      const url = authorizationUrl(server, client, asked);
      let visit = await browser.open(url);
      if (visit.url.includes("/sign-in"))
        visit = await browser.submit(visit, { email: "ada@example.com", password });
      const page = visit.url.includes("/consent") ? visit.body : undefined;
      if (page !== undefined) visit = await browser.submit(visit, { decision: "allow" });
      const code = new URL(visit.url).searchParams.get("code");
      assert.ok(code, `${visit.url} ${visit.body}`);
      const { body } = await redeem(server, client, { code, verifier });
      return { token: String(body.access_token), page };
    }

    it("[MCP-RS-08] is asked anew when a tool that was consented to turns destructive", async () => {
      const had = ["notes:read", "notes:write"];
      const { token, page } = await login(had);
      assert.match(page ?? "", /Add and change in your name, also beyond this server: save/);
      assert.equal((await call(token, "save")).status, 200);
      assert.equal((await login(had)).page, undefined, "what was consented to is not asked again");

      listed = first.map((tool) => (tool.name === "save" ? { name: "save" } : tool));
      await register();
      const refused = await call(token, "save");
      assert.equal(refused.status, 403);
      const needed = classScopes ? "notes:destroy" : "notes:tool:save";
      assert.deepEqual(challenged(refused), ["notes:read", needed]);

      // MCP, step-up: what the client holds and what is needed, together.
      const again = await login([...new Set([...had, ...challenged(refused)])]);
      assert.match(again.page ?? "no page", /Change and delete in your name[^<]*save/);
      assert.equal((await call(again.token, "save")).status, 200);
    });

    it(`[MCP-RS-08] is ${classScopes ? "not " : ""}asked anew for one more tool that destroys`, async () => {
      listed = [...listed, { name: "burn", annotations: { destructiveHint: true } }];
      await register();
      const held = ["notes:read", classScopes ? "notes:destroy" : "notes:tool:save"];
      const { token, page } = await login(held);
      assert.equal(page, undefined);
      const answer = await call(token, "burn");
      assert.equal(answer.status, classScopes ? 200 : 403);
      if (classScopes) return;
      assert.equal(
        answer.headers.get("www-authenticate"),
        'Bearer error="insufficient_scope", error_description="The access token does not permit this operation.", ' +
          'scope="notes:read notes:tool:burn", ' +
          'resource_metadata="https://notes.example.com/.well-known/oauth-protected-resource/mcp"',
      );
      const again = await login([...new Set([...held, ...challenged(answer)])]);
      assert.deepEqual(asked(again.page), ["Change and delete in your name, also beyond this server: burn"]);
      assert.equal((await call(again.token, "burn")).status, 200);
      assert.equal((await call(again.token, "save")).status, 200);
      assert.equal((await call(token, "burn")).status, 403, "the token from before stays what it was");
    });

    it("[MCP-RS-08] is never enough for a tool that nobody listed", async () => {
      const { token } = await login(["notes:read", "notes:write"]);
      const answer = await call(token, "conjure");
      assert.equal(answer.status, 403);
      assert.deepEqual(challenged(answer), [
        "notes:read",
        classScopes ? "notes:destroy" : "notes:tool:conjure",
      ]);
    });
  });
}
