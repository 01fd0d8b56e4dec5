/** Who asks, and at which issuer: all that the worker is told of a client. */
export interface ClientFacts {
  /** The issuer identifier, exactly as its metadata spells it. RFC 8414 §2 */
  readonly issuer: string;
  readonly clientId: string;
  /** A page of this origin that calls `start()`. Registered at the issuer, character by character. */
  readonly redirectUri: string;
  /** What a sign-in asks for, with spaces between. `openid` brings the account; `offline_access` where the issuer wants it. */
  readonly scope: string;
  /** The API that the tokens are for. RFC 8707 */
  readonly resource?: string | undefined;
  /** Binds the tokens to a key that never leaves the worker. The API must take `DPoP` too. RFC 9449 */
  readonly dpop?: boolean | undefined;
}

/** What `createClient` is given. */
export interface ClientOptions extends ClientFacts {
  /** URLs whose requests get the token: same origin, same path or below. The `resource` unless something else is said. */
  readonly api?: string | readonly string[];
  /** Where the issuer sends the person after a sign-out there; registered at the issuer. */
  readonly postLogoutRedirectUri?: string;
  /**
   * When the page starts with nobody signed in where somebody was: `true` asks the issuer with `prompt=none`, which sends
   * the page there and back; false leaves it. True unless said otherwise, and only with the scope `openid`.
   */
  readonly restore?: boolean;
  /** The worker's file, where the bundler does not emit it by itself. Of this origin. */
  readonly worker?: string | URL;
  /** Takes the page back to where the sign-in began. Without it the URL is replaced and `popstate` is told. */
  readonly onReturn?: (path: string) => void;
}

/**
 * The end of a client's states, by which clients that share a callback know their own answers. It is no secret and proves
 * nothing: what proves an answer waits in the worker.
 */
export function mark(client: ClientFacts): string {
  let sum = 0;
  for (const character of keyOf(client)) sum = (Math.imul(sum, 31) + character.charCodeAt(0)) >>> 0;
  return `.${sum.toString(36)}`;
}

/** Clients of one origin are apart by these three. */
export function keyOf({ issuer, clientId, resource = "" }: ClientFacts): string {
  return `${issuer} ${clientId} ${resource}`;
}
