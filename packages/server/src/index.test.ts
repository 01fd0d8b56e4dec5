import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe } from "node:test";
import { createServer, loadConfig, type Opened, openPorts, planOf, type Server } from "./index.ts";
import { spec } from "./testing/spec.ts";

describe("an app that embeds the server", () => {
  let folder: string;
  let opened: Opened;
  let server: Server;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "valetkey-embed-"));
    const text = `issuer: https://auth.example.com\nstore: ${join(folder, "valetkey.sqlite")}\nlog: { level: silent }\n`;
    const plan = planOf(await loadConfig({ text, env: {} }), undefined);
    opened = await openPorts(plan);
    server = createServer(plan.settings(), opened.ports);
  });
  after(async () => {
    await opened.close();
    await rm(folder, { recursive: true });
  });

  spec(
    "I2-EMBED",
    "gets Request in, Response out, for every endpoint, from its own configuration",
    async () => {
      const documents = await server.fetch(
        new Request("https://auth.example.com/.well-known/oauth-authorization-server"),
      );
      assert.equal(documents.status, 200);
      const metadata = (await documents.json()) as {
        issuer: string;
        jwks_uri: string;
        token_endpoint: string;
      };
      assert.equal(metadata.issuer, "https://auth.example.com");
      const keys = (await (await server.fetch(new Request(metadata.jwks_uri))).json()) as { keys: unknown[] };
      assert.equal(keys.keys.length, 1);
      const body = new URLSearchParams({ grant_type: "client_credentials", client_id: "nobody" });
      const token = await server.fetch(new Request(metadata.token_endpoint, { method: "POST", body }));
      assert.deepEqual(
        [token.status, ((await token.json()) as { error: string }).error],
        [401, "invalid_client"],
      );
      const ready = await server.fetch(new Request("https://auth.example.com/readyz"));
      assert.equal(ready.status, 200);
    },
  );
});
