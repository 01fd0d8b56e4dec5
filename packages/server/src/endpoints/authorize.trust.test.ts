import assert from "node:assert/strict";
import { describe } from "node:test";
import type { Client } from "../records/client.ts";
import { ABrowser } from "../testing/a-browser.ts";
import { authorizationUrl, login, pkce } from "../testing/a-login.ts";
import { aServer, callback, password } from "../testing/a-server.ts";
import { spec } from "../testing/spec.ts";

interface Case {
  readonly given: string;
  readonly client: Partial<Client>;
  readonly signedIn: boolean;
  /** Whether the person let the client in before. */
  readonly known: boolean;
  readonly prompt?: string;
  readonly leaves: boolean;
}

const selfRegistered = { kind: "self-registered" } as const;

const cases: readonly Case[] = [
  {
    given: "a registered client, nobody signed in",
    client: {},
    signedIn: false,
    known: false,
    leaves: false,
  },
  {
    given: "a registered client, somebody signed in",
    client: {},
    signedIn: true,
    known: false,
    leaves: true,
  },
  {
    given: "a self-registered client, nobody signed in",
    client: selfRegistered,
    signedIn: false,
    known: false,
    leaves: false,
  },
  {
    given: "a self-registered client new to the person",
    client: selfRegistered,
    signedIn: true,
    known: false,
    leaves: false,
  },
  {
    given: "a self-registered client that the person let in",
    client: selfRegistered,
    signedIn: true,
    known: true,
    leaves: true,
  },
  {
    given: "a client that was let in, nobody signed in",
    client: selfRegistered,
    signedIn: false,
    known: true,
    leaves: false,
  },
  {
    given: "prompt=none of a registered client, nobody signed in",
    client: {},
    signedIn: false,
    known: false,
    prompt: "none",
    leaves: true,
  },
  {
    given: "prompt=none of a self-registered client, nobody signed in",
    client: selfRegistered,
    signedIn: false,
    known: false,
    prompt: "none",
    leaves: false,
  },
  {
    given: "prompt=none of a self-registered client new to the person",
    client: selfRegistered,
    signedIn: true,
    known: false,
    prompt: "none",
    leaves: false,
  },
  {
    given: "prompt=none of a self-registered client that the person let in",
    client: selfRegistered,
    signedIn: true,
    known: true,
    prompt: "none",
    leaves: true,
  },
];

describe("an error of an authorization request", () => {
  for (const { given, client: about, signedIn, known, prompt, leaves } of cases) {
    for (const fault of [{ scope: "bogus" }, { response_type: "token" }, { nonce: ["a", "a"] }]) {
      const name = Object.keys(fault)[0];
      spec(
        ["O21-AS-40", "MCP-AS-22", "BCP-01", "CL-02"],
        `${leaves ? "goes back by itself" : "is a page with a link"}: ${given} (${name})`,
        async (t) => {
          const server = await aServer();
          t.after(() => server.close());
          const client = await server.client(about);
          const other = await server.client();
          const visitor = (await login(server, known ? client : other)).browser;
          const browser = signedIn ? visitor : new ABrowser(server);
          const asked = { code_challenge: pkce().challenge, ...fault, ...(prompt ? { prompt } : {}) };
          const visit = await browser.open(authorizationUrl(server, client, asked));
          const answer = leaves ? visit.url : /href="(https:\/\/app[^"]*)"/.exec(visit.body)?.[1];
          const sent = new URL((answer ?? "").replaceAll("&amp;", "&"));
          assert.equal(visit.status, leaves ? 0 : 400);
          assert.equal(`${sent.origin}${sent.pathname}`, callback);
          assert.deepEqual(
            [sent.searchParams.get("iss"), sent.searchParams.get("state")],
            [server.issuer, "state-1"],
          );
          assert.ok(sent.searchParams.get("error"));
        },
      );
    }
  }

  spec("O21-AS-40", "is JSON for a program that asks for it, and no redirect", async (t) => {
    const server = await aServer();
    t.after(() => server.close());
    const client = await server.client(selfRegistered);
    const url = authorizationUrl(server, client, { scope: "bogus", code_challenge: pkce().challenge });
    const response = await server.fetchHere(url, { headers: { accept: "application/json" } });
    assert.deepEqual([response.status, response.headers.get("location")], [400, null]);
    assert.equal(((await response.json()) as { error: string }).error, "invalid_scope");
  });

  spec(
    ["O21-AS-40", "I2-ROLES"],
    "that comes after sign-in is a page too for a client that is new",
    async (t) => {
      const server = await aServer();
      t.after(() => server.close());
      await server.person();
      const client = await server.client(selfRegistered);
      const browser = new ABrowser(server);
      const url = authorizationUrl(server, client, {
        resource: "https://api.example.com",
        scope: "training:write",
        code_challenge: pkce().challenge,
      });
      const visit = await browser.submit(await browser.open(url), { email: "ada@example.com", password });
      assert.equal(visit.status, 400);
      assert.match(
        visit.body,
        /Access cannot be given[\s\S]*Your account may not allow what the app asks for/,
      );
      assert.match(visit.body, /error=access_denied/);
      assert.equal(server.audit.lastRefusal, "scope.beyond-role");
    },
  );
});
