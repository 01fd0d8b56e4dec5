import { type Listener, listen } from "../../packages/server/src/http/node.ts";
import type { Handler } from "../../packages/server/src/http/router.ts";
import type { SignInSettings } from "../../packages/server/src/ports/settings.ts";
import { type AServer, aServer, usualSettings } from "../../packages/server/src/testing/a-server.ts";
import { RecordedAudit } from "../../packages/server/src/testing/recorded-audit.ts";

export interface Place {
  readonly server: AServer;
  close(): Promise<void>;
}

/** A port of localhost behind which one server after another stands. */
export interface Door {
  readonly issuer: string;
  leadsTo(server: AServer): void;
  close(): Promise<void>;
}

export async function aDoor(): Promise<Door> {
  let handle: Handler = () => Promise.reject(new Error("not yet"));
  const options = { host: "127.0.0.1", port: 0, trustedProxies: [] };
  const listener: Listener = await listen((request) => handle(request), new RecordedAudit(), options);
  return {
    issuer: `http://localhost:${listener.port}`,
    leadsTo(server) {
      ({ handle } = server);
    },
    close: () => listener.close(1_000),
  };
}

/** A server on localhost, where browsers make passkeys without https. */
export async function aPlace(signIn: Partial<SignInSettings> = {}): Promise<Place> {
  const door = await aDoor();
  const settings = { signIn: { ...usualSettings(door.issuer).signIn, ...signIn } };
  const server = await aServer({ issuer: door.issuer, settings });
  door.leadsTo(server);
  const close = async () => {
    await door.close();
    await server.close();
  };
  return { server, close };
}
