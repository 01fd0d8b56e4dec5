import { metadataUrls } from "@valetkey/protocol/issuer";
import { Held } from "./held.ts";
import { isSecureUrl, type Settings } from "./options.ts";
import { askForJson } from "./outbound.ts";

/** What the guard reads in the issuer's metadata. */
export interface IssuerMetadata {
  readonly jwksUri: string | undefined;
  readonly introspectionEndpoint: string | undefined;
  readonly revocationFeedEndpoint: string | undefined;
}

/** The issuer's metadata, held for an hour. */
export function issuerMetadata(settings: Settings): Held<IssuerMetadata> {
  return new Held(() => discover(settings), {
    clock: settings.clock,
    maxAge: 3600,
    floor: settings.cooldown,
  });
}

/** RFC 8414 §3.1, then OpenID Connect Discovery §4; the first document that names this very issuer counts. */
async function discover(settings: Settings): Promise<IssuerMetadata> {
  const { issuer } = settings;
  let failure: unknown;
  for (const url of metadataUrls(issuer)) {
    try {
      const document = await askForJson(settings, url);
      // RFC 8414 §3.3: identical, or the document is another's.
      if (document.issuer !== issuer) throw new Error(`${url} names another issuer than ${issuer}`);
      return {
        jwksUri: secure(document.jwks_uri),
        introspectionEndpoint: secure(document.introspection_endpoint),
        revocationFeedEndpoint: secure(document.valetkey_revocation_feed_endpoint),
      };
    } catch (thrown) {
      failure ??= thrown;
    }
  }
  throw failure;
}

function secure(value: unknown): string | undefined {
  return typeof value === "string" && isSecureUrl(value) ? value : undefined;
}
