import { randomBytes } from "node:crypto";
import type {
  OAuthClientInformationMixed,
  OAuthClientMetadata,
  OAuthClientProvider,
  OAuthDiscoveryState,
  OAuthTokens,
} from "./packages.ts";

type Metadata = OAuthClientMetadata & { readonly application_type: "native" };

/** What a client says of itself, in its document or when it registers. */
export function clientMetadata(redirectUri: string): Metadata {
  return {
    application_type: "native",
    client_name: "Example MCP client",
    redirect_uris: [redirectUri],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  };
}

/** The provider that the official client asks for, with everything in memory. Where the person must go, it only notes. */
export class InMemoryProvider implements OAuthClientProvider {
  readonly redirectUrl: string;
  readonly clientMetadata: Metadata;
  /** Set: the client is its document (CIMD). Not set: it registers itself (RFC 7591). */
  declare readonly clientMetadataUrl?: string;
  #client: OAuthClientInformationMixed | undefined;
  #tokens: OAuthTokens | undefined;
  #verifier = "";
  #state = "";
  #discovery: OAuthDiscoveryState | undefined;
  #destination: URL | undefined;

  constructor(redirectUrl: string, clientMetadataUrl: string | undefined) {
    this.redirectUrl = redirectUrl;
    this.clientMetadata = clientMetadata(redirectUrl);
    if (clientMetadataUrl !== undefined) this.clientMetadataUrl = clientMetadataUrl;
  }

  state(): string {
    this.#state = randomBytes(16).toString("base64url");
    return this.#state;
  }

  clientInformation = () => this.#client;
  saveClientInformation(client: OAuthClientInformationMixed): void {
    this.#client = client;
  }

  tokens = () => this.#tokens;
  saveTokens(tokens: OAuthTokens): void {
    this.#tokens = tokens;
  }

  codeVerifier = () => this.#verifier;
  saveCodeVerifier(verifier: string): void {
    this.#verifier = verifier;
  }

  discoveryState = () => this.#discovery;
  /** MCP authorization, code protection: an issuer that does not list S256 is left; the packages go on without a list. */
  saveDiscoveryState(state: OAuthDiscoveryState): void {
    const methods = state.authorizationServerMetadata?.code_challenge_methods_supported;
    if (!methods?.includes("S256"))
      throw new Error("The issuer does not support code challenge method S256.");
    this.#discovery = state;
  }

  redirectToAuthorization(url: URL): void {
    this.#destination = url;
  }

  invalidateCredentials(scope: string): void {
    if (scope === "all" || scope === "client") this.#client = undefined;
    if (scope === "all" || scope === "tokens") this.#tokens = undefined;
    if (scope === "all" || scope === "discovery") this.#discovery = undefined;
  }

  /** Where the person must sign in, once. */
  takeDestination(): URL {
    const destination = this.#destination;
    this.#destination = undefined;
    if (!destination) throw new Error("Nobody was sent anywhere.");
    return destination;
  }

  /** OAuth 2.1 §4.1.2: an answer to another request, or of another issuer, is none. */
  requireOwnAnswer(answer: URL, issuer: string): void {
    if (answer.searchParams.get("state") !== this.#state) throw new Error("This answers another request.");
    if (answer.searchParams.get("iss") !== issuer) throw new Error("Another issuer answered.");
  }
}
