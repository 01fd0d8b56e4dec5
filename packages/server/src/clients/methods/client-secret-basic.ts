import { invalidClient } from "@valetkey/protocol/errors";

/**
 * RFC 6749 §2.3.1: `Basic` with form-encoded id and secret. The scheme is case-insensitive; another scheme is refused,
 * since credentials that are sent must be checked.
 * @throws invalid_client "client.authorization-header"
 */
export function readBasic(authorization: string): { readonly clientId: string; readonly secret: string } {
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1];
  const text = encoded === undefined ? "" : Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  if (colon < 1) throw invalidClient("client.authorization-header");
  try {
    return { clientId: formDecode(text.slice(0, colon)), secret: formDecode(text.slice(colon + 1)) };
  } catch (cause) {
    throw invalidClient("client.authorization-header", { cause });
  }
}

function formDecode(text: string): string {
  return decodeURIComponent(text.replaceAll("+", " "));
}
