import { proofAlgorithms } from "@valetkey/protocol/dpop-proof";
import { invalidRequest, invalidToken, type OAuthError } from "@valetkey/protocol/errors";
import type { HttpRequest } from "../http/message.ts";

/** The access token of a request to one of our own resources, and the scheme that it came under. */
export interface PresentedToken {
  readonly token: string;
  readonly scheme: "Bearer" | "DPoP";
}

/**
 * The token of a request: in the header and nowhere else. RFC 6750 §2.1, RFC 9449 §7.1
 * A token in the query is not looked at; one in a form beside the header is a second carrier. OAuth 2.1 §5.1
 * @throws invalid_token "token.missing", invalid_request "token.two-carriers"
 */
export function presentedToken(request: HttpRequest): PresentedToken {
  const header = request.header("authorization");
  const [, scheme = "", token] = /^(bearer|dpop) +([A-Za-z0-9._~+/-]+=*)$/i.exec(header ?? "") ?? [];
  const inForm = request.body !== "" && new URLSearchParams(request.body).has("access_token");
  if (header !== undefined && inForm)
    throw invalidRequest("The access token is sent twice.", "token.two-carriers");
  if (token === undefined) throw invalidToken("token.missing");
  return { token, scheme: scheme.toLowerCase() === "dpop" ? "DPoP" : "Bearer" };
}

/** RFC 6750 §3, RFC 9449 §7.1: the challenges that go with a refusal; no error code where no token was sent. */
export function challengesOf(error: OAuthError, request: HttpRequest): string {
  const algorithms = `algs="${proofAlgorithms.join(" ")}"`;
  if (error.refusal === "token.missing") return 'Bearer realm="valetkey"';
  const scope = error.code === "insufficient_scope" ? ', scope="openid"' : "";
  const said = `realm="valetkey", error="${error.code}", error_description="${error.message}"${scope}`;
  const isDpop = /^dpop /i.test(request.header("authorization") ?? "");
  if (isDpop) return `DPoP ${said}, ${algorithms}`;
  return error.refusal === "token.bound" ? `Bearer ${said}, DPoP ${algorithms}` : `Bearer ${said}`;
}
