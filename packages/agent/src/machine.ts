import { requireSafeAddress, rulesFor } from "./address.ts";
import { requireAsAsked } from "./as-asked.ts";
import { requireProof } from "./client/confidential.ts";
import type { ClientOption } from "./client/identity.ts";
import { discoverIssuer, type Issuer } from "./discovery/issuer.ts";
import { type DpopKey, Nonces, newDpopKey } from "./dpop-key.ts";
import { isAgentError } from "./errors.ts";
import { systemNow } from "./instant.ts";
import { type Conversation, postForm } from "./issuer/conversation.ts";
import { requireIssued } from "./issuer/token-answer.ts";
import { askedText, type HeldToken, heldTokenOf, isAlive, isDue } from "./login/held-token.ts";
import type { Asked } from "./login/renew.ts";
import { outboundOf, type WorldOptions } from "./options.ts";
import { type ProvenToken, protectedFetch } from "./protected-fetch.ts";
import type { Token } from "./token.ts";

export interface MachineOptions extends WorldOptions {
  readonly resource: string;
  /** Named by the caller: a secret or key is shown to no issuer that a resource names. */
  readonly issuer: string;
  readonly client: Extract<ClientOption, { readonly id: string }>;
  /** What to ask for; left out, the issuer decides. */
  readonly scopes?: readonly string[];
  /** Binds tokens to a key that lives as long as the process (RFC 9449). */
  readonly dpop?: boolean;
}

/** A program that acts for itself: a nightly job, a service. */
export interface Machine {
  /** A token that serves now, from memory or new. @throws AgentError */
  token(asked?: Asked): Promise<Token>;
  /** `fetch` with a token, as the one of an agent. */
  readonly fetch: typeof fetch;
}

/**
 * OAuth 2.1 §4.2, client credentials. Tokens are held in memory and nowhere else: a new one costs one request.
 * @throws AgentError client-needed for a client without secret and key; address-unsafe
 */
export function createMachine(options: MachineOptions): Machine {
  requireSafeAddress(options.resource, rulesFor(options.resource), "the resource");
  const client = requireProof(options.client);
  const outbound = outboundOf(options);
  const now = options.now ?? systemNow;
  const nonces = new Nonces();
  const held = new Map<string, HeldToken>();
  const asking = new Map<string, Promise<HeldToken>>();
  const key = options.dpop ? newDpopKey() : undefined;
  let known: Promise<Issuer> | undefined;

  async function conversation(): Promise<Conversation> {
    known ??= discoverIssuer(outbound, options.issuer);
    known.catch(() => {
      known = undefined;
    });
    return { outbound, issuer: await known, client, nonces, now };
  }

  async function usable({ scopes = options.scopes, refused }: Asked): Promise<HeldToken> {
    const name = askedText(scopes);
    const token = held.get(name);
    const isUsable = token && token.accessToken !== refused && isAlive(token, now());
    if (isUsable && !isDue(token, now())) return token;
    const underWay = asking.get(name) ?? ask(scopes);
    asking.set(name, underWay);
    try {
      const next = await underWay;
      held.set(name, next);
      return next;
    } catch (thrown) {
      // What is held serves a little longer, so nobody has to wait for an issuer that is away.
      if (isUsable && isAgentError(thrown, "unreachable")) return token;
      throw thrown;
    } finally {
      asking.delete(name);
    }
  }

  async function ask(scopes: readonly string[] | undefined): Promise<HeldToken> {
    return await machineToken(await conversation(), options.resource, scopes, await key);
  }

  async function token(asked: Asked = {}): Promise<ProvenToken> {
    const { accessToken, tokenType, expiresAt, scopes } = await usable(asked);
    return { accessToken, tokenType, expiresAt, scopes, key: await key };
  }

  return {
    async token(asked) {
      const { key: _, ...shown } = await token(asked);
      return shown;
    },
    fetch: protectedFetch({
      resource: options.resource,
      outbound,
      nonces,
      now,
      token: (refused) => token({ refused }),
      onStepUp: undefined,
      heldScopes: async () => options.scopes ?? [],
    }),
  };
}

async function machineToken(
  conversation: Conversation,
  resource: string,
  scopes: readonly string[] | undefined,
  key: DpopKey | undefined,
): Promise<HeldToken> {
  const { issuer } = conversation;
  const form = { grant_type: "client_credentials", resource, scope: scopes?.join(" ") };
  const answer = await postForm(conversation, issuer.tokenEndpoint, form, key);
  const issued = requireIssued(conversation, answer, key !== undefined);
  requireAsAsked(issued.scopes, scopes, { issuer: issuer.issuer, resource });
  return heldTokenOf(issued, scopes, conversation.now());
}
