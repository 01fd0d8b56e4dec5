import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { aClient } from "../adapters/contract/records.ts";
import { demoPlan } from "../demo/plan.ts";
import { start } from "../start.ts";
import type { FeedPage } from "../tokens/revocation-feed.ts";
import { hashSecret } from "../tokens/secret.ts";

it("a server that stops answers who waits at its revocation feed, and ends at once", async () => {
  const folder = await mkdtemp(join(tmpdir(), "valetkey-feed-"));
  const none = { mcpUrl: "https://mcp.example", apiUrl: "https://api.example", accounts: [] };
  const running = await start(demoPlan(0, folder, none));
  const secrets = [{ hash: hashSecret("vks_secret"), createdAt: 1, expiresAt: null }];
  const client = aClient({ authMethods: ["client_secret_post"], secrets });
  await running.store.clients.add(client);
  const read = async (form: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams({ client_id: client.id, client_secret: "vks_secret", ...form });
    const answer = await fetch(`${running.issuer}/revocations`, { method: "POST", body });
    assert.equal(answer.status, 200);
    return (await answer.json()) as FeedPage;
  };
  const { next } = await read({});
  const waiting = read({ after: next, wait: "25" });
  await pause(200);
  const from = performance.now();
  const closed = running.close();
  assert.deepEqual((await waiting).events, []);
  await closed;
  assert.ok(performance.now() - from < 3_000);
  await rm(folder, { recursive: true });
});
