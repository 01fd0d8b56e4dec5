import { type Actor, actorsOf, withActor } from "./act-chain.ts";
import { invalidExchange, invalidRequest, invalidScope, invalidTarget } from "./errors.ts";
import type { Parameters } from "./parameters.ts";
import { printable } from "./printable.ts";
import { findResource, requireResourceUri } from "./resource-indicator.ts";
import { identityScopes, intersect, parseScope, without } from "./scope.ts";

/** RFC 8693 §2.1 */
export const tokenExchangeGrant = "urn:ietf:params:oauth:grant-type:token-exchange";
/** RFC 8693 §3: the only type that is taken and given here. An ID token tells who somebody is, and permits nothing. */
export const accessTokenType = "urn:ietf:params:oauth:token-type:access_token";

/** What a client asks of an exchange, judged as far as it can be without knowing anybody. */
export interface ExchangeRequest {
  readonly subjectToken: string;
  readonly actorToken: string | undefined;
  /** `resource` and `audience` alike: a target is named by its identifier. Empty: the subject token's own. */
  readonly targets: readonly string[];
  /** undefined: all of the subject token's that exist at the target. */
  readonly scopes: readonly string[] | undefined;
  /** Who alone may exchange the new token, and what comes of it; undefined leaves it to the subject token and the operator. */
  readonly mayAct: string | undefined;
}

/**
 * RFC 8693 §2.1. `may_act` is ours: it becomes the claim of the new token (§4.4). A parameter `act` is ignored like every
 * unknown one: who acts is proven, not said.
 * @throws invalid_request, invalid_scope, invalid_target
 */
export function readExchangeRequest(parameters: Parameters): ExchangeRequest {
  const subjectToken = parameters.required("subject_token");
  requireAccessTokenType("subject_token_type", parameters.required("subject_token_type"));
  const requested = parameters.optional("requested_token_type");
  if (requested !== undefined) requireAccessTokenType("requested_token_type", requested);
  const scope = parameters.optional("scope");
  const targets = [...new Set([...parameters.all("resource"), ...parameters.all("audience")])];
  targets.forEach(requireResourceUri);
  return {
    subjectToken,
    actorToken: actorToken(parameters),
    targets,
    scopes: scope === undefined ? undefined : parseScope(scope),
    mayAct: parameters.optional("may_act"),
  };
}

/** RFC 8693 §2.1: the type comes with the token, and only with it. */
function actorToken(parameters: Parameters): string | undefined {
  const token = parameters.optional("actor_token");
  const type = parameters.optional("actor_token_type");
  if (token === undefined && type === undefined) return undefined;
  if (token === undefined) {
    throw invalidRequest("The parameter actor_token_type needs an actor_token.", "exchange.token-type", {
      fact: "actor_token_type without actor_token",
    });
  }
  requireAccessTokenType("actor_token_type", parameters.required("actor_token_type"));
  return token;
}

function requireAccessTokenType(name: string, type: string): void {
  if (type === accessTokenType) return;
  throw invalidRequest(`The parameter ${name} names a type that is not supported.`, "exchange.token-type", {
    fact: `${name} ${printable(type, 100)}`,
  });
}

/** What a subject token says, once it is known to be authentic and alive. Times in seconds since 1970. */
export interface SubjectToken {
  readonly id: string;
  readonly clientId: string;
  readonly audience: string;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  readonly expiresAt: number;
  readonly act: Actor | undefined;
  /** The ids of the tokens that it came from, oldest first. */
  readonly ancestors: readonly string[];
  /** Who the first token was issued to; undefined in a token that was never exchanged. */
  readonly originClientId: string | undefined;
  /** The subject of the claim `may_act`; undefined where the token has none. */
  readonly mayAct: string | undefined;
}

/** What the one behind the subject token may still be given at one resource, as of now. */
export interface Reach {
  readonly resource: string;
  readonly scopes: readonly string[];
}

export interface ExchangeRules {
  /** The authenticated client. undefined: nobody acts, which is impersonation. */
  readonly actor: string | undefined;
  /** The resources that the operator lets the actor act at. */
  readonly actsAt: readonly string[];
  readonly reach: readonly Reach[];
  /** The roles that the person holds now. */
  readonly roles: readonly string[];
  /** How many actors a chain may have. */
  readonly depth: number;
}

/** What the new token may say; its life ends at the latest with `expiresAt`. */
export interface Exchanged {
  readonly audience: string;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  readonly expiresAt: number;
  readonly act: Actor;
  readonly ancestors: readonly string[];
  readonly originClientId: string;
  readonly mayAct: string | undefined;
}

