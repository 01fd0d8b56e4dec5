import type { OAuthError } from "@valetkey/protocol/errors";
import { json, page, seeOther } from "../http/answer.ts";
import { jsonRefusal, type RefusalFace, statusOf } from "../http/endpoint.ts";
import type { HttpRequest } from "../http/message.ts";
import { AuthorizationError } from "../interaction/answer.ts";
import { errorPage } from "../pages/error.ts";
import type { Context } from "./context.ts";
import { frameOf } from "./frame.ts";

/**
 * The face that a person sees: a refusal that the client is to be told becomes a redirect, every other a page.
 * OAuth 2.1 §4.1.2.1. A program that asks for JSON gets JSON: some clients probe the endpoint to learn whether their
 * registration still stands.
 */
export function refusalPage({ settings, basePath }: Pick<Context, "settings" | "basePath">): RefusalFace {
  return (error, request) => {
    if (error instanceof AuthorizationError && error.automatic) return seeOther(error.location);
    if (wantsJson(request)) return { ...jsonRefusal(error, request), status: statusOnPage(error) };
    const shown = error instanceof AuthorizationError ? returning(error) : plain(error);
    const html = errorPage({ ...frameOf(settings, basePath), ...shown });
    const headers = error.retryAfter === undefined ? {} : { "retry-after": String(error.retryAfter) };
    return page(html, { status: statusOnPage(error), headers });
  };
}

/** A page is no client of HTTP authentication: 400 where a program would get 401. OAuth 2.1 §2.3.5 */
function statusOnPage(error: OAuthError): number {
  const status = statusOf(error);
  return status === 401 || status === 403 ? 400 : status;
}

function wantsJson(request: HttpRequest): boolean {
  const accept = request.header("accept") ?? "";
  return accept.includes("application/json") && !accept.includes("text/html");
}

function plain(error: OAuthError) {
  if (error.code === "server_error" || error.code === "temporarily_unavailable") {
    const wait = error.retryAfter === undefined ? "a moment" : `${error.retryAfter} seconds`;
    return { title: "Not now", message: error.message, whatToDo: `Wait ${wait} and try again.` };
  }
  if (error.code === "invalid_client") {
    return {
      title: "This app is not known here",
      message: "The app is not registered with this server, or what it says of itself could not be read.",
      whatToDo: "Go back to the app and connect it anew. Its author finds the reason in this server's trace.",
    };
  }
  const isForm = error.refusal === "request.form-token" || error.refusal.startsWith("interaction.");
  return {
    title: isForm ? "This page is no longer valid" : "This request cannot be answered",
    message: error.message,
    whatToDo: isForm
      ? "Go back to the app that you came from and start again."
      : "Go back to the app that you came from. Its author finds the reason in this server's trace.",
  };
}

/** OAuth 2.1 §7.13.2: nobody is sent to an address that this server does not trust without being asked. */
function returning(error: AuthorizationError) {
  const isBeyond = error.refusal === "scope.beyond-role";
  return {
    title: error.code === "access_denied" ? "Access cannot be given" : "The app's request cannot be answered",
    // The error's own message speaks to the app, of the person who reads this.
    message: isBeyond ? "Your account may not allow what the app asks for." : error.message,
    whatToDo: isBeyond
      ? "Nothing was granted. Ask the people who run this server for it, or go back to the app."
      : "Nothing was granted. You can close this page, or go back to the app.",
    continueTo: { href: error.location, label: `Go back to ${error.clientName}` },
  };
}

export function notFoundPage(
  { settings, basePath }: Pick<Context, "settings" | "basePath">,
  request: HttpRequest,
) {
  if (!request.header("accept")?.includes("text/html")) return json(404, { error: "not_found" });
  const html = errorPage({
    ...frameOf(settings, basePath),
    title: "There is no such page",
    message: "This address leads nowhere on this server.",
    whatToDo: "Check the address, or go back to where you came from.",
  });
  return page(html, { status: 404 });
}
