import { tooManyRequests } from "@valetkey/protocol/errors";
import type { Authorization } from "../interaction/authorization.ts";
import type { Instant } from "../records/instant.ts";
import type { SignInProgress } from "../records/interaction.ts";
import { hashSecret, newName } from "../tokens/secret.ts";
import type { SignInContext } from "./context.ts";
import { secondFactorsOf } from "./second-factors.ts";

/** What waits for a person. */
export interface Waiting {
  readonly query: string;
  /** Empty where a page of ours waits. */
  readonly clientId: string;
  /** The value of the browser's cookie. */
  readonly browser: string;
  readonly address: string;
  readonly progress: SignInProgress;
}

/** Octets of a query that count as one request. */
const counted = 4_096;

/**
 * Keeps what waits for a person until they come through its pages.
 * @returns the interaction's id. @throws "request.rate" with Retry-After
 */
export async function beginInteraction(
  { store, limiter, settings }: Pick<SignInContext, "store" | "limiter" | "settings">,
  { query, clientId, browser, address, progress }: Waiting,
  now: Instant,
): Promise<string> {
  const wait = limiter.waitFor("authorization", address, now);
  if (wait > 0) throw tooManyRequests(wait, "request.rate");
  // What waits for a person is kept as it came: a long request takes as much of the limit as several short ones.
  for (let at = 0; at === 0 || at < query.length; at += counted) limiter.count("authorization", address, now);
  const id = newName();
  await store.interactions.begin({
    id,
    browserHash: hashSecret(browser),
    query,
    clientId,
    signedInAt: null,
    progress,
    version: 0,
    createdAt: now,
    expiresAt: now + settings.lifetimes.interaction,
  });
  return id;
}

/**
 * Where only the strength of a sign-in is wanting (RFC 9470), the factor that the session proved counts, and the person is
 * asked for the other one alone. Who has none yet signs in anew first: a session that was left open must not set one up.
 */
export async function firstProgress(
  context: Pick<SignInContext, "store" | "settings">,
  { person, isStepUp }: Pick<Authorization, "person" | "isStepUp">,
): Promise<SignInProgress> {
  if (!person || !isStepUp) return {};
  const { account, session } = person;
  if (!(await secondFactorsOf(context, account.id)).has) return {};
  return {
    step: "second-factor",
    accountId: account.id,
    methods: session.amr,
    provenAt: session.authenticatedAt,
    sid: session.sid,
    email: account.email,
  };
}
