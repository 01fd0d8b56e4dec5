import { union } from "@valetkey/protocol/scope";
import type { Client } from "../client/identity.ts";
import type { Registration } from "../client/registration.ts";
import {
  forgetRegistration,
  givenClient,
  ownRegistration,
  rememberedRegistration,
} from "../client/resolve.ts";
import { discover, type Place } from "../discovery/place.ts";
import { type DpopKey, Nonces, newDpopKey } from "../dpop-key.ts";
import { AgentError, isAgentError } from "../errors.ts";
import type { Conversation } from "../issuer/conversation.ts";
import type { Issued } from "../issuer/token-answer.ts";
import { emailOf } from "../issuer/userinfo.ts";
import { factsOf, type LoginFacts } from "../login/facts.ts";
import { heldTokenOf } from "../login/held-token.ts";
import { type Login, loginName } from "../login/login.ts";
import type { Settings } from "../options.ts";
import type { Kept } from "../store/store.ts";
import type { Wish } from "./authorization.ts";
import { type DeviceCode, signInWithDevice } from "./device.ts";
import { listenOnLoopback } from "./loopback.ts";
import { signInWithBrowser } from "./with-browser.ts";

/** How the person is reached. */
export interface SignInOptions {
  /** In the place of the scopes of the agent; step-up hands them in. */
  readonly scopes?: readonly string[];
  readonly acrValues?: readonly string[] | undefined;
  /** Seconds that may have passed since the person's last sign-in at the issuer. */
  readonly maxAge?: number | undefined;
  /** Brings the person to the address, on this machine: opens a browser, or prints it. */
  readonly showAddress?: (address: URL) => Promise<void> | void;
  /** Tells the person the code to type on another device. Given alone, it is the way; beside `showAddress` see below. */
  readonly showDeviceCode?: (code: DeviceCode) => Promise<void> | void;
  /** Of the two ways the code, where the issuer gives such codes; else it is the browser. */
  readonly prefersDevice?: boolean;
  /** Seconds that the person may take with the browser (default: 300). */
  readonly patience?: number;
  readonly signal?: AbortSignal;
}

/** What came of it. */
export interface SignedIn extends LoginFacts {
  readonly kept: Kept;
}

const usualPatience = 300;

/** Signs the person in and keeps the login. @throws AgentError */
export async function signIn(settings: Settings, asked: SignInOptions): Promise<SignedIn> {
  const { options, outbound } = settings;
  const place = await discover(outbound, options.resource, options.issuer);
  const key = options.dpop === true || place.isDpopRequired ? await newDpopKey() : undefined;
  requireDpop(place, key);
  const wish = wishOf(settings, place, asked);
  const isDevice = wantsDevice(place, asked);
  const { conversation, issued } = isDevice
    ? await byDevice(settings, place, wish, asked, key)
    : await byBrowser(settings, place, wish, asked, key);
  return await keep(settings, place, conversation, issued, wish, key);
}

function wantsDevice(
  { issuer }: Place,
  { showAddress, showDeviceCode, prefersDevice }: SignInOptions,
): boolean {
  if (!showDeviceCode) return false;
  if (!showAddress) return true;
  return prefersDevice === true && issuer.deviceAuthorizationEndpoint !== undefined;
}

interface Outcome {
  readonly conversation: Conversation;
  readonly issued: Issued;
}

async function byDevice(
  settings: Settings,
  place: Place,
  wish: Wish,
  asked: SignInOptions,
  key: DpopKey | undefined,
): Promise<Outcome> {
  const show = asked.showDeviceCode;
  if (!show) throw new TypeError("showDeviceCode is missing.");
  const { store, options, pause, now } = settings;
  const path = options.redirect?.path ?? "/callback";
  const given = givenClient(choiceOf(settings), place.issuer);
  const remembered = given ? undefined : await rememberedRegistration(store, place.issuer.issuer, now());
  const client = given ?? (await registrationFor(settings, place, `http://127.0.0.1${path}`)).client;
  const conversation = conversationOf(settings, place, client);
  const issued = await asKnown(settings, conversation, remembered, () =>
    signInWithDevice(conversation, wish, { show, pause, signal: asked.signal }, key),
  );
  return { conversation, issued };
}

