import { generateKeyPairSync } from "node:crypto";
import { openKeys } from "../adapters/keys/keys.ts";
import { KeyRing, newRingKey } from "../adapters/keys/ring.ts";
import { type Limit, windowLimiter } from "../adapters/limiter/window.ts";
import { otpauthPasswords } from "../adapters/one-time-passwords/otpauth.ts";
import { passkeysOf } from "../adapters/passkeys/passkeys.ts";
import { argon2Passwords } from "../adapters/passwords/argon2.ts";
import type { Breaches } from "../ports/breaches.ts";
import type { LimitName } from "../ports/limiter.ts";
import type { Mailer } from "../ports/mailer.ts";
import type { Outbound } from "../ports/outbound.ts";
import type { Passwords } from "../ports/passwords.ts";
import { noPlaces, type Places } from "../ports/places.ts";
import type { Settings } from "../ports/settings.ts";
import type { Store } from "../ports/store.ts";
import type { Strength } from "../ports/strength.ts";
import { noUpstreams, type Upstreams } from "../ports/upstreams.ts";
import type { Account } from "../records/account.ts";
import type { Client } from "../records/client.ts";
import type { Instant } from "../records/instant.ts";
import type { Resource } from "../records/resource.ts";
import { everyone } from "../records/role.ts";
import { createServer, type Server } from "../server.ts";
import { hashSecret, newSecret } from "../tokens/secret.ts";
import { describedRefusals } from "./described-refusals.ts";
import { emptyStore } from "./empty-store.ts";
import { KeptMails } from "./kept-mails.ts";
import { RecordedAudit } from "./recorded-audit.ts";
import { StoppedClock } from "./stopped-clock.ts";

