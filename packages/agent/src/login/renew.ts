import { identityScopes, union, without } from "@valetkey/protocol/scope";
import { isAsAsked, requireAsAsked } from "../as-asked.ts";
import { forgetRegistration } from "../client/resolve.ts";
import { type DpopKey, dpopKeyOf } from "../dpop-key.ts";
import { AgentError, isAgentError } from "../errors.ts";
import type { Instant } from "../instant.ts";
import { type Conversation, postForm } from "../issuer/conversation.ts";
import { type Issued, requireIssued } from "../issuer/token-answer.ts";
import type { LoginStore, Slot } from "../store/store.ts";
import { askedText, type HeldToken, heldTokenOf, isAlive, isDue } from "./held-token.ts";
import { type Login, loginName, readLogin } from "./login.ts";

/** What a caller wants of a login. */
export interface Asked {
  /** undefined: everything that was granted. */
  readonly scopes?: readonly string[] | undefined;
  /** A token that the resource refused, so that it will not do. */
  readonly refused?: string | undefined;
}

/** A token that serves, and the login that it is of. */
export interface Usable {
  readonly login: Login;
  readonly token: HeldToken;
}

export interface Renewal {
  readonly store: LoginStore;
  readonly resource: string;
  readonly profile: string;
  now(): Instant;
  /** @throws AgentError sign-in-needed for a login by another client or at another issuer than the caller's */
  requireOurs(login: Login): void;
  /** The issuer of the login, with the client that the login was made by. Throws what discovery throws. */
  conversationFor(login: Login): Promise<Conversation>;
}

/** How many tokens of fewer scopes are held beside the full one. */
const mostHeld = 8;

/**
 * A token of the login that serves: the one that is held, or a new one. Of all processes of this machine one renews, and
 * the others find what it wrote. The new refresh token is durable before the lock is let go (OAuth 2.1 §4.3.2).
 * @throws AgentError sign-in-needed, scope-needed, scope-widened, and those of the store and of the issuer
 */
export async function tokenOf(renewal: Renewal, asked: Asked): Promise<Usable> {
  const login = await requireLogin(renewal);
  requireGranted(login, asked.scopes);
  const held = heldToken(login, asked, renewal.now());
  if (held && (!isDue(held, renewal.now()) || login.refreshToken === undefined))
    return { login, token: held };
  if (login.refreshToken === undefined) throw signInNeeded(login.resource, "The login has ended");
  try {
    return (await renewed(renewal, asked, login)) ?? (await tokenOf(renewal, asked));
  } catch (thrown) {
    // What is held serves a little longer, so nobody has to wait for an issuer that is away or a disk that is full.
    if (held && isAgentError(thrown, "unreachable", "store-busy", "store-failed"))
      return { login, token: held };
    throw thrown;
  }
}

/** undefined: somebody signed in anew meanwhile, elsewhere or as another client. */
async function renewed(renewal: Renewal, asked: Asked, seen: Login): Promise<Usable | undefined> {
  // Before the lock: others need not wait for it.
  const conversation = await renewal.conversationFor(seen);
  return await renewal.store.exclusively(loginName(renewal.resource, renewal.profile), async (slot) => {
    const login = readLogin(await slot.read());
    if (!login) throw signInNeeded(renewal.resource, "Nobody is signed in any more");
    if (login.issuer !== seen.issuer || login.client.id !== seen.client.id) return undefined;
    const held = heldToken(login, asked, renewal.now());
    if (held && !isDue(held, renewal.now())) return { login, token: held };
    if (login.refreshToken === undefined) {
      if (held) return { login, token: held };
      throw signInNeeded(login.resource, "The login has ended");
    }
    return await refreshed(renewal.store, conversation, slot, login, asked);
  });
}

async function refreshed(
  store: LoginStore,
  conversation: Conversation,
  slot: Slot,
  login: Login,
  { scopes }: Asked,
): Promise<Usable> {
  const key = login.dpopKey && (await dpopKeyOf(login.dpopKey));
  // A disk that takes nothing is found out while the refresh token is still good.
  await slot.write(login);
  const issued = await refresh(store, conversation, slot, login, scopes, key);
  const token = heldTokenOf(issued, scopes, conversation.now());
  const others = login.tokens.filter((one) => one.asked !== token.asked && isAlive(one, conversation.now()));
  const next: Login = {
    ...login,
    refreshToken: issued.refreshToken ?? login.refreshToken,
    tokens: [...(isAsAsked(issued.scopes, scopes) ? [token] : []), ...others].slice(0, mostHeld),
  };
  // Whatever is wrong with the access token, the refresh token beside it is the one that counts from now on.
  await slot.write(next);
  requireAsAsked(issued.scopes, scopes, login);
  return { login: next, token };
}

async function refresh(
  store: LoginStore,
  conversation: Conversation,
  slot: Slot,
  login: Login,
  scopes: readonly string[] | undefined,
  key: DpopKey | undefined,
): Promise<Issued> {
  const form = {
    grant_type: "refresh_token",
    refresh_token: login.refreshToken,
    resource: login.resource,
    scope: scopes?.join(" "),
  };
  try {
    const answer = await postForm(conversation, conversation.issuer.tokenEndpoint, form, key);
    return requireIssued(conversation, answer, key !== undefined);
  } catch (thrown) {
    const word = isAgentError(thrown) ? thrown.facts.oauthError : undefined;
    const isForgotten = word === "invalid_client" && login.client.origin === "registered";
    if (word !== "invalid_grant" && !isForgotten) throw thrown;
    // It is dead, and showing it again would be noise. Other tokens of the login ended with it.
    await slot.write({ ...login, refreshToken: undefined, tokens: [] });
    if (isForgotten) await forgetRegistration(store, login.issuer, login.client.id);
    throw signInNeeded(login.resource, `${login.issuer} has ended the login`);
  }
}

async function requireLogin({ store, resource, profile, requireOurs }: Renewal): Promise<Login> {
  const login = readLogin(await store.read(loginName(resource, profile)));
  if (!login) throw signInNeeded(resource, "Nobody is signed in");
  requireOurs(login);
  return login;
}

/** @throws AgentError scope-needed for what was never granted; where the issuer did not say, it is asked. */
function requireGranted({ resource, scopes: granted }: Login, scopes: readonly string[] = []): void {
  const missing = granted === undefined ? [] : without(scopes, granted);
  if (missing.length === 0) return;
  const list = missing.join(" ").slice(0, 300);
  const facts = { address: resource, scopes: resourceScopes(union(granted ?? [], missing)) };
  throw new AgentError("scope-needed", `The login at ${resource} does not have ${list}.`, facts);
}

/** Without those about the person, which a sign-in asks for by itself. */
export function resourceScopes(scopes: readonly string[] = []): readonly string[] {
  return without(scopes, identityScopes);
}

function heldToken({ tokens }: Login, { scopes, refused }: Asked, now: Instant): HeldToken | undefined {
  const asked = askedText(scopes);
  return tokens.find((one) => one.asked === asked && one.accessToken !== refused && isAlive(one, now));
}

export function signInNeeded(resource: string, happened: string): AgentError {
  return new AgentError("sign-in-needed", `${happened} at ${resource}.`, { address: resource });
}
