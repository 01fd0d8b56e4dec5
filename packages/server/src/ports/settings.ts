import type { Seconds } from "../records/instant.ts";

/** What the core asks of the configuration; `config/` makes it from the file, an embedding app may write it by hand. */
export interface Settings {
  /** RFC 8414 §2: who signs the tokens; compared byte for byte, never with a trailing slash of its own making. */
  readonly issuer: string;
  /** Shown on pages. */
  readonly productName: string;
  /** The resource of a request that names none, when several are registered. */
  readonly defaultResource: string | null;
  readonly lifetimes: {
    readonly authorizationCode: Seconds;
    readonly deviceCode: Seconds;
    readonly accessToken: Seconds;
    readonly idToken: Seconds;
    readonly session: Seconds;
    readonly interaction: Seconds;
    readonly refreshIdle: Seconds;
    readonly refreshAbsolute: Seconds;
    readonly clientSecretOverlap: Seconds;
  };
  readonly refresh: RefreshWindows;
  readonly dpop: {
    /** Whether a proof without a nonce is sent back for one: RFC 9449 §8. */
    readonly requiresNonce: boolean;
  };
  readonly tokenExchange: {
    /** How many actors a chain may have. RFC 8693 §4.1 */
    readonly depth: number;
  };
  readonly devices: {
    /** Whether devices without a browser may ask for a person's decision elsewhere: RFC 8628. */
    readonly enabled: boolean;
  };
  readonly registration: {
    readonly enabled: boolean;
    /** Redirect URIs of app schemes that may be registered, each in full. */
    readonly appRedirects: readonly string[];
  };
  readonly documents: {
    readonly enabled: boolean;
    readonly maxBytes: number;
    readonly minFresh: Seconds;
    readonly maxFresh: Seconds;
    /** How long past its freshness a document still serves while its host does not answer. */
    readonly staleIfError: Seconds;
    /** Hosts whose documents are taken: exact, or `.example.com` for all below; empty means all that are not denied. */
    readonly allowHosts: readonly string[];
    readonly denyHosts: readonly string[];
    /** Whether a pinned copy of a well-known client's document serves while its host does not answer. */
    readonly pinned: boolean;
    /** Development only: documents on loopback are read when the issuer itself is on loopback. */
    readonly allowLoopback: boolean;
  };
  /** What a development server shows on its pages; null on a real one. */
  readonly demo: Demo | null;
}

/** The windows of design section 5, rules 4 and 5. */
export interface RefreshWindows {
  /** How long a superseded generation is still answered with the current tokens. */
  readonly grace: Seconds;
  /** How long the predecessor of an unused successor is answered with that successor. */
  readonly unusedSuccessor: Seconds;
  /** Late answers within `lateWindow` after which the lineage ends as replayed. */
  readonly lateAnswers: number;
  readonly lateWindow: Seconds;
}

export interface Demo {
  readonly mcpUrl: string;
  readonly apiUrl: string;
  readonly accounts: readonly {
    readonly email: string;
    readonly password: string;
    readonly roles: readonly string[];
  }[];
}
