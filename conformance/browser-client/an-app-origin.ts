import { readFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";

const folder = "../../packages/server/src/adapters/outbound/fixtures/";
const pem = (name: string) => readFileSync(new URL(`${folder}${name}`, import.meta.url));

/** A web server of the app's on this machine, by https. Browsers know what is below localhost, and for another site. */
export async function anAppOrigin(
  listener: RequestListener,
): Promise<{ origin: string; close(): Promise<void> }> {
  const tls = { cert: pem("localhost-certificate.pem"), key: pem("not-a-secret.localhost-key.pem") };
  const server = createServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `https://app.localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
