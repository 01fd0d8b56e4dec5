import { type Arrival, type Departure, type Upstream, UpstreamRefused } from "../ports/upstreams.ts";
import type { SignInProgress, UpstreamSignIn } from "../records/interaction.ts";
import { hashSecret } from "../tokens/secret.ts";
import { type Acted, again } from "./acted.ts";
import { attempt, type Counter, requireRoom } from "./attempt.ts";
import type { Ceremony } from "./ceremony.ts";
import { type Connected, connected } from "./connect.ts";
import type { SignInContext } from "./context.ts";
import { methods } from "./methods.ts";
import { proved } from "./proved.ts";
import { isStale } from "./stale.ts";
import { accountOf } from "./upstream-account.ts";
import { tellRefused } from "./upstream-refused.ts";
import type { SignInFault } from "./way.ts";
import { requireMailRoom } from "./ways/email.ts";
import { mailSignUpCode } from "./ways/sign-up.ts";
import { upstreamRedirectUri } from "./ways/upstream.ts";

/** The interaction that an upstream's answer says it belongs to. Proves nothing: the browser's cookie and the hash do. */
export function interactionOf(state: string | undefined): string | undefined {
  return state?.slice(0, Math.max(state.indexOf("."), 0));
}

/**
 * Somebody comes back from an upstream. Whether the browser is the one that left, the caller has asked (RFC 9700 §4.7.1);
 * that it left for this upstream with this state is judged here, and spent, before the answer is used for anything.
 * @param id the upstream whose redirect URI this is
 * @throws OAuthError "request.rate" with Retry-After
 */
export async function arrive(
  context: SignInContext,
  ceremony: Ceremony,
  id: string,
  answer: URLSearchParams,
): Promise<Acted | Connected> {
  const { upstreams, limiter, settings } = context;
  const { interaction, now, story } = ceremony;
  const left = interaction.progress.upstream;
  const state = answer.get("state") ?? "";
  const upstream = upstreams.list.find((one) => one.id === id);
  if (!upstream || !left || interaction.progress.step !== undefined || hashSecret(state) !== left.stateHash) {
    story.says("Nobody is waited for with this state, or no longer.");
    return again("page.stale");
  }
  // RFC 9700 §4.4.2.2: what comes to one upstream's address must be what was asked of that upstream.
  const isMixedUp = left.id !== id;
  // By browser: nobody guesses here, and what others do behind the same address keeps nobody from their own account elsewhere.
  const counters: readonly Counter[] = [["sign_in", `elsewhere ${interaction.browserHash}`]];
  requireRoom(limiter, counters, now);
  const spent = await advanced(context, ceremony, {});
  if (!spent) return again("page.stale");
  try {
    if (isMixedUp) throw new UpstreamRefused("mix-up", `The browser had left for the upstream ${left.id}.`);
    const judge = () => upstreams.arrive(id, answer, departureOf(settings.issuer, left, state));
    const arrival = await attempt(limiter, counters, now, judge, () => false);
    for (const [limit, key] of counters) limiter.forget(limit, key);
    if (left.connects) return await connected(context, spent, upstream, arrival, left.connects);
    if (await isStale(context, ceremony, upstream, arrival))
      return await stay(context, spent, "upstream.stale", id);
    const fits = methodsOf(upstream, arrival.methods);
    const found = await accountOf(context, ceremony, upstream, arrival);
    if (found === "upstream.no-email") return await askForEmail(context, spent, upstream, arrival, fits);
    if (typeof found === "string") return await stay(context, spent, found, id, arrival.email);
    return await proved(context, since(spent, arrival.authenticatedAt), found, fits);
  } catch (thrown) {
    if (!(thrown instanceof UpstreamRefused)) throw thrown;
    if (thrown.fault === "answer" || thrown.fault === "mix-up") {
      for (const [limit, key] of counters) limiter.count(limit, key, now);
    }
    const fault = tellRefused(context, ceremony, id, thrown);
    if (left.connects) return { kind: "not-connected", upstream: id, fault };
    return await stay(context, spent, fault, id);
  }
}

function departureOf(issuer: string, { id, nonce, codeVerifier }: UpstreamSignIn, state: string): Departure {
  return { redirectUri: upstreamRedirectUri(issuer, id), state, nonce, codeVerifier };
}

/** What the upstream said, word by word; "mfa" opens doors here and therefore counts only from those that are trusted with it. */
function methodsOf({ trustsMfa }: Upstream, said: readonly string[]): readonly string[] {
  return [...methods.upstream, ...said.filter((method) => trustsMfa || method !== "mfa")];
}

/**
 * Who has been signed in there for hours did not prove now who they are: `auth_time` says when they did, as far as the
 * upstream tells (OpenID Connect Core §2), and the future is none.
 */
function since(ceremony: Ceremony, authenticatedAt: number | null): Ceremony {
  if (authenticatedAt === null) return ceremony;
  const { interaction, now } = ceremony;
  const provenAt = Math.max(0, Math.floor(Math.min(authenticatedAt, now)));
  return { ...ceremony, interaction: { ...interaction, progress: { ...interaction.progress, provenAt } } };
}

/**
 * The upstream did not prove the address that it named: a mailed code does, in this browser. An address that has an account
 * gets the same page, and a mail that says so.
 */
async function askForEmail(
  context: SignInContext,
  ceremony: Ceremony,
  { id }: Upstream,
  { subject, email, name }: Arrival,
  methods: readonly string[],
): Promise<Acted> {
  if (email === null || !context.post.isOpen) return await stay(context, ceremony, "upstream.no-email", id);
  const { address, now } = ceremony;
  requireRoom(context.limiter, [["sign_up", address]], now);
  context.limiter.count("sign_up", address, now);
  requireMailRoom(context, email, ceremony);
  const elsewhere = { upstream: id, subject, methods };
  const given = { name: name ?? email, passwordHash: null, elsewhere };
  const { progress } = await mailSignUpCode(context, ceremony, email, given);
  return (await advanced(context, ceremony, progress)) ? { kind: "next" } : again("page.stale");
}

/** Back to where every way is open, with what went wrong. */
async function stay(
  context: SignInContext,
  ceremony: Ceremony,
  fault: SignInFault,
  upstream: string,
  email: string | null = null,
): Promise<Acted> {
  const progress = { fault, faultOf: upstream, ...(email !== null && { email }) };
  const stands = await advanced(context, ceremony, progress);
  return stands ? { kind: "next" } : again("page.stale");
}

async function advanced(
  { store }: Pick<SignInContext, "store">,
  ceremony: Ceremony,
  progress: SignInProgress,
): Promise<Ceremony | undefined> {
  const { interaction } = ceremony;
  const stands = await store.interactions.advance(interaction.id, interaction.version, progress);
  if (!stands) return undefined;
  return { ...ceremony, interaction: { ...interaction, progress, version: interaction.version + 1 } };
}
