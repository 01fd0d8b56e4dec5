import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { listenForCallback } from "./callback.ts";
import { publishDocument } from "./client-document.ts";
import { type ClientPackage, type Connection, SignInNeeded } from "./connection.ts";
import type { Facts } from "./demonstration.ts";
import { clientMetadata, InMemoryProvider } from "./provider.ts";
import type { Stage } from "./stage.ts";

export type Registration = "document" | "registration";

interface Scene {
  readonly facts: Facts;
  readonly provider: InMemoryProvider;
  readonly connection: Connection;
  /** The person goes where the client sends them, allows what the page offers and comes back. */
  letThePersonAllow(picture: string): Promise<string>;
}

const pictures = fileURLToPath(new URL("../../.artifacts/mcp-login", import.meta.url));

/**
 * An MCP client finds out where to sign in, makes itself known, is allowed in, steps up, refreshes and is revoked.
 * @throws AssertionError at the first thing that is not as it should be; nothing stays open then either.
 */
export async function tellStory(
  client: ClientPackage,
  registration: Registration,
  { facts, ada }: Stage,
  say: (sentence: string) => void,
): Promise<void> {
  const opened: (() => unknown)[] = [];
  try {
    const callback = await listenForCallback();
    opened.push(() => callback.close());
    const document = await publishDocument(clientMetadata(callback.url));
    opened.push(() => document.close());
    const person = await ada();
    opened.push(() => person.leaves());

    const provider = new InMemoryProvider(
      callback.url,
      registration === "document" ? document.url : undefined,
    );
    const connection = client.connect(new URL(facts.mcp_url), provider);
    opened.push(() => connection.close());
    mkdirSync(pictures, { recursive: true });

    await play(
      {
        facts,
        provider,
        connection,
        async letThePersonAllow(picture) {
          const arrival = callback.next();
          await person.follow(provider.takeDestination());
          const page = await person.reads();
          await person.takesAPicture(join(pictures, picture));
          await person.allows();
          const answer = await arrival;
          provider.requireOwnAnswer(answer, facts.issuer);
          await connection.finish(answer);
          return page;
        },
      },
      { documentUrl: registration === "document" ? document.url : undefined, say },
    );
  } finally {
    for (const close of opened.reverse()) await close();
  }
}

async function play(
  scene: Scene,
  { documentUrl, say }: { documentUrl: string | undefined; say: (sentence: string) => void },
): Promise<void> {
  const { facts, provider, connection, letThePersonAllow } = scene;
  const kind = documentUrl === undefined ? "registration" : "document";
  const tokens = () => {
    const held = provider.tokens();
    assert.ok(held?.refresh_token, "the client holds an access token and a refresh token");
    return { ...held, refresh_token: held.refresh_token };
  };
  // The current client also asks for offline_access, where an issuer knows it.
  const notesScopes = () =>
    (tokens().scope ?? "")
      .split(" ")
      .filter((scope) => scope.startsWith("notes:"))
      .sort();

  await assert.rejects(connection.open(), SignInNeeded);
  const clientId = provider.clientInformation()?.client_id ?? "";
  if (documentUrl === undefined) assert.match(clientId, /^client_/);
  else assert.equal(clientId, documentUrl);
  say("A 401 led the client to the resource's metadata, and that to the issuer.");
  say(
    `It is known there as ${clientId}${documentUrl ? ", its metadata document" : ", which it registered"}.`,
  );

  const firstPage = await letThePersonAllow(`consent-${kind}.png`);
  assert.match(firstPage, /Example MCP client/);
  assert.match(firstPage, /Read your notes/);
  assert.doesNotMatch(firstPage, /Write notes/);
  say("Ada signed in, read who asks and for what, and allowed it.");

  assert.deepEqual(notesScopes(), ["notes:read"]);
  await connection.open();
  assert.match(await connection.call("whoami"), /with .*notes:read/);
  const noted = await connection.call("list_notes");
  say("The tool call arrived with a checked token: it knows Ada, the client and the scope notes:read.");

  await assert.rejects(connection.call("add_note", { note: "Water the plants." }), SignInNeeded);
  say("add_note needs notes:write: the guard answered 403 insufficient_scope and the client asked for more.");
  const secondPage = await letThePersonAllow(`step-up-${kind}.png`);
  assert.match(secondPage, /Write notes in your name/);
  assert.deepEqual(notesScopes(), ["notes:read", "notes:write"]);
  assert.match(await connection.call("add_note", { note: "Water the plants." }), /^Noted\. You have \d\.$/);
  const written = await connection.call("list_notes");
  // Her notes of an earlier story are still there.
  const expected = noted === "There are no notes yet." ? [] : noted.split("\n");
  assert.deepEqual(written.split("\n"), [...expected, "Water the plants."]);
  say("Ada allowed that too, and the note was written. What was allowed before still is.");

  const before = tokens();
  provider.saveTokens({ ...before, access_token: `${before.access_token.slice(0, -4)}AAAA` });
  assert.equal(await connection.call("list_notes"), written);
  assert.notEqual(tokens().access_token, before.access_token);
  assert.notEqual(tokens().refresh_token, before.refresh_token);
  say("With an access token that no longer serves, the client refreshed by itself; both tokens are new.");

  const last = tokens();
  await revoke(facts.issuer, clientId, last.refresh_token);
  assert.equal((await bareCall(facts.mcp_url, last.access_token)).status, 401);
  await assert.rejects(connection.call("list_notes"), SignInNeeded);
  assert.equal(provider.tokens(), undefined);
  say("The client revoked its grant: the next call got 401 and the refresh token was dead as well.");
}

/** RFC 7009 §2.1, by a public client, at the endpoint that the issuer's metadata names. */
async function revoke(issuer: string, clientId: string, token: string): Promise<void> {
  const metadata = await fetch(`${issuer}/.well-known/oauth-authorization-server`);
  const { revocation_endpoint } = (await metadata.json()) as { revocation_endpoint: string };
  const body = new URLSearchParams({ client_id: clientId, token, token_type_hint: "refresh_token" });
  assert.equal((await fetch(revocation_endpoint, { method: "POST", body })).status, 200);
}

/** A call with a token and no client around it that would sign in anew. */
async function bareCall(mcpUrl: string, token: string): Promise<Response> {
  return await fetch(mcpUrl, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }),
  });
}
