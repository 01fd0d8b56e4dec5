import { requireSafeAddress, rulesFor } from "./address.ts";
import type { ClientOption } from "./client/identity.ts";
import type { RegistrationOptions } from "./client/registration.ts";
import { type Instant, type Pause, systemNow, systemPause } from "./instant.ts";
import type { Fetch, Outbound } from "./outbound.ts";
import type { LoginStore } from "./store/store.ts";
import { systemStore } from "./store/system-store.ts";

/** What stands between us and the world; left out, the world itself. */
export interface WorldOptions {
  readonly fetch?: Fetch;
  readonly now?: () => Instant;
  /** Between two questions whether a code was allowed on the other device. */
  readonly pause?: Pause;
  /** Seconds that one answer may take (default: 15). */
  readonly timeout?: number;
  /** What the issuer is told of this program; some show it to the person as the name of the device. */
  readonly userAgent?: string;
}

export interface AgentOptions extends WorldOptions {
  /** The URL of the MCP server or API, as its own metadata names it. */
  readonly resource: string;
  /** Whose tokens it takes; left out, the resource is asked. */
  readonly issuer?: string;
  /** What the agent is at the issuer; left out, it registers itself there once. */
  readonly client?: ClientOption;
  /** What it registers as. */
  readonly registration?: RegistrationOptions;
  /** What to ask for; left out, what the resource says that an ordinary request needs. */
  readonly scopes?: readonly string[];
  /** Whether to ask who signs in, where the issuer can tell: `openid email`. */
  readonly asksWho?: boolean;
  /** Binds tokens to a key that is kept beside them (RFC 9449). */
  readonly dpop?: boolean;
  /** Tells several logins at one resource apart. */
  readonly profile?: string;
  /** Where the sign-in comes back to on 127.0.0.1 (default: /callback on any free port). */
  readonly redirect?: { readonly path?: string; readonly port?: number };
  /** Where logins are kept (default: this user's, shared with the command line). */
  readonly store?: LoginStore;
  /**
   * Asked when the resource wants more than is held. It signs in anew, or has somebody do so, and answers whether the
   * request is to be tried again. Left out, the fetch throws.
   */
  readonly onStepUp?: (needed: StepUp) => Promise<boolean>;
}

/** What a resource asks for beyond what is held. */
export interface StepUp {
  /** What to sign in for: what is held and what is needed, together (MCP authorization, step-up). */
  readonly scopes: readonly string[];
  readonly acrValues?: readonly string[] | undefined;
  /** Seconds that may have passed since the sign-in. */
  readonly maxAge?: number | undefined;
}

/** The options with every default in place. */
export interface Settings {
  readonly options: AgentOptions;
  readonly outbound: Outbound;
  readonly store: LoginStore;
  readonly profile: string;
  readonly pause: Pause;
  now(): Instant;
}

const usualTimeout = 15;

/** @throws AgentError address-unsafe for a resource that a token could not be sent to */
export function settingsOf(options: AgentOptions): Settings {
  requireSafeAddress(options.resource, rulesFor(options.resource), "the resource");
  return {
    options,
    outbound: outboundOf(options),
    store: options.store ?? systemStore(),
    profile: options.profile ?? "",
    pause: options.pause ?? systemPause,
    now: options.now ?? systemNow,
  };
}

export function outboundOf({ fetch, timeout, userAgent }: WorldOptions): Outbound {
  return {
    fetch: fetch ?? ((input, init) => globalThis.fetch(input, init)),
    timeout: timeout ?? usualTimeout,
    userAgent: userAgent ?? `valetkey-agent (${process.platform})`,
  };
}
