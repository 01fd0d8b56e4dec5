import { invalidClient } from "@valetkey/protocol/errors";
import { printable } from "@valetkey/protocol/printable";
import type { Store } from "../ports/store.ts";
import type { Client } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import type { ReadDocument } from "./metadata-document.ts";

/** `address` is the caller's, who pays for a document that has to be fetched. */
export type ResolveClient = (clientId: string, now: Instant, address: string) => Promise<Client>;

/**
 * Who a client_id names: a registered or self-registered client, or the author of a metadata document. Ids that we
 * make never look like a URL (draft-ietf-oauth-client-id-metadata-document-02 §3), so the form decides.
 * @throws invalid_client "client.unknown", "client.disabled", or one of "document.*"
 */
export function clientResolver(store: Pick<Store, "clients">, readDocument: ReadDocument): ResolveClient {
  return async (clientId, now, address) => {
    const client = /^https?:\/\//i.test(clientId)
      ? await readDocument(clientId, now, address)
      : await store.clients.find(clientId);
    if (!client) throw invalidClient("client.unknown", { fact: printable(clientId, 200) });
    if (client.disabledAt !== null)
      throw invalidClient("client.disabled", { fact: printable(clientId, 200) });
    return client;
  };
}
