import { type Client, isConfidential } from "./client/identity.ts";
import { clientForeign } from "./client/resolve.ts";
import { discoverIssuer, type Issuer } from "./discovery/issuer.ts";
import { type DpopKey, dpopKeyOf, Nonces } from "./dpop-key.ts";
import { factsOf, type LoginFacts } from "./login/facts.ts";
import { type Login, loginName, readLogin } from "./login/login.ts";
import { type Asked, type Renewal, resourceScopes, signInNeeded, tokenOf } from "./login/renew.ts";
import { type SignedOut, signOut } from "./login/sign-out.ts";
import { type AgentOptions, type Settings, settingsOf } from "./options.ts";
import { protectedFetch } from "./protected-fetch.ts";
import { type SignedIn, type SignInOptions, signIn } from "./sign-in/sign-in.ts";
import type { Token } from "./token.ts";

/** One person's access to one resource, from this machine. */
export interface Agent {
  /** Signs the person in and keeps the login. @throws AgentError */
  signIn(how: SignInOptions): Promise<SignedIn>;
  /** A token that serves now; renewed where that is needed. @throws AgentError sign-in-needed, scope-needed ... */
  token(asked?: Asked): Promise<Token>;
  /**
   * `fetch` with a token, for the resource alone: throws for other addresses and for redirects that leave it. Renews early
   * and, once, at a 401.
   */
  readonly fetch: typeof fetch;
  /** Who is signed in; undefined: nobody. */
  whoami(): Promise<LoginFacts | undefined>;
  /** Ends the login at the issuer and here. @param how.local here alone */
  signOut(how?: { readonly local?: boolean }): Promise<SignedOut>;
}

/** @throws AgentError address-unsafe for a resource that a token could not be sent to */
export function createAgent(options: AgentOptions): Agent {
  const settings = settingsOf(options);
  const nonces = new Nonces();
  const issuers = new Map<string, Promise<Issuer>>();
  const renewal: Renewal = {
    store: settings.store,
    resource: options.resource,
    profile: settings.profile,
    now: settings.now,
    requireOurs: (login) => requireOurs(settings, login),
    async conversationFor(login) {
      const { outbound, now } = settings;
      const client = clientFor(settings, login);
      return { outbound, issuer: await issuerOf(login.issuer), client, nonces, now };
    },
  };

  /** Asked for once a process: its endpoints are never taken from what was kept. */
  async function issuerOf(name: string): Promise<Issuer> {
    const known = issuers.get(name) ?? discoverIssuer(settings.outbound, name);
    issuers.set(name, known);
    known.catch(() => issuers.delete(name));
    return await known;
  }

  async function token(asked: Asked = {}): Promise<Token & { readonly key: DpopKey | undefined }> {
    const { login, token: held } = await tokenOf(renewal, asked);
    return {
      accessToken: held.accessToken,
      tokenType: held.tokenType,
      expiresAt: held.expiresAt,
      scopes: held.scopes,
      key: login.dpopKey && (await dpopKeyOf(login.dpopKey)),
    };
  }

  async function held(): Promise<Login | undefined> {
    return readLogin(await settings.store.read(loginName(options.resource, settings.profile)));
  }

  return {
    signIn: (how) => signIn(settings, how),
    async token(asked) {
      const { key: _, ...shown } = await token(asked);
      return shown;
    },
    fetch: protectedFetch({
      resource: options.resource,
      outbound: settings.outbound,
      nonces,
      now: settings.now,
      token: (refused) => token({ refused }),
      onStepUp: options.onStepUp,
      heldScopes: async () => resourceScopes((await held())?.scopes),
    }),
    async whoami() {
      const login = await held();
      return login && factsOf(login);
    },
    signOut: ({ local = false } = {}) => signOut(renewal, local),
  };
}

/** MCP authorization, Authorization Server Binding: a login serves the client and the issuer that it was made with. */
function requireOurs({ options: { client, issuer } }: Settings, login: Login): void {
  const id = client && ("id" in client ? client.id : client.document);
  if (id !== undefined && id !== login.client.id)
    throw signInNeeded(login.resource, "Another client signed in");
  if (issuer !== undefined && issuer !== login.issuer) {
    throw signInNeeded(login.resource, `Somebody signed in with ${login.issuer}, and nobody with ${issuer},`);
  }
  if (issuer === undefined && client && "id" in client && isConfidential(client))
    throw clientForeign(login.issuer);
}

/**
 * What the client proves itself with comes from the caller where the caller keeps it, and goes to the issuer that the
 * caller names: a login may have been made at one that a resource named.
 */
function clientFor({ options: { client, issuer } }: Settings, login: Login): Client {
  const isOwn = client && "id" in client && client.id === login.client.id && issuer === login.issuer;
  return isOwn ? { ...client, origin: "given" } : login.client;
}
