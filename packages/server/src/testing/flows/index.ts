import { authorizationCodeByDocument, authorizationCodeByRegistration } from "./authorization-code.ts";
import { clientCredentials } from "./client-credentials.ts";
import { deviceAuthorization } from "./device.ts";
import { dpop } from "./dpop.ts";
import { tokenExchange } from "./exchange.ts";
import type { Flow } from "./flow.ts";
import { logout } from "./logout.ts";
import { mcpFirstContact, stepUp } from "./mcp.ts";
import { refresh } from "./refresh.ts";
import { revocation } from "./revocation.ts";

/** Every flow that docs/api/flows.md shows, in its order. */
export const flows: readonly Flow[] = [
  authorizationCodeByDocument,
  authorizationCodeByRegistration,
  mcpFirstContact,
  stepUp,
  refresh,
  clientCredentials,
  deviceAuthorization,
  tokenExchange,
  dpop,
  revocation,
  logout,
];
