/**
 * A request in as much of the shape of a `Request` as the guard reads. To make a real one costs more than the whole check
 * of a remembered token, so that adapters for Node bring this and make the other only when somebody asks.
 */
export interface LightRequest {
  readonly method: string;
  /** Absolute, at the host of the resource identifier. */
  readonly url: string;
  /** Names are asked for in lower case; a header that came twice is joined by a comma, as `Headers` joins it. */
  readonly headers: Pick<Headers, "get" | "has">;
  /** The same as a `Request`, for those who are promised one. */
  readonly whole: Request;
}

/** What the guard judges. */
export type JudgedRequest = Request | LightRequest;

export function wholeRequest(request: JudgedRequest): Request {
  return isLight(request) ? request.whole : request;
}

/** By what it has, not by its class: a runtime's own `Request` is often another than the global one. */
export function isLight(request: JudgedRequest): request is LightRequest {
  return "whole" in request;
}
