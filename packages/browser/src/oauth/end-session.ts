import type { Metadata } from "./discovery.ts";
import { withQuery } from "./request.ts";

/** Where a person signs out at the issuer, if it has such a place. OpenID Connect RP-Initiated Logout §2 */
export function endSessionUrl(
  { end_session_endpoint: url }: Metadata,
  clientId: string,
  idToken: string | undefined,
  redirectUri: string | undefined,
): string | undefined {
  return (
    url &&
    withQuery(url, {
      client_id: clientId,
      id_token_hint: idToken,
      post_logout_redirect_uri: redirectUri,
    })
  );
}
