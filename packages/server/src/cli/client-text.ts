import { formatDuration } from "../config/duration.ts";
import { type Client, isPublic } from "../records/client.ts";
import { columnsOf } from "./table.ts";
import { moment, words } from "./wording.ts";

/** A client for people: what there is to say, one fact a line. */
export function clientText(client: Client): string {
  const secrets = client.secrets.map(
    ({ createdAt, expiresAt }) =>
      `made ${moment(createdAt)}${expiresAt === null ? "" : `, works until ${moment(expiresAt)}`}`,
  );
  const rows: readonly (readonly [string, string])[] = [
    ["Client id", client.id],
    ["Name", client.name],
    ["Kind", `${client.kind}, ${isPublic(client) ? "public" : "confidential"}`],
    ["Authentication", words(client.authMethods)],
    ["Grant types", words(client.grantTypes)],
    ...client.redirectUris.map((uri) => ["Redirect URI", uri] as const),
    ...client.postLogoutRedirectUris.map((uri) => ["After sign-out", uri] as const),
    ["Scope ceiling", client.scope === null ? "none of its own" : words(client.scope)],
    ...client.introspects.map((resource) => ["Introspects", resource] as const),
    ...(client.actsAt ?? []).map((resource) => ["Acts for others", resource] as const),
    ...(client.boundTokens ? [["Tokens", "only bound to its key (DPoP)"] as const] : []),
    ...(client.jwksUri === null ? [] : [["Keys", client.jwksUri] as const]),
    ...(client.jwks === null ? [] : [["Keys", `${client.jwks.keys.length} in its registration`] as const]),
    ...(client.refreshGrace === undefined
      ? []
      : [["Refresh grace", formatDuration(client.refreshGrace)] as const]),
    ...secrets.map((secret) => ["Secret", secret] as const),
    ["Made", moment(client.createdAt)],
    ["Last authorized", moment(client.lastAuthorizedAt)],
    ...(client.disabledAt === null ? [] : [["Disabled", moment(client.disabledAt)] as const]),
  ];
  return `${columnsOf(rows)}\n`;
}
