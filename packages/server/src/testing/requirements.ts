import { accountPages } from "./requirements/account-pages.ts";
import { accounts } from "./requirements/accounts.ts";
import { clientAssertions } from "./requirements/client-assertions.ts";
import { clientIdMetadataDocument } from "./requirements/client-id-metadata-document.ts";
import { clients } from "./requirements/clients.ts";
import { companions } from "./requirements/companions.ts";
import { consent } from "./requirements/consent.ts";
import { mcpAuthorizationServer } from "./requirements/mcp-authorization-server.ts";
import { mcpClient } from "./requirements/mcp-client.ts";
import { mcpExtensions } from "./requirements/mcp-extensions.ts";
import { mcpServer } from "./requirements/mcp-server.ts";
import { oauth21AuthorizationServer } from "./requirements/oauth21-authorization-server.ts";
import { oauth21Parties } from "./requirements/oauth21-parties.ts";
import { own } from "./requirements/own.ts";
import { secondFactors } from "./requirements/second-factors.ts";
import { securityBestPractice } from "./requirements/security-best-practice.ts";
import { signingIn } from "./requirements/signing-in.ts";
import { upstreams } from "./requirements/upstreams.ts";
import { wordsAndLook } from "./requirements/words-and-look.ts";

/** The manifest by document, in the order in which docs/specs.md prints it. */
export const sections = {
  "MCP authorization 2026-07-28: authorization server": mcpAuthorizationServer,
  "MCP authorization 2026-07-28: MCP server": mcpServer,
  "MCP authorization 2026-07-28: client": mcpClient,
  "MCP extensions and proposals": mcpExtensions,
  "OAuth 2.1 (draft -16): authorization server": oauth21AuthorizationServer,
  "OAuth 2.1 (draft -16): resource server and client": oauth21Parties,
  "Security best practice (RFC 9700, RFC 10017, RFC 10027)": securityBestPractice,
  "Client assertions (RFC 10070)": clientAssertions,
  "Client ID metadata documents (draft -02)": clientIdMetadataDocument,
  "Companion specifications": companions,
  "Signing in": signingIn,
  "Accounts and mails": accounts,
  "The pages of an account": accountPages,
  "Passkeys and second factors": secondFactors,
  Consent: consent,
  "Sign in elsewhere (OpenID Connect Core, RFC 9700)": upstreams,
  "Words and look of the pages": wordsAndLook,
  "What real clients need": clients,
  "Our own promises": own,
} as const;

/** Every row of the manifest by its id. */
export const requirements = {
  ...mcpAuthorizationServer,
  ...mcpServer,
  ...mcpClient,
  ...mcpExtensions,
  ...oauth21AuthorizationServer,
  ...oauth21Parties,
  ...securityBestPractice,
  ...clientAssertions,
  ...clientIdMetadataDocument,
  ...companions,
  ...signingIn,
  ...accounts,
  ...accountPages,
  ...secondFactors,
  ...consent,
  ...upstreams,
  ...wordsAndLook,
  ...clients,
  ...own,
} as const;

/** An id that the manifest has: a test that cites any other does not compile. */
export type RequirementId = keyof typeof requirements;
