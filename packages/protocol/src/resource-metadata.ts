/** The protected resource's metadata document as it travels. RFC 9728 §2. */
export interface ResourceMetadata {
  readonly resource: string;
  readonly authorization_servers: readonly string[];
  readonly scopes_supported?: readonly string[];
  readonly bearer_methods_supported: readonly ["header"];
  readonly resource_name?: string;
  readonly resource_documentation?: string;
  /** RFC 9728 §2: present where bound tokens are taken, with what their proofs may be signed with. */
  readonly dpop_signing_alg_values_supported?: readonly string[];
  readonly dpop_bound_access_tokens_required?: true;
}

export interface ResourceDescription {
  /** The resource identifier; the document repeats it unchanged. */
  readonly resource: string;
  /** Issuer identifiers, at least one. */
  readonly authorizationServers: readonly string[];
  readonly scopes?: readonly string[];
  readonly name?: string;
  readonly documentation?: string;
  /** Algorithms of DPoP proofs; left out where none is judged. */
  readonly proofAlgorithms?: readonly string[];
  /** Whether a token that is bound to no key is refused. */
  readonly proofRequired?: boolean;
}

const wellKnown = "/.well-known/oauth-protected-resource";

/**
 * RFC 9728 §2. Empty lists are left out; `offline_access` is a wish to the authorization server and no permission
 * at a resource, so it never appears.
 * @throws TypeError when the resource is no identifier or no authorization server is named.
 */
export function resourceMetadata(description: ResourceDescription): ResourceMetadata {
  requireResourceIdentifier(description.resource);
  if (description.authorizationServers.length === 0) {
    throw new TypeError("A resource names at least one authorization server.");
  }
  const scopes = (description.scopes ?? []).filter((scope) => scope !== "offline_access");
  return {
    resource: description.resource,
    authorization_servers: [...description.authorizationServers],
    ...(scopes.length > 0 && { scopes_supported: scopes }),
    bearer_methods_supported: ["header"],
    ...(description.name !== undefined && { resource_name: description.name }),
    ...(description.documentation !== undefined && { resource_documentation: description.documentation }),
    ...(description.proofAlgorithms && { dpop_signing_alg_values_supported: description.proofAlgorithms }),
    ...(description.proofRequired === true && { dpop_bound_access_tokens_required: true as const }),
  };
}

/**
 * Where the document of a resource stands: the well-known string goes between host and path; a lone slash after the
 * host is dropped. RFC 9728 §3.1.
 * @throws TypeError when the resource is no identifier.
 */
export function resourceMetadataUrl(resource: string): string {
  requireResourceIdentifier(resource);
  const { origin, pathname, search } = new URL(resource);
  return `${origin}${wellKnown}${pathname === "/" ? "" : pathname}${search}`;
}

/** RFC 9728 §1.2: an absolute http(s) URL without a fragment. */
function requireResourceIdentifier(resource: string): void {
  if (!URL.canParse(resource) || !/^https?:\/\//i.test(resource) || resource.includes("#")) {
    throw new TypeError("A resource identifier is an absolute https URL without a fragment.");
  }
  const { username, password } = new URL(resource);
  if (username || password) throw new TypeError("A resource identifier carries no user name or password.");
}
