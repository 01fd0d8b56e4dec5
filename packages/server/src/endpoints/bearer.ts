import { invalidRequest, invalidToken, type OAuthError } from "@valetkey/protocol/errors";
import type { HttpRequest } from "../http/message.ts";

/**
 * The bearer token of a request to one of our own resources: in the header and nowhere else. RFC 6750 §2.1
 * A token in the query is not looked at; one in a form beside the header is a second carrier. OAuth 2.1 §5.1
 * @throws invalid_token "token.missing", invalid_request "token.two-carriers"
 */
export function bearerToken(request: HttpRequest): string {
  const header = request.header("authorization");
  const token = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(header ?? "")?.[1];
  const inForm = request.body !== "" && new URLSearchParams(request.body).has("access_token");
  if (header !== undefined && inForm)
    throw invalidRequest("The access token is sent twice.", "token.two-carriers");
  if (token === undefined) throw invalidToken("token.missing");
  return token;
}

/** RFC 6750 §3: the challenge that goes with a refusal; no error code where no token was sent. */
export function bearerChallenge(error: OAuthError): string {
  if (error.refusal === "token.missing") return 'Bearer realm="valetkey"';
  const scope = error.code === "insufficient_scope" ? ', scope="openid"' : "";
  return `Bearer realm="valetkey", error="${error.code}", error_description="${error.message}"${scope}`;
}
