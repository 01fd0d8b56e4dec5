import { type Listener, listen } from "../../packages/server/src/http/node.ts";
import type { Handler } from "../../packages/server/src/http/router.ts";
import type { SignInSettings } from "../../packages/server/src/ports/settings.ts";
import {
  type AServer,
  type AServerOptions,
  aServer,
  usualSettings,
} from "../../packages/server/src/testing/a-server.ts";
import { RecordedAudit } from "../../packages/server/src/testing/recorded-audit.ts";

export interface Place {
  readonly server: AServer;
  close(): Promise<void>;
}

/** A server on localhost, where browsers make passkeys without https. */
export async function aPlace(
  signIn: Partial<SignInSettings> = {},
  more: Omit<AServerOptions, "issuer"> = {},
): Promise<Place> {
  let handle: Handler = () => Promise.reject(new Error("not yet"));
  const options = { host: "127.0.0.1", port: 0, trustedProxies: [] };
  const listener: Listener = await listen((request) => handle(request), new RecordedAudit(), options);
  const issuer = `http://localhost:${listener.port}`;
  const settings = { ...more.settings, signIn: { ...usualSettings(issuer).signIn, ...signIn } };
  const server = await aServer({ ...more, issuer, settings });
  ({ handle } = server);
  const close = async () => {
    await listener.close(1_000);
    await server.close();
  };
  return { server, close };
}
