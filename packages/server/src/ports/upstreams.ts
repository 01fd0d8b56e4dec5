/** A provider elsewhere at which people may sign in for here, as the pages show it. */
export interface Upstream {
  /** Its name in the settings: in URLs and in the store. */
  readonly id: string;
  /** What the button says. */
  readonly name: string;
  readonly kind: UpstreamKind;
  readonly isEnabled: boolean;
  /** May somebody without an account here get one by signing in there? */
  readonly signsUp: boolean;
  /**
   * Whether an address that the upstream says is verified finds the account here that has it, itself verified. Only for
   * providers that own the addresses they vouch for; never for an address alone.
   */
  readonly linksByEmail: boolean;
  /** Whether it is believed when it says that somebody signed in there by several factors. */
  readonly trustsMfa: boolean;
}

export type UpstreamKind = "oidc" | "google" | "microsoft" | "apple" | "github";

/** What is made before leaving and kept until coming back. */
export interface Departure {
  /** This upstream's own, and no other's: RFC 9700 §4.4.2. */
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** What of our own request goes on to the upstream; each upstream is told what it understands. */
export interface Wants {
  readonly loginHint?: string | undefined;
  /** Whether they are to prove themselves there again, though they are signed in: prompt=login. */
  readonly again?: boolean | undefined;
  /** Seconds. */
  readonly maxAge?: number | undefined;
  readonly uiLocales?: string | undefined;
}

/** Who came back. */
export interface Arrival {
  /** Names the person at this upstream for good. */
  readonly subject: string;
  /** Lower case. */
  readonly email: string | null;
  /** Only where the upstream may be believed: what that takes differs, see docs/operate/upstreams.md. */
  readonly emailVerified: boolean;
  readonly name: string | null;
  /** What the upstream says of how they signed in there: RFC 8176; empty when it says nothing. */
  readonly methods: readonly string[];
  /** When they did, if it says so: `auth_time`. */
  readonly authenticatedAt: number | null;
}

export interface Upstreams {
  readonly list: readonly Upstream[];
  /**
   * Where the browser is to go.
   * @throws UpstreamRefused "disabled" or "unreachable"
   */
  depart(id: string, kept: Departure, wants: Wants): Promise<string>;
  /**
   * Redeems the answer that the browser brought to the redirect URI, after its iss (RFC 9207), and checks the ID token:
   * signature, issuer, audience, nonce. The caller has compared state and browser before.
   * @throws UpstreamRefused
   */
  arrive(id: string, answer: URLSearchParams, kept: Departure): Promise<Arrival>;
}

export type UpstreamFault =
  /** No such upstream, or it is switched off. */
  | "disabled"
  /** It does not answer, or says that it cannot at the moment. */
  | "unreachable"
  /** The person, or the upstream, said no. */
  | "denied"
  /** The person is none of those whom the operator lets in from there. */
  | "stranger"
  /** What it says makes no sense, or proves nothing: wrong signature, audience, nonce, code. */
  | "answer"
  /** The answer is another provider's: RFC 9700 §4.4. */
  | "mix-up";

/** Why somebody could not sign in there; `fact` is for the operator. */
export class UpstreamRefused extends Error {
  readonly fault: UpstreamFault;
  readonly fact: string;

  constructor(fault: UpstreamFault, fact: string, cause?: unknown) {
    super(`The upstream provider is of no help: ${fault}.`, { cause });
    this.name = "UpstreamRefused";
    this.fault = fault;
    this.fact = fact;
  }
}

/** For a server without any. */
export const noUpstreams: Upstreams = {
  list: [],
  depart: async () => {
    throw new UpstreamRefused("disabled", "No upstream is configured.");
  },
  arrive: async () => {
    throw new UpstreamRefused("disabled", "No upstream is configured.");
  },
};
