/** A provider elsewhere at which people may sign in for here, as the pages show it. */
export interface Upstream {
  /** Its name in the settings: in URLs and in the store. */
  readonly id: string;
  /** What the button says. */
  readonly name: string;
  readonly kind: "oidc" | "google" | "microsoft" | "apple" | "github";
  readonly isEnabled: boolean;
  /** May somebody without an account here get one by signing in there? */
  readonly signsUp: boolean;
  /**
   * Whether an address that the upstream says is verified finds the account here that has it, itself verified. Only for
   * providers that own the addresses they vouch for; never for an address alone.
   */
  readonly linksByEmail: boolean;
}

/** What is kept from leaving to coming back. */
export interface Departure {
  readonly location: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** Who came back. */
export interface Arrival {
  readonly subject: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
  readonly name: string | null;
  /** What the upstream says of how they signed in there: RFC 8176; empty when it says nothing. */
  readonly methods: readonly string[];
}

export interface Upstreams {
  readonly list: readonly Upstream[];
  /** @param wants what of our own request goes on: login_hint, prompt=login, max_age, ui_locales */
  depart(id: string, wants: Readonly<Record<string, string>>): Promise<Departure>;
  /**
   * Redeems the answer in `callback` (its whole URL) and checks state, iss (RFC 9207), nonce, signature and audience.
   * @throws UpstreamRefused
   */
  arrive(id: string, callback: URL, kept: Omit<Departure, "location">): Promise<Arrival>;
}

export type UpstreamFault = "disabled" | "unreachable" | "denied" | "answer" | "mix-up";

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
