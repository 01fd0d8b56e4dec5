import { authorizationCode } from "./authorization-code.ts";
import { clientCredentials } from "./client-credentials.ts";
import { deviceCode } from "./device-code.ts";
import type { GrantContext, GrantType } from "./grant.ts";
import { refreshTokenGrant } from "./refresh-token.ts";
import { type ReadLiveToken, tokenExchange } from "./token-exchange.ts";

/** The table of grants. What is not in it is answered with unsupported_grant_type. */
export function grantTable(
  context: GrantContext,
  readLiveToken: ReadLiveToken,
): ReadonlyMap<string, GrantType> {
  const grants = [
    authorizationCode(context),
    refreshTokenGrant(context),
    clientCredentials(context),
    tokenExchange(context, readLiveToken),
    ...(context.settings.devices.enabled ? [deviceCode(context)] : []),
  ];
  return new Map(grants.map((grant) => [grant.type, grant]));
}
