import { requestedKey } from "./dpop.ts";
import { invalidRequest, OAuthError } from "./errors.ts";
import type { Parameters } from "./parameters.ts";
import { requireChallenge } from "./pkce.ts";
import { printable } from "./printable.ts";
import { requireResourceUri } from "./resource-indicator.ts";
import { parseScope } from "./scope.ts";
import { promptValues } from "./server-metadata.ts";

export type Prompt = (typeof promptValues)[number];

/** What a client asks of the authorization endpoint, judged as far as it can be without knowing anybody. */
export interface AuthorizationRequest {
  readonly codeChallenge: string;
  /** undefined where the client asked for none: the resource's documented default applies (OAuth 2.1 §1.4.1). */
  readonly scopes: readonly string[] | undefined;
  readonly resources: readonly string[];
  /** Echoed exactly: OAuth 2.1 §4.1.2. */
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  readonly prompt: readonly Prompt[];
  /** Seconds since the person last signed in, at most: OpenID Connect Core §3.1.2.1. */
  readonly maxAge: number | undefined;
  readonly uiLocales: readonly string[];
  readonly loginHint: string | undefined;
  readonly idTokenHint: string | undefined;
  readonly acrValues: readonly string[];
  /** The thumbprint of the key that the code is to be bound to: RFC 9449 §10. */
  readonly dpopKey: string | undefined;
}

/**
 * Reads an authorization request whose client and redirect URI are known to be good, so that every refusal here may be
 * sent there. OAuth 2.1 §4.1.1, OpenID Connect Core §3.1.2.1. Unknown parameters are ignored.
 * @throws unsupported_response_type, request_not_supported, request_uri_not_supported, invalid_scope, invalid_target, and
 * invalid_request for everything else.
 */
export function readAuthorizationRequest(parameters: Parameters): AuthorizationRequest {
  requireNoRequestObject(parameters);
  requireCode(parameters);
  requireQuery(parameters);
  const codeChallenge = requireChallenge(parameters);
  const scope = parameters.optional("scope");
  return {
    codeChallenge,
    scopes: scope === undefined ? undefined : parseScope(scope),
    resources: resources(parameters),
    state: state(parameters),
    nonce: parameters.optional("nonce"),
    prompt: prompt(parameters),
    maxAge: maxAge(parameters),
    uiLocales: words(parameters, "ui_locales"),
    loginHint: parameters.optional("login_hint"),
    idTokenHint: parameters.optional("id_token_hint"),
    acrValues: words(parameters, "acr_values"),
    dpopKey: requestedKey(parameters),
  };
}

/** OpenID Connect Core §6: a request object that nobody reads could say something else than the parameters do. */
function requireNoRequestObject(parameters: Parameters): void {
  for (const [name, code] of [
    ["request", "request_not_supported"],
    ["request_uri", "request_uri_not_supported"],
  ] as const) {
    if (!parameters.has(name)) continue;
    throw new OAuthError(code, `The parameter ${name} is not supported.`, "request-object.unsupported", {
      fact: name,
    });
  }
}

/** OAuth 2.1 §10.1: no token leaves the authorization endpoint. */
function requireCode(parameters: Parameters): void {
  const asked = parameters.required("response_type");
  if (asked === "code") return;
  throw new OAuthError(
    "unsupported_response_type",
    "The parameter response_type must be code.",
    "response-type.unsupported",
    { fact: printable(asked, 60) },
  );
}

function requireQuery(parameters: Parameters): void {
  const mode = parameters.optional("response_mode");
  if (mode === undefined || mode === "query") return;
  throw invalidRequest("The parameter response_mode must be query.", "response-mode.unsupported", {
    fact: printable(mode, 60),
  });
}

/** RFC 8707 §2.1: each one an absolute URI; a repeated one counts once. */
function resources(parameters: Parameters): readonly string[] {
  const asked = [...new Set(parameters.all("resource"))];
  asked.forEach(requireResourceUri);
  return asked;
}

/** Octets that are no UTF-8 were replaced while the query was decoded: such a state could not be echoed as it came. */
function state(parameters: Parameters): string | undefined {
  const given = parameters.optional("state");
  if (given?.includes("\uFFFD")) throw malformed("state");
  return given;
}

/** OpenID Connect Core §3.1.2.1: `none` stands alone. A value that is not announced is refused, not guessed. */
function prompt(parameters: Parameters): readonly Prompt[] {
  const asked = words(parameters, "prompt");
  const known = promptValues.filter((value) => asked.includes(value));
  if (known.length < asked.length || (known.includes("none") && known.length > 1)) throw malformed("prompt");
  return known;
}

function maxAge(parameters: Parameters): number | undefined {
  const given = parameters.optional("max_age");
  if (given === undefined) return undefined;
  if (!/^[0-9]{1,10}$/.test(given)) throw malformed("max_age");
  return Number(given);
}

/** A list in one value, separated by spaces, each once. */
function words(parameters: Parameters, name: string): readonly string[] {
  return [...new Set(parameters.optional(name)?.split(" ").filter(Boolean))];
}

function malformed(name: string): OAuthError {
  return invalidRequest(`The parameter ${name} is malformed.`, "parameter.malformed", { fact: name });
}
