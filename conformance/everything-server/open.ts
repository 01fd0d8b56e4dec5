import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { protectMcp } from "@valetkey/resource/mcp";
import type { ADemonstration } from "../a-demonstration.ts";
import { everythingServer } from "./everything-server.ts";

/** The everything server on a loopback port, behind the guard, registered at the demonstration's issuer. */
export async function openEverythingServer(demo: ADemonstration) {
  let answer = async (_request: Request) => new Response("Starting.", { status: 503 });
  const listener = serve({ fetch: (request: Request) => answer(request), port: 0, hostname: "127.0.0.1" });
  await once(listener, "listening");
  const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/mcp`;
  await demo.register(url, { everything: "Use the everything server", ask: "Let it ask your model" });

  const server = everythingServer();
  answer = protectMcp(
    server.handle,
    { issuer: demo.issuer, resource: url, requiredScopes: ["everything"], allowedOrigins: [] },
    { toolScopes: { test_sampling: ["ask"] } },
  );
  return {
    url,
    scope: "everything ask",
    waits: server.waits,
    async close() {
      await server.close();
      listener.close();
      if ("closeAllConnections" in listener) listener.closeAllConnections();
    },
  };
}
