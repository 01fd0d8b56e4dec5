import type { ApiRequest } from "../messages.ts";
import { proof } from "../oauth/proof-key.ts";
import type { Held } from "./held.ts";

/** RFC 6750 §2.1, RFC 9449 §7.1: the headers of one request, the token in one carrier. */
export async function authorization(
  { key, accessToken }: Held,
  { method, url, nonce }: ApiRequest,
): Promise<Readonly<Record<string, string>>> {
  return {
    authorization: `${key ? "DPoP" : "Bearer"} ${accessToken}`,
    ...(key && { DPoP: await proof(key, { method, url, accessToken, nonce }) }),
  };
}
