import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseClientMetadata } from "@valetkey/protocol/client-metadata";
import { OAuthError } from "@valetkey/protocol/errors";
import { type AskedClient, secretMethods } from "../operations/new-client.ts";
import type { ClientAuthMethod } from "../records/client.ts";
import type { Io } from "./command.ts";
import type { Given } from "./given.ts";
import { sentenceOf } from "./sentence.ts";

/** How the client will prove itself, by --public, --confidential, --auth-method and its keys. */
export function clientAuthentication(
  given: Given,
  io: Io,
): Pick<AskedClient, "authMethods" | "jwks" | "jwksUri"> {
  return { authMethods: methods(given), jwks: keysIn(given, io), jwksUri: keysAt(given) };
}

function methods(given: Given): readonly ClientAuthMethod[] {
  const method =
    given.text("auth-method") ?? (given.has("jwks") || given.has("jwks-uri") ? "private_key_jwt" : undefined);
  const isPublic = given.has("public");
  if (isPublic && given.has("confidential")) given.refuse("public", "and --confidential exclude each other");
  else if (isPublic && method !== undefined)
    given.refuse("auth-method", "goes with a confidential client only", method);
  if (method === undefined) return given.has("confidential") ? secretMethods : [];
  const known = [...secretMethods, "private_key_jwt" as const].find((one) => one === method);
  if (known === undefined)
    given.refuse("auth-method", `is one of ${secretMethods.join(", ")}, private_key_jwt`, method);
  return [known ?? "private_key_jwt"];
}

/** The protocol's own reader judges the keys: no private member, no shared secret. */
function keysIn(given: Given, io: Io): AskedClient["jwks"] {
  const file = given.text("jwks");
  if (file === undefined) return null;
  try {
    const json: unknown = JSON.parse(readFileSync(resolve(io.folder, file), "utf8"));
    const { jwks } = parseClientMetadata({ jwks: json });
    if ((jwks?.keys.length ?? 0) === 0) given.refuse("jwks", "holds no key", file);
    return jwks ?? null;
  } catch (thrown) {
    const reason =
      thrown instanceof SyntaxError
        ? "is not JSON"
        : thrown instanceof OAuthError
          ? thrown.message
          : sentenceOf(thrown);
    given.refuse("jwks", reason.replace(/\.$/, ""), file);
    // Something stands there, so that no second fault says that keys are missing.
    return { keys: [] };
  }
}

function keysAt(given: Given): string | null {
  const url = given.text("jwks-uri");
  if (url === undefined) return null;
  try {
    return parseClientMetadata({ jwks_uri: url }).jwksUri ?? null;
  } catch (thrown) {
    if (!(thrown instanceof OAuthError)) throw thrown;
    given.refuse("jwks-uri", "must be an https URL", url);
    return url;
  }
}