/**
 * RFC 8693, delegation only, and nothing grows: the scopes are among the subject token's and within `reach`, the audience
 * is within `reach`, the life ends with the subject token's, the chain of actors keeps everybody. docs/decisions/0010-delegation-shrinks.md
 * @throws invalid_request for the tokens and the chain (RFC 8693 §2.2.2), invalid_target, invalid_scope
 */
export function judgeExchange(
  asked: ExchangeRequest,
  subject: SubjectToken,
  rules: ExchangeRules,
): Exchanged {
  const actor = requireActor(subject, rules);
  const act = withActor(actor, subject.act);
  requireDepth(act, rules.depth);
  const target = requireTarget(asked, subject, rules);
  return {
    audience: target.resource,
    scopes: requireScopes(asked, subject, target),
    roles: intersect(subject.roles, rules.roles),
    expiresAt: subject.expiresAt,
    act,
    ancestors: [...subject.ancestors, subject.id],
    originClientId: subject.originClientId ?? subject.clientId,
    mayAct: requirePin(asked, subject),
  };
}

/** RFC 8693 §4.4: who alone may act for a token acts alone for all that comes of it; to name another would widen that. */
function requirePin(asked: ExchangeRequest, { mayAct }: SubjectToken): string | undefined {
  if (mayAct === undefined || asked.mayAct === undefined || asked.mayAct === mayAct)
    return mayAct ?? asked.mayAct;
  throw invalidExchange("exchange.may-act", {
    fact: `asked ${printable(asked.mayAct, 100)}, pinned ${printable(mayAct, 100)}`,
  });
}

/** RFC 8693 §1.1, §4.4: without an actor the result could not be told from the subject; `may_act` binds whoever it names. */
function requireActor({ mayAct }: SubjectToken, { actor }: ExchangeRules): string {
  if (actor === undefined) throw invalidExchange("exchange.impersonation");
  if (mayAct !== undefined && mayAct !== actor) {
    throw invalidExchange("exchange.may-act", {
      fact: `${printable(actor, 100)} is not ${printable(mayAct, 100)}`,
    });
  }
  return actor;
}

function requireDepth(act: Actor, depth: number): void {
  const actors = actorsOf(act);
  if (actors.length <= depth) return;
  throw invalidExchange("exchange.too-deep", {
    fact: `${actors.length} actors, ${depth} allowed: ${printable(actors.join(" for "), 200)}`,
  });
}

/** One target; named, or the subject token's own audience. RFC 8693 §2.2.2: unwilling to serve it is invalid_target. */
function requireTarget(
  { targets }: ExchangeRequest,
  { audience }: SubjectToken,
  { actsAt, reach }: ExchangeRules,
): Reach {
  const identifiers = reach.map(({ resource }) => resource);
  const named = targets.length > 0 ? targets : [audience];
  const found = new Set(named.map((target) => findResource(identifiers, target)));
  const fact = printable(named.join(" "), 200);
  if (found.has(undefined)) throw invalidTarget("exchange.target-beyond", { fact });
  const [target, ...others] = reach.filter(({ resource }) => found.has(resource));
  if (!target || others.length > 0) throw invalidTarget("resource.several", { fact });
  if (!actsAt.includes(target.resource)) throw invalidTarget("exchange.not-permitted", { fact });
  return target;
}

/**
 * What is asked by name must be had; silence takes what there is. What the person let the client know of them
 * (`openid` and its like) stays with that client. A scope that a role allowed yesterday is left out while others remain.
 */
function requireScopes(asked: ExchangeRequest, subject: SubjectToken, target: Reach): readonly string[] {
  const had = without(subject.scopes, identityScopes);
  const beyond = without(asked.scopes ?? [], had)[0];
  if (beyond !== undefined) throw invalidScope("exchange.scope-beyond", { fact: beyond.slice(0, 200) });
  const wanted = asked.scopes ?? had;
  const scopes = intersect(wanted, target.scopes);
  // A resource without scopes is open to whoever may be let in at all.
  const isOpen = target.scopes.length === 0 && (asked.scopes ?? []).length === 0;
  if (scopes.length === 0 && !isOpen) {
    throw invalidScope("exchange.scope-beyond", {
      fact: printable(`none of "${wanted.join(" ")}" at ${target.resource}`, 200),
    });
  }
  return scopes;
}