async function byBrowser(
  settings: Settings,
  place: Place,
  wish: Wish,
  asked: SignInOptions,
  key: DpopKey | undefined,
): Promise<Outcome> {
  const { store, options, now } = settings;
  const show = asked.showAddress;
  if (!show) throw new AgentError("browser-missing", "No browser can be opened here.");
  const given = givenClient(choiceOf(settings), place.issuer);
  const remembered = given ? undefined : await rememberedRegistration(store, place.issuer.issuer, now());
  const path = options.redirect?.path ?? "/callback";
  const port = options.redirect?.port ?? portOf(remembered);
  const loopback = await listenOnLoopback({ path, port });
  try {
    const client = given ?? (await registrationFor(settings, place, loopback.redirectUri)).client;
    const conversation = conversationOf(settings, place, client);
    const how = {
      loopback,
      show: async (address: URL) => void (await show(address)),
      patience: asked.patience ?? usualPatience,
      signal: asked.signal,
    };
    const issued = await asKnown(settings, conversation, remembered, () =>
      signInWithBrowser(conversation, wish, how, key),
    );
    return { conversation, issued };
  } finally {
    await loopback.close();
  }
}

/**
 * An issuer that has forgotten a client refuses it, or shows the person an error and sends nobody back: then the next
 * sign-in registers anew.
 */
async function asKnown(
  { store }: Settings,
  { issuer, client }: Conversation,
  remembered: Registration | undefined,
  work: () => Promise<Issued>,
): Promise<Issued> {
  try {
    return await work();
  } catch (thrown) {
    const isForgotten = isAgentError(thrown, "client-refused", "sign-in-abandoned");
    if (remembered && isForgotten) await forgetRegistration(store, issuer.issuer, client.id);
    throw thrown;
  }
}

function registrationFor(settings: Settings, { issuer }: Place, redirectUri: string): Promise<Registration> {
  const { store, outbound, now } = settings;
  const { registration } = choiceOf(settings);
  return ownRegistration(store, outbound, issuer, { redirectUri, registration, now: now() });
}

function choiceOf({ options }: Settings) {
  return {
    client: options.client,
    registration: options.registration ?? { name: "Valetkey agent" },
    isIssuerNamed: options.issuer !== undefined,
  };
}

function portOf(registration: Registration | undefined): number | undefined {
  return registration && Number(new URL(registration.redirectUri).port);
}

function conversationOf({ outbound, now }: Settings, { issuer }: Place, client: Client): Conversation {
  return { outbound, issuer, client, nonces: new Nonces(), now };
}

/**
 * MCP authorization, scope selection. offline_access where the issuer knows it; with it OpenID Connect Core §11 wants the
 * person asked.
 */
function wishOf({ options }: Settings, place: Place, asked: SignInOptions): Wish {
  const scopes = asked.scopes ?? options.scopes ?? place.scopes;
  const known = place.issuer.scopesSupported;
  const extra = [...(options.asksWho ? ["openid", "email"] : []), "offline_access"];
  const more = extra.filter((scope) => known.includes(scope));
  const all = scopes === undefined && more.length === 0 ? undefined : union(scopes ?? [], more);
  return {
    resource: place.resource,
    scopes: all,
    acrValues: asked.acrValues,
    maxAge: asked.maxAge,
    prompt: all?.includes("offline_access") ? "consent" : undefined,
  };
}

/** RFC 9449 §5.1: an issuer that says nothing of proofs would give a token that is bound to nothing. */
function requireDpop({ issuer }: Place, key: DpopKey | undefined): void {
  if (!key || issuer.dpopAlgorithms.includes("ES256")) return;
  throw new AgentError("issuer-unfit", `${issuer.issuer} does not bind tokens to ES256 keys (DPoP).`);
}

async function keep(
  settings: Settings,
  place: Place,
  conversation: Conversation,
  issued: Issued,
  wish: Wish,
  key: DpopKey | undefined,
): Promise<SignedIn> {
  const { client, now } = conversation;
  const { secret: _, key: __, ...shown } = client;
  const email = settings.options.asksWho ? await emailOf(conversation, issued, key) : undefined;
  const login: Login = {
    version: 1,
    resource: place.resource,
    profile: settings.profile,
    issuer: place.issuer.issuer,
    // What the caller brings along each time is the caller's to keep; what the issuer made for us is ours.
    client: client.origin === "given" ? shown : client,
    account: email ?? issued.account,
    scopes: issued.scopes ?? wish.scopes,
    signedInAt: now(),
    refreshToken: issued.refreshToken,
    tokens: [heldTokenOf(issued, undefined, now())],
    dpopKey: key?.jwk,
  };
  const name = loginName(place.resource, settings.profile);
  const kept = await settings.store.exclusively(name, (slot) => slot.write(login, { isNew: true }));
  return { ...factsOf(login), kept };
}
