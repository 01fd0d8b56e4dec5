import type { Client } from "./client.ts";
import type { Instant } from "./instant.ts";

/** A client ID metadata document as it was last fetched and found valid. */
export interface ClientDocument {
  /** The URL, which is the client_id. */
  readonly url: string;
  readonly client: Client;
  readonly etag: string | null;
  readonly firstSeenAt: Instant;
  readonly fetchedAt: Instant;
  readonly freshUntil: Instant;
}
