import { isReachable, reachableContexts } from "@valetkey/protocol/authentication-context";
import {
  type AuthorizationRequest,
  readAuthorizationRequest,
} from "@valetkey/protocol/authorization-request";
import { invalidRequest, invalidScope, OAuthError } from "@valetkey/protocol/errors";
import type { Parameters } from "@valetkey/protocol/parameters";
import { identityScopes } from "@valetkey/protocol/scope";
import type { Keys } from "../ports/keys.ts";
import type { Settings } from "../ports/settings.ts";
import type { Store } from "../ports/store.ts";
import type { Story } from "../ports/story.ts";
import type { Account } from "../records/account.ts";
import { type Grant, type Permission, rememberedOf } from "../records/grant.ts";
import type { Instant } from "../records/instant.ts";
import type { Session } from "../records/session.ts";
import { covers, scopesOf, withinRoles } from "../tokens/entitlement.ts";
import { askedPermissions } from "../tokens/target.ts";
import { isStepUp, nextStep, type Step } from "./next-step.ts";
import { isProven, type Parties } from "./parties.ts";
import { isStrongEnough } from "./strength.ts";

/** A person who is signed in in this browser. */
export interface SignedIn {
  readonly session: Session;
  readonly account: Account;
}

/** An authorization request, judged whole against the person as they stand now. */
export interface Authorization extends Parties {
  readonly request: AuthorizationRequest;
  /** Absent when the person must sign in first. */
  readonly person: SignedIn | undefined;
  /** What may be granted: asked, and within the person's roles. */
  readonly permitted: readonly Permission[];
  /** What the person let this client do, as far as it is on record. */
  readonly grant: Grant | undefined;
  /** What they are not asked again: what stands of it, if the client is proven. Of nobody else is anything remembered. */
  readonly granted: readonly Permission[];
  readonly isProven: boolean;
  readonly step: Step;
  /** Whether the person is signed in, and only not as strongly as is asked. */
  readonly isStepUp: boolean;
}

export interface InteractionContext {
  readonly store: Store;
  readonly keys: Keys;
  readonly settings: Settings;
}

/**
 * Judges a request from its parameters each time anew: nothing is believed because an earlier page said so.
 * @param signedInAt when the person signed in on this interaction's own page, or null
 * @throws OAuthError that the client is to be told
 */
export async function judgeAuthorization(
  { store, keys, settings }: InteractionContext,
  parties: Parties,
  parameters: Parameters,
  current: SignedIn | undefined,
  signedInAt: Instant | null,
  story: Story,
  now: Instant,
): Promise<Authorization> {
  const request = readAuthorizationRequest(parameters);
  requireOffered(request, settings);
  if (!parties.client.grantTypes.includes("authorization_code")) {
    throw new OAuthError(
      "unauthorized_client",
      "This client may not use this grant.",
      "client.grant-not-allowed",
    );
  }
  const asked = askedPermissions(request, await store.resources.list(), "people", settings, story);
  requireWithinClient(asked, parties);
  const person = (await isHinted(request, current)) ? current : undefined;
  if (current && !person && signedInHere(current)) {
    throw new OAuthError("login_required", "Somebody else signed in than the app asked for.", "login.other");
  }
  const permitted = person ? await permittedTo(person.account, asked) : [];
  const grant = person && (await store.grants.findFor(person.account.id, parties.client.id));
  const remembered = rememberedOf(grant, now);
  const standing = {
    prompt: request.prompt,
    maxAge: request.maxAge,
    isStrong: isStrongEnough(person?.session.amr ?? [], request.acrValues, settings.signIn),
    authenticatedAt: person?.session.authenticatedAt,
    signedInHere: person !== undefined && signedInHere(person),
    // Without a grant nobody ever agreed, not even to what needs no scope: to be known to the client.
    isCovered: grant !== undefined && covers(remembered, permitted),
    isProven: isProven(parties),
  };
  if (!standing.isStrong) requireReachable(request, settings);
  const step = nextStep(standing, now);
  return {
    ...parties,
    request,
    person,
    permitted,
    grant,
    granted: standing.isProven ? remembered : [],
    isProven: standing.isProven,
    step,
    isStepUp: isStepUp(standing, now),
  };

  function signedInHere({ session }: SignedIn): boolean {
    return signedInAt !== null && session.authenticatedAt === signedInAt;
  }

  /**
   * OpenID Connect Core §3.1.2.2: with an id_token_hint nobody but the person that it names is answered for. A hint that
   * tells of nobody, its key long gone perhaps, leaves the choice to the person, and under prompt=none nobody.
   */
  async function isHinted(
    { idTokenHint, prompt }: AuthorizationRequest,
    signedIn: SignedIn | undefined,
  ): Promise<boolean> {
    if (idTokenHint === undefined || signedIn === undefined) return true;
    const claims = await keys.open("JWT", idTokenHint);
    if (claims === undefined) return !prompt.includes("none");
    return claims.sub === signedIn.account.id;
  }

  async function permittedTo(
    account: Account,
    wanted: readonly Permission[],
  ): Promise<readonly Permission[]> {
    const allowed = withinRoles(wanted, account, await store.roles.list(), settings.issuer);
    const lost = scopesOf(wanted).filter((scope) => !scopesOf(allowed).includes(scope));
    if (lost.length > 0) story.says(`Beyond the person's roles: ${lost.join(" ")}.`);
    const isNothing = allowed.every(({ resource }) => resource === settings.issuer);
    if (lost.length > 0 && isNothing) {
      throw new OAuthError("access_denied", "The person may not grant this access.", "scope.beyond-role", {
        fact: lost.join(" "),
      });
    }
    return allowed;
  }
}

/** OpenID Connect Prompt Create 1.0 §4: a value of `prompt` that the metadata does not list is refused. */
function requireOffered({ prompt }: AuthorizationRequest, { signIn }: Settings): void {
  if (!prompt.includes("create") || signIn.signUp === "open") return;
  throw invalidRequest("The parameter prompt asks for a sign-up, which is not open.", "parameter.malformed", {
    fact: "prompt",
  });
}

/** RFC 9470 §5: who would be let in with less than was asked would be challenged again, without end. */
function requireReachable({ acrValues }: AuthorizationRequest, { signIn }: Settings): void {
  if (isReachable(acrValues, reachableContexts(signIn))) return;
  throw new OAuthError(
    "unmet_authentication_requirements",
    "The requested kind of sign-in does not exist here.",
    "login.unreachable",
    { fact: acrValues.join(" ").slice(0, 200) },
  );
}

/** The ceiling of a registered client; what a client says of itself is no ceiling. */
export function requireWithinClient(asked: readonly Permission[], { client }: Pick<Parties, "client">): void {
  const ceiling = client.scope;
  if (client.kind !== "registered" || ceiling === null) return;
  const beyond = scopesOf(asked).find((scope) => !ceiling.includes(scope) && !identityScopes.includes(scope));
  if (beyond !== undefined) throw invalidScope("scope.beyond-client", { fact: beyond });
}
