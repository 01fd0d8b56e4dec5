import { OAuthError } from "@valetkey/protocol/errors";
import { resourceMetadataUrl } from "@valetkey/protocol/resource-metadata";
import { answerRefusal } from "./answer.ts";
import { presentedToken, schemeOf } from "./bearer.ts";
import { type Caller, callerOf } from "./caller.ts";
import { proofChecker } from "./dpop.ts";
import { issuerMetadata } from "./issuer.ts";
import { type JudgedRequest, wholeRequest } from "./judged-request.ts";
import { metadataAnswerer } from "./metadata.ts";
import { type GuardOptions, type Settings, settingsOf } from "./options.ts";
import { answerPreflight, corsHeaders, isAllowedOrigin, isPreflight } from "./origin.ts";
import { PassedRequests } from "./passed-requests.ts";
import { revocationJudge } from "./revocation-feed.ts";
import { type Needed, operationOf, scopesNeeded } from "./scopes.ts";
import { tokenVerifier } from "./verify.ts";

export interface Guard {
  /** The resource identifier that tokens must name. */
  readonly resource: string;
  readonly resourceMetadataUrl: string;
  /**
   * Request in, caller or answer out. A browser's preflight is answered too, since it cannot carry a token. A request that
   * this guard let in before, for a route that needs more, spends its proof and asks the issuer no second time.
   * @param raw the server's own object of the request, where `request` is made from it at each call
   */
  guard(request: JudgedRequest, needed?: Needed, raw?: object): Promise<Caller | Response>;
  /** For a caller that is already known: the caller if it has every scope, else the 403 that asks for them. */
  authorize(caller: Caller, request: JudgedRequest, needed: Needed): Caller | Response;
  /** The RFC 9728 document, when the request asks for it. */
  metadata(request: JudgedRequest): Response | undefined;
  /** Headers for the resource's own answers; none unless `allowedOrigins` is set. */
  corsHeaders(request: JudgedRequest): Record<string, string>;
  /** Ends what goes on behind the requests: following `revocations`. Without it there is nothing to end. */
  close(): void;
}

/**
 * Guards a resource with the tokens of one issuer.
 * @throws TypeError for options that cannot hold.
 */
export function createGuard(options: GuardOptions): Guard {
  const settings = settingsOf(options);
  const metadataUrl = resourceMetadataUrl(settings.resource);
  const issuer = issuerMetadata(settings);
  const verify = tokenVerifier(settings, issuer);
  const revocations = revocationJudge(settings, issuer);
  const requireProof = proofChecker(settings, settings.dpop);
  const passed = new PassedRequests(() => settings.clock() - settings.clockTolerance);
  scopesNeeded(settings.scopes, [...settings.requiredScopes, ...settings.challengeScopes]);

  return {
    resource: settings.resource,
    resourceMetadataUrl: metadataUrl,
    metadata: metadataAnswerer(settings),

    async guard(request, needed = [], raw = request) {
      const scopes = scopesNeeded(needed, settings.requiredScopes);
      try {
        requireAllowedOrigin(settings, request);
        if (isPreflight(request)) return answerPreflight(cors(request));
        // Waited for only where there is something to wait for: a remembered token is judged at once.
        const found = presentedToken(request, settings.maxTokenLength);
        const presented = found instanceof Promise ? await found : found;
        if (presented === undefined) throw noCredentials();
        const { token } = presented;
        const known = passed.find(raw, request, presented);
        const verified = known ?? verify(token);
        const { claims, rights } = verified instanceof Promise ? await verified : verified;
        const judged = revocations.judge(claims);
        if (judged) await judged;
        if (known === undefined) {
          const proven = requireProof(request, presented, claims.cnf);
          if (proven) await proven;
          if (proven || settings.introspection) passed.keep(raw, request, presented, { claims, rights });
        }
        const caller = callerOf(token, claims, rights);
        requireScopes(caller, scopes, needed);
        return caller;
      } catch (thrown) {
        return refused(thrown, request, scopes);
      }
    },

    authorize(caller, request, needed) {
      const scopes = scopesNeeded(needed, settings.requiredScopes);
      try {
        requireScopes(caller, scopes, needed);
        return caller;
      } catch (thrown) {
        return refused(thrown, request, scopes);
      }
    },

    close: () => revocations.close(),

    corsHeaders: (request) => (settings.allowedOrigins === undefined ? {} : cors(request)),
  };

  function cors(request: JudgedRequest): Record<string, string> {
    return corsHeaders(settings, request.headers.get("origin"));
  }

  function refused(thrown: unknown, request: JudgedRequest, scopes: readonly string[]): Response {
    if (!(thrown instanceof OAuthError)) throw thrown;
    settings.onRefusal?.(thrown, wholeRequest(request));
    const asked = scopes.length > 0 ? scopes : settings.challengeScopes;
    const challenge = {
      resourceMetadata: metadataUrl,
      scheme: schemeOf(request),
      boundOnly: settings.dpop?.required ?? false,
    };
    return answerRefusal(thrown, challenge, asked, cors(request));
  }
}

function requireAllowedOrigin(settings: Settings, request: JudgedRequest): void {
  if (settings.allowedOrigins === undefined) return;
  const origin = request.headers.get("origin");
  if (isAllowedOrigin(settings, origin)) return;
  throw new OAuthError(
    "access_denied",
    "Pages of this origin may not call this resource.",
    "request.origin",
    {
      fact: String(origin).slice(0, 200),
    },
  );
}

function requireScopes(caller: Caller, scopes: readonly string[], needed: Needed): void {
  const missing = scopes.filter((scope) => !caller.has(scope));
  if (missing.length === 0) return;
  const operation = operationOf(needed);
  throw new OAuthError(
    "insufficient_scope",
    "The access token does not permit this operation.",
    "token.scope",
    {
      fact: `${caller.clientId} lacks ${missing.join(" ")}${operation === undefined ? "" : ` for ${operation}`}`,
    },
  );
}

function noCredentials(): OAuthError {
  return new OAuthError("invalid_token", "An access token is needed.", "token.missing");
}
