import { invalidRequest, invalidToken } from "@valetkey/protocol/errors";
import { isLight, type JudgedRequest } from "./judged-request.ts";

/** Larger forms are not opened to look for a second token: reading them would cost more than it tells. */
const largestForm = 65_536;

/** The access token of a request, and the scheme that it came under. */
export interface PresentedToken {
  readonly token: string;
  readonly scheme: "Bearer" | "DPoP";
}

/**
 * The token of the Authorization header; nothing when there is none. Tokens in the URL are never looked at.
 * OAuth 2.1 §5.1, §5.3.2, RFC 9449 §7.1.
 * @throws invalid_request when the header is malformed or a form carries a token as well; invalid_token when it is too long.
 */
export function presentedToken(
  request: JudgedRequest,
  longest: number,
): PresentedToken | undefined | Promise<PresentedToken> {
  const token = readHeader(request.headers.get("authorization"), longest);
  return token === undefined || !bringsForm(request) ? token : tokenIfAlone(request, token);
}

/** RFC 9110 §11.4: the scheme in any case, one token. Two headers arrive joined by a comma, which no token has. */
function readHeader(header: string | null, longest: number): PresentedToken | undefined {
  if (header === null || header === "") return undefined;
  // As nearly all of them write it: what this matches, none of the rules below refuses.
  if (header.length <= longest && /^Bearer [\w\-.~+/]+=*$/.test(header))
    return { token: header.slice("Bearer ".length), scheme: "Bearer" };
  // RFC 6750 §3.1: another scheme is a client that does not know; it gets a challenge without an error.
  const [name] = /^(?:bearer|dpop)(?![^\s,])/i.exec(header) ?? [];
  if (name === undefined) {
    if (/,\s*(?:bearer|dpop)\s/i.test(header)) throw twoCarriers();
    return undefined;
  }
  if (/,\s*[a-z]+\s/i.test(header)) throw twoCarriers();
  const token = header.slice(name.length).trimStart();
  if (token.length > longest) throw invalidToken("token.malformed", { fact: `${token.length} characters` });
  if (!/^[A-Za-z0-9\-._~+/]+=*$/.test(token)) {
    throw invalidRequest("The Authorization header is malformed.", "token.malformed");
  }
  return { token, scheme: name.toLowerCase() === "dpop" ? "DPoP" : "Bearer" };
}

/** The scheme that a refusal answers in. */
export function schemeOf(request: JudgedRequest): PresentedToken["scheme"] {
  return /^dpop(?![^\s,])/i.test(request.headers.get("authorization") ?? "") ? "DPoP" : "Bearer";
}

function twoCarriers(): Error {
  return invalidRequest("The request carries an access token twice.", "token.two-carriers");
}

async function tokenIfAlone(request: Request, token: PresentedToken): Promise<PresentedToken> {
  if (!new URLSearchParams(await request.clone().text()).has("access_token")) return token;
  throw twoCarriers();
}

/** A light request has no body: one that carries a token is shown in a whole one. */
function bringsForm(request: JudgedRequest): request is Request {
  if (isLight(request) || request.body === null || request.bodyUsed) return false;
  const type = request.headers.get("content-type");
  if (type === null || !/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type.trim())) return false;
  return Number(request.headers.get("content-length") ?? Number.NaN) <= largestForm;
}