export interface AServer extends Server {
  readonly issuer: string;
  readonly settings: Settings;
  readonly store: Store;
  readonly clock: StoppedClock;
  readonly audit: RecordedAudit;
  /** What went out. */
  readonly mails: KeptMails;
  /** An account that can sign in with `password`. */
  person(about?: Partial<Account>): Promise<Account>;
  /** A registered client; confidential ones come with a secret in clear. */
  client(about?: Partial<Client>): Promise<Client & { readonly secret: string }>;
  /** For `fetch` options of foreign clients: answers from this server without a socket. */
  fetchHere(input: string | URL | Request, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export interface AServerOptions {
  readonly now?: Instant;
  readonly issuer?: string;
  readonly settings?: Partial<Settings>;
  /** An open store of another kind than SQLite in memory. */
  readonly store?: Store;
  /** The keys of this node; the same ones for all tests when absent. */
  readonly ring?: KeyRing;
  readonly outbound?: Outbound;
  /** Where else people may sign in; nowhere when absent. */
  readonly upstreams?: Upstreams;
  /** Where addresses are; nothing is known of any when absent. */
  readonly places?: Places;
  /** What kind of mailer it seems to be, while it keeps what was sent; "smtp" when absent. */
  readonly mail?: Mailer["kind"];
  /** How often each password leaked; all others never did. */
  readonly leaked?: Readonly<Record<string, number | "unknown">>;
  /** Who hashes passwords; with little work when absent. */
  readonly passwords?: Passwords;
  /** Who judges passwords; every one is strong when absent. */
  readonly strength?: Strength;
  readonly limits?: Partial<Record<LimitName, Limit>>;
}

export const issuer = "https://auth.example.com";
export const mcp = "https://mcp.example.com/mcp";
export const api = "https://api.example.com";
export const callback = "https://app.example.com/callback";
export const password = "correct horse battery staple";

const passwords = argon2Passwords({ cost: { memory: 64, passes: 1, parallelism: 1 } });
const usualRing = new KeyRing([newRingKey()]);
const passwordHash = await passwords.hash(password);

/** A whole server with a real SQLite store and the clock stopped: two resources, three scopes, a role. */
export async function aServer(options: AServerOptions = {}): Promise<AServer> {
  const clock = new StoppedClock(options.now ?? 1_800_000_000);
  const store = options.store ?? (await emptyStore());
  const settings: Settings = { ...usualSettings(options.issuer ?? issuer), ...options.settings };
  const rotation = { every: 90 * 86_400, publishAhead: 86_400, keepAfter: 2 * 86_400 };
  const keys = await openKeys({ ring: options.ring ?? usualRing, store, clock, rotation });
  const audit = new RecordedAudit(describedRefusals(settings));
  const many = { limit: 1_000_000, window: 60 };
  const limits = {
    sign_in: many,
    sign_in_address: many,
    token: many,
    registration: many,
    document: many,
    authorization: many,
    device_authorization: many,
    user_code: many,
    user_code_all: many,
    mail: many,
    mail_address: many,
    sign_up: many,
    sign_in_account: many,
    second_factor: many,
    second_factor_day: many,
    password_strength: many,
    ...options.limits,
  };
  const limiter = windowLimiter(limits);
  const outbound = options.outbound ?? noNetwork;
  await seed(store, clock.now());
  const mails = new KeptMails(options.mail);
  const breaches: Breaches = { timesSeen: async (password) => options.leaked?.[password] ?? 0 };
  const server = createServer(settings, {
    store,
    keys,
    clock,
    passwords: options.passwords ?? passwords,
    passkeysOf: passkeysOf(),
    oneTimePasswords: otpauthPasswords,
    strength: options.strength ?? strongEnough,
    breaches,
    mailer: mails,
    upstreams: options.upstreams ?? noUpstreams,
    places: options.places ?? noPlaces,
    limiter,
    outbound,
    audit,
  });
  return {
    ...server,
    mails,
    issuer: settings.issuer,
    settings,
    store,
    clock,
    audit,
    fetchHere: (input, init) => server.fetch(new Request(input, init), { address: "203.0.113.9" }),
    person: (about) => person(store, clock.now(), about),
    client: (about) => client(store, clock.now(), about),
    close: () => {
      server.endWaits();
      return store.close();
    },
  };
}

export function usualSettings(issuer: string): Settings {
  const day = 86_400;
  return {
    issuer,
    productName: "Valetkey",
    defaultResource: null,
    lifetimes: {
      authorizationCode: 60,
      deviceCode: 600,
      accessToken: 600,
      idToken: 600,
      session: 43_200,
      interaction: 1_800,
      refreshIdle: 30 * day,
      refreshAbsolute: 180 * day,
      clientSecretOverlap: 7 * day,
    },
    refresh: { grace: 120, unusedSuccessor: 7 * day, lateAnswers: 10, lateWindow: day },
    tokenExchange: { depth: 4 },
    devices: { enabled: true },
    dpop: { requiresNonce: true },
    registration: { enabled: true, appRedirects: ["cursor://anysphere.cursor-mcp/oauth/callback"] },
    documents: {
      enabled: true,
      maxBytes: 65_536,
      minFresh: 60,
      maxFresh: day,
      staleIfError: day,
      allowHosts: [],
      denyHosts: [],
      pinned: true,
      allowLoopback: false,
    },
    signIn: {
      passkeys: true,
      password: true,
      email: true,
      oneTimePasswords: true,
      secondFactor: "optional",
      signUp: "closed",
      signUpRoles: [],
      pagesUrl: null,
    },
    look: {
      logo: null,
      logoDark: null,
      colors: { accent: null, accentDark: null, background: null, backgroundDark: null },
      css: "",
      texts: {},
      languages: ["en"],
      links: { privacy: null, terms: null, support: null },
      clients: {},
    },
    demo: null,
  };
}

export function aResource(about: Partial<Resource> & { identifier: string }): Resource {
  return {
    name: "Example",
    scopes: [],
    defaultScopes: [],
    accessTokenLifetime: null,
    signingAlgorithm: "ES256",
    createdAt: 0,
    ...about,
  };
}

async function seed(store: Store, now: Instant): Promise<void> {
  const people = ["people"] as const;
  const both = ["people", "machines"] as const;
  await store.resources.add(
    aResource({
      identifier: mcp,
      name: "Example tools",
      scopes: [
        { name: "tools:use", sentence: "Use the example tools", risk: "low", for: people },
        { name: "notes:write", sentence: "Write notes in your name", risk: "medium", for: people },
      ],
      defaultScopes: ["tools:use"],
      createdAt: now,
    }),
  );
  await store.resources.add(
    aResource({
      identifier: api,
      name: "Example models",
      scopes: [
        { name: "inference:read", sentence: "Ask the model", risk: "low", for: both },
        { name: "training:write", sentence: "Submit training data", risk: "high", for: both },
      ],
      defaultScopes: ["inference:read"],
      createdAt: now + 1,
    }),
  );
  await store.roles.put({
    name: everyone,
    description: "Every account",
    allows: [
      { resource: mcp, scope: "tools:use" },
      { resource: mcp, scope: "notes:write" },
      { resource: api, scope: "inference:read" },
    ],
  });
  await store.roles.put({
    name: "trainer",
    description: "May submit training data",
    allows: [{ resource: api, scope: "training:write" }],
  });
}

async function person(store: Store, now: Instant, about: Partial<Account> = {}): Promise<Account> {
  const account: Account = {
    id: `acc_${newSecret("vku").slice(4, 20)}`,
    email: "ada@example.com",
    emailVerified: true,
    name: "Ada",
    passwordHash,
    roles: [],
    createdAt: now,
    disabledAt: null,
    ...about,
  };
  await store.accounts.add(account);
  return account;
}

async function client(store: Store, now: Instant, about: Partial<Client> = {}) {
  const secret = newSecret("vks");
  const isConfidential = about.authMethods?.some((method) => method.startsWith("client_secret_")) ?? false;
  const client: Client = {
    id: `client_${newSecret("vku").slice(4, 20)}`,
    kind: "registered",
    name: "Example app",
    redirectUris: [callback],
    postLogoutRedirectUris: [],
    grantTypes: ["authorization_code", "refresh_token"],
    authMethods: ["none"],
    applicationType: null,
    scope: null,
    introspects: [],
    secrets: isConfidential ? [{ hash: hashSecret(secret), createdAt: now, expiresAt: null }] : [],
    jwks: null,
    jwksUri: null,
    logoUri: null,
    clientUri: null,
    createdAt: now,
    lastAuthorizedAt: null,
    disabledAt: null,
    ...about,
  };
  await store.clients.add(client);
  return { ...client, secret };
}

/** A key pair of a client for private_key_jwt. */
export function clientKeyPair(kid = "key-1") {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { privateKey, jwk: { ...publicKey.export({ format: "jwk" }), kid, alg: "ES256", use: "sig" } };
}

/** The real judge is a thread; its own tests ask it. */
const strongEnough: Strength = { estimate: async () => ({ score: 4, because: null }) };

const noNetwork: Outbound = {
  fetchJson: async () => ({
    status: "refused",
    reason: "unreachable",
    fact: "There is no network in this test.",
  }),
};
