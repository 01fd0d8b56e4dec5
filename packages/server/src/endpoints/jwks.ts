import { document } from "../http/answer.ts";
import type { Endpoint } from "../http/message.ts";
import type { Context } from "./context.ts";

/** RFC 7517: the public keys. Kept shorter than a new key is published before it signs. */
export function jwksEndpoint({ keys }: Context): Endpoint {
  return async () => document(await keys.jwks(), 300);
}
