import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { OAuthClientMetadata } from "./packages.ts";

export interface ClientDocument {
  /** The URL of the document, which is the client's id. */
  readonly url: string;
  close(): void;
}

const folder = "../../packages/server/src/adapters/outbound/fixtures/";
const pem = (name: string) => fileURLToPath(new URL(`${folder}${name}`, import.meta.url));

/** The certificate of `localhost` that the document is served with: a file of the tests, trusted by nobody else. */
export const certificate = pem("localhost-certificate.pem");

/**
 * A client ID metadata document, served as a real client's maker would, but on this machine. It states its loopback
 * redirect without a port, since the port is whichever is free when a person signs in.
 */
export async function publishDocument(metadata: OAuthClientMetadata): Promise<ClientDocument> {
  const tls = { cert: readFileSync(certificate), key: readFileSync(pem("not-a-secret.localhost-key.pem")) };
  const server = createServer(tls, (_request, response) => {
    const document = { client_id: url, ...metadata, redirect_uris: ["http://127.0.0.1/callback"] };
    response.writeHead(200, { "content-type": "application/json", "cache-control": "max-age=60" });
    response.end(JSON.stringify(document));
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  const url = `https://localhost:${(server.address() as AddressInfo).port}/client.json`;
  return {
    url,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
