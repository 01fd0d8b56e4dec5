import type { TestContext } from "node:test";
import { type AServer, type AServerOptions, aServer } from "./a-server.ts";

/** Ada, whose account it is, and Bob, whose it is not. */
export const email = "ada@example.com";
/** A password that she may take. */
export const nextPassword = "another horse battery staple";

export async function aWorld(t: TestContext, options: AServerOptions = {}) {
  const server = await aServer(options);
  t.after(() => server.close());
  const ada = await server.person({ email });
  const bob = await server.person({ email: "bob@example.com" });
  return { server, ada, bob };
}

export function aPasskey(accountId: string, id: string, name = "Phone") {
  return {
    ...{ id, accountId, name, publicKey: "", counter: 0, transports: [], aaguid: "" },
    ...{ isSynced: true, createdAt: 1_799_990_000, lastUsedAt: null },
  };
}

export const hers = { upstream: "work", subject: "ada-there", email, createdAt: 0, lastUsedAt: null };

export function happened({ audit }: AServer): readonly string[] {
  return audit.events.map(({ what }) => what);
}
