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
  readonly signIn: SignInSettings;
  readonly look: Look;
  /** What a development server shows on its pages; null on a real one. */
  readonly demo: Demo | null;
}

/** The ways in, and what else a person may do about their account. */
export interface SignInSettings {
  readonly passkeys: boolean;
  readonly password: boolean;
  /** A code or link by mail; takes a mailer. */
  readonly email: boolean;
  /** One-time passwords and recovery codes as a second factor. */
  readonly oneTimePasswords: boolean;
  /** Whether everybody must have a second factor, or who wants one. A passkey is both factors. */
  readonly secondFactor: "optional" | "required";
  readonly signUp: "open" | "invitation" | "closed";
  /** Roles of who signs up by themselves, beside `everyone`. */
  readonly signUpRoles: readonly string[];
  /** Where a team's own sign-in pages are, which speak the interaction API; null for the pages of this server. */
  readonly pagesUrl: string | null;
}

/** How the pages look and speak. */
export interface Look {
  readonly logo: Picture | null;
  readonly logoDark: Picture | null;
  readonly colors: Colors;
  /** Appended to the stylesheet; parsed and cleaned when the configuration is read. */
  readonly css: string;
  /** Instead of ours, by language and by the name of the text. */
  readonly texts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The languages that are offered; the first one where nothing fits. */
  readonly languages: readonly string[];
  /** Links at the foot of each page. */
  readonly links: {
    readonly privacy: string | null;
    readonly terms: string | null;
    readonly support: string | null;
  };
  /** What differs for one client, by its client_id. */
  readonly clients: Readonly<Record<string, ClientLook>>;
}

export interface Picture {
  readonly type: "image/svg+xml" | "image/png" | "image/webp" | "image/jpeg";
  readonly bytes: Uint8Array;
}

/** CSS colours, `#rrggbb`; null for ours. Checked for contrast when the configuration is read. */
export interface Colors {
  readonly accent: string | null;
  readonly accentDark: string | null;
  readonly background: string | null;
  readonly backgroundDark: string | null;
}

export interface ClientLook {
  readonly productName: string | null;
  readonly logo: Picture | null;
  readonly colors: Colors;
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
