import type { AddressInfo } from "node:net";
import { type ServerType, serve } from "@hono/node-server";
import { createGuard } from "@valetkey/resource";
import type { Passwords } from "../ports/passwords.ts";
import type { Demo } from "../ports/settings.ts";
import type { Store } from "../ports/store.ts";
import { demoAccounts } from "./accounts.ts";
import { modelsApi } from "./models-api.ts";
import { notesServer } from "./notes-server.ts";
import { seedDemo } from "./seed.ts";

type Fetch = (request: Request) => Promise<Response>;

/** The doors of the two example servers, open before anything stands behind them: their URLs name the ports. */
export interface DemoDoors extends Demo {
  /** Puts the example servers behind their doors. */
  furnish(issuer: string, store: Store, passwords: Passwords): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens two loopback ports for the example servers.
 * @param port of the MCP server; the API takes the next one; 0 picks free ones
 */
export async function openDoors(port: number): Promise<DemoDoors> {
  const notes = await door(port);
  const models = await door(port === 0 ? 0 : port + 1).catch(async (thrown: unknown) => {
    await notes.close();
    throw thrown;
  });
  const mcpUrl = `http://127.0.0.1:${notes.port}/mcp`;
  const apiUrl = `http://127.0.0.1:${models.port}`;
  return {
    mcpUrl,
    apiUrl,
    accounts: demoAccounts,
    async furnish(issuer, store, passwords) {
      const now = Math.floor(Date.now() / 1000);
      const introspection = await seedDemo(store, passwords, { mcpUrl, apiUrl }, now);
      const common = { issuer, introspection };
      const notesScopes = ["notes:read", "notes:write"];
      const modelScopes = ["inference:read", "training:write"];
      notes.open(
        notesServer(
          createGuard({
            ...common,
            resource: mcpUrl,
            resourceName: "Example notes",
            // MCP transports: pages of this machine may call, as a browser's MCP inspector does, and no others.
            allowedOrigins: [],
            scopes: notesScopes,
            challengeScopes: ["notes:read"],
          }),
        ),
      );
      models.open(
        modelsApi(
          createGuard({
            ...common,
            resource: apiUrl,
            resourceName: "Example models",
            allowedOrigins: "*",
            scopes: modelScopes,
            challengeScopes: ["inference:read"],
          }),
        ),
      );
    },
    close: async () => {
      await Promise.all([notes.close(), models.close()]);
    },
  };
}

interface Door {
  readonly port: number;
  open(fetch: Fetch): void;
  close(): Promise<void>;
}

async function door(port: number): Promise<Door> {
  let answer: Fetch = async () => new Response("Starting.", { status: 503, headers: { "retry-after": "1" } });
  const server: ServerType = serve({
    fetch: (request: Request) => answer(request),
    port,
    hostname: "127.0.0.1",
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.once("listening", () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    open: (fetch) => {
      answer = fetch;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
