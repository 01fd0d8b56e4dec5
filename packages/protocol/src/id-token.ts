/** What is known of a sign-in when its ID token is made. Times in seconds since 1970. */
export interface IdTokenFacts {
  readonly issuer: string;
  readonly subject: string;
  readonly clientId: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** When the person signed in, which may be long before this token. */
  readonly authTime: number;
  /** Of the authorization request; on refresh there is none (OpenID Connect Core §12.2). */
  readonly nonce?: string | undefined;
  /** As `accessTokenHash` computes it, where an access token is sent beside. */
  readonly accessTokenHash?: string | undefined;
  readonly sessionId?: string | undefined;
  /** RFC 8176 names of how the person proved who they are. */
  readonly methods?: readonly string[] | undefined;
  /** How strong that was: OpenID Connect Core §2. */
  readonly context?: string | undefined;
}

/** OpenID Connect Core §2, as it travels. */
export interface IdTokenClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  readonly iat: number;
  readonly exp: number;
  readonly auth_time: number;
  readonly nonce?: string;
  readonly at_hash?: string;
  readonly sid?: string;
  readonly amr?: readonly string[];
  readonly acr?: string;
}

/** OpenID Connect Core §5.1, as it travels: what a person lets a client know about them. */
export interface IdentityClaims {
  readonly name?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
}

/** OpenID Connect Core §2, §3.1.3.6: who signed in, when, for which client alone. auth_time always, since max_age asks for it. */
export function idTokenClaims(facts: IdTokenFacts): IdTokenClaims {
  return {
    iss: facts.issuer,
    sub: facts.subject,
    aud: facts.clientId,
    iat: facts.issuedAt,
    exp: facts.expiresAt,
    auth_time: facts.authTime,
    ...(facts.nonce !== undefined && { nonce: facts.nonce }),
    ...(facts.accessTokenHash !== undefined && { at_hash: facts.accessTokenHash }),
    ...(facts.sessionId !== undefined && { sid: facts.sessionId }),
    ...(facts.methods !== undefined && facts.methods.length > 0 && { amr: facts.methods }),
    ...(facts.context !== undefined && { acr: facts.context }),
  };
}

/**
 * OpenID Connect Core §5.4: the claims beside sub that the scopes open: profile the name, email the address and whether it
 * was verified. Without openid none: UserInfo is for OpenID requests only (§5.3).
 */
export function identityClaims(
  scopes: readonly string[],
  account: {
    readonly name: string | undefined;
    readonly email: string | undefined;
    readonly emailVerified: boolean;
  },
): IdentityClaims {
  if (!scopes.includes("openid")) return {};
  return {
    ...(scopes.includes("profile") && account.name !== undefined && { name: account.name }),
    ...(scopes.includes("email") &&
      account.email !== undefined && { email: account.email, email_verified: account.emailVerified }),
  };
}

/**
 * OpenID Connect Core §3.1.3.6: the left half of the access token's hash, by the hash of the ID token's algorithm: SHA-256
 * for ES256, RS256 and PS256, SHA-512 for EdDSA on Ed25519.
 */
export async function accessTokenHash(accessToken: string, hash: "SHA-256" | "SHA-512"): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest(hash, new TextEncoder().encode(accessToken)));
  return btoa(String.fromCharCode(...digest.subarray(0, digest.length / 2)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
