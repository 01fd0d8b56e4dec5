/**
 * Everything from npm that this example needs. It is installed once for all tests, in conformance/; in a project of your
 * own the first two lines end in "@modelcontextprotocol/sdk/..." and the last in "@modelcontextprotocol/client".
 */

export * as next from "../../conformance/node_modules/@modelcontextprotocol/client/dist/index.mjs";
export {
  auth,
  extractWWWAuthenticateParams,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
  UnauthorizedError,
} from "../../conformance/node_modules/@modelcontextprotocol/sdk/dist/esm/client/auth.js";
export { Client } from "../../conformance/node_modules/@modelcontextprotocol/sdk/dist/esm/client/index.js";
export {
  StreamableHTTPClientTransport,
  StreamableHTTPError,
} from "../../conformance/node_modules/@modelcontextprotocol/sdk/dist/esm/client/streamableHttp.js";
export type {
  OAuthClientInformationMixed,
  OAuthClientMetadata,
  OAuthTokens,
} from "../../conformance/node_modules/@modelcontextprotocol/sdk/dist/esm/shared/auth.js";
