import {
  allowInsecureRequests,
  type ClientAuth,
  Configuration,
  type CustomFetch,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type ServerMetadata,
} from "openid-client";
import type { Clock } from "../../ports/clock.ts";
import type { Instant } from "../../records/instant.ts";
import { issuerOf } from "./dialect.ts";
import type { UpstreamPlan } from "./plan.ts";

const hour = 3_600;
/** How long metadata counts as new, and how long it still serves while its host does not answer. */
const fresh = hour;
const stale = 24 * hour;
/** How long nobody asks again after a failure. */
const rest = 5;

export interface MetadataSource {
  readonly plan: UpstreamPlan;
  readonly auth: ClientAuth;
  readonly fetch: CustomFetch;
  readonly allowLoopback: boolean;
  readonly clock: Clock;
}

/**
 * What the upstream says of itself (OpenID Connect Discovery §4), read once an hour, by one request however many wait, and
 * kept for a day while it does not answer.
 */
export function metadataOf(source: MetadataSource): () => Promise<Configuration> {
  let known: { readonly configuration: Configuration; readonly at: Instant } | undefined;
  let asked: Promise<Configuration> | undefined;
  let failed: { readonly thrown: unknown; readonly at: Instant } | undefined;

  async function ask(): Promise<Configuration> {
    const now = source.clock.now();
    try {
      known = { configuration: await read(source), at: now };
      failed = undefined;
      return known.configuration;
    } catch (thrown) {
      failed = { thrown, at: now };
      if (known && now - known.at < stale) return known.configuration;
      throw thrown;
    } finally {
      asked = undefined;
    }
  }

  return async () => {
    const now = source.clock.now();
    if (known && now - known.at < fresh) return known.configuration;
    if (failed && now - failed.at < rest) {
      if (known && now - known.at < stale) return known.configuration;
      throw failed.thrown;
    }
    asked ??= ask();
    return await asked;
  };
}

async function read({ plan, auth, fetch, allowLoopback }: MetadataSource): Promise<Configuration> {
  const issuer = issuerOf(plan);
  const setUp = (configuration: Configuration) => {
    // The signature is checked even though the token came over TLS from the token endpoint: a proxy in between, or a
    // discovery document that names another's token endpoint, must not be able to say who somebody is.
    enableNonRepudiationChecks(configuration);
    if (allowLoopback) allowInsecureRequests(configuration);
    configuration[customFetch] = fetch;
    return configuration;
  };
  if (plan.kind === "apple")
    return setUp(new Configuration(appleMetadata(issuer), plan.clientId, undefined, auth));
  const configuration = await discovery(new URL(issuer), plan.clientId, undefined, auth, {
    [customFetch]: fetch,
    ...(allowLoopback && { execute: [allowInsecureRequests] }),
  });
  return setUp(configuration);
}

/** As Apple's manual has it. Its discovery document has named another issuer than its tokens for days (June 2025). */
function appleMetadata(issuer: string): ServerMetadata {
  return {
    issuer,
    authorization_endpoint: `${issuer}/auth/authorize`,
    token_endpoint: `${issuer}/auth/token`,
    jwks_uri: `${issuer}/auth/keys`,
    id_token_signing_alg_values_supported: ["RS256"],
  };
}
