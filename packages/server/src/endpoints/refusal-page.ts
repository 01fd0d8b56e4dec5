import type { OAuthError } from "@valetkey/protocol/errors";
import type { Refusal } from "@valetkey/protocol/refusals";
import { json, page, seeOther } from "../http/answer.ts";
import { jsonRefusal, type RefusalFace, statusOf } from "../http/endpoint.ts";
import type { HttpRequest } from "../http/message.ts";
import { AuthorizationError } from "../interaction/answer.ts";
import { type ErrorData, errorPage } from "../pages/error.ts";
import type { Frame } from "../pages/layout.ts";
import { byLanguage } from "../pages/words/by-language.ts";
import { tell } from "../pages/words/say.ts";
import type { Words } from "../pages/words/words.ts";
import type { Context } from "./context.ts";
import { frameOf } from "./frame.ts";

type Needed = Pick<Context, "look" | "cookies" | "basePath">;

/**
 * The face that a person sees: a refusal that the client is to be told becomes a redirect, every other a page.
 * OAuth 2.1 §4.1.2.1. A program that asks for JSON gets JSON: some clients probe the endpoint to learn whether their
 * registration still stands.
 */
export function refusalPage(context: Needed): RefusalFace {
  return (error, request) => {
    if (error instanceof AuthorizationError && error.automatic) return seeOther(error.location);
    if (wantsJson(request)) return { ...jsonRefusal(error, request), status: statusOnPage(error) };
    const frame = frameOf(context, request);
    const shown = error instanceof AuthorizationError ? returning(error, frame) : plain(error, frame);
    const headers = error.retryAfter === undefined ? {} : { "retry-after": String(error.retryAfter) };
    return page(errorPage({ ...frame, ...shown }), { status: statusOnPage(error), headers });
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

type Shown = Omit<ErrorData, keyof Frame>;

/** In the person's language: what happened to them. What a program gets stays English, for the author of the app. */
function plain(error: OAuthError, { words, lang }: Frame): Shown {
  const texts = words.errors;
  const { code, refusal, retryAfter, message } = error;
  if (code === "server_error" || code === "temporarily_unavailable") {
    return {
      title: texts.notNowTitle,
      message: refusal === "request.rate" ? texts.tooMany : texts.notNow,
      whatToDo:
        retryAfter === undefined
          ? texts.waitAMoment
          : tell(texts.wait, { time: secondsIn(lang).format(retryAfter) }),
    };
  }
  if (code === "invalid_client")
    return { title: texts.unknownAppTitle, message: texts.unknownApp, whatToDo: texts.unknownAppWhatToDo };
  if (refusal.startsWith("device."))
    return { title: texts.overTitle, message: texts.deviceOver, whatToDo: texts.deviceOverWhatToDo };
  const over = overOf(refusal, words);
  // Nothing in it is the app's doing, so there is nothing to tell its author beside.
  if (over !== undefined) return { title: texts.overTitle, message: over, whatToDo: texts.overWhatToDo };
  if (refusal === "scope.beyond-role")
    return { title: texts.deniedTitle, message: texts.beyondRole, whatToDo: texts.beyondRoleWhatToDo };
  return {
    title: texts.requestTitle,
    message: texts.request,
    whatToDo: texts.requestWhatToDo,
    forTheAuthor: message,
  };
}

/** What became of a page that does not count any more. */
function overOf(refusal: Refusal, { errors: texts }: Words): string | undefined {
  if (refusal === "interaction.expired") return texts.waitedTooLong;
  if (refusal.startsWith("interaction.")) return texts.over;
  return refusal === "request.form-token" ? texts.formOver : undefined;
}

const secondsIn = byLanguage((lang) => {
  const options = { style: "unit", unit: "second", unitDisplay: "long" } as const;
  return new Intl.NumberFormat(`${lang}-u-nu-latn`, options);
});

/** OAuth 2.1 §7.13.2: nobody is sent to an address that this server does not trust without being asked. */
function returning(error: AuthorizationError, { words }: Frame): Shown {
  const texts = words.errors;
  const { location: href, message } = error;
  const isDenied = error.code === "access_denied";
  const title = isDenied ? texts.deniedTitle : texts.appRequestTitle;
  const continueTo = { href, label: tell(texts.goBackTo, { client: error.clientName }) };
  // The error's own message speaks to the app, of the person who reads this.
  if (error.refusal === "scope.beyond-role")
    return { title, message: texts.beyondRole, whatToDo: texts.beyondRoleWhatToDo, continueTo };
  return {
    title,
    message: isDenied ? texts.denied : texts.request,
    whatToDo: texts.appRequestWhatToDo,
    forTheAuthor: message,
    continueTo,
  };
}

export function notFoundPage(context: Needed, request: HttpRequest) {
  if (!request.header("accept")?.includes("text/html")) return json(404, { error: "not_found" });
  const frame = frameOf(context, request);
  const { notFoundTitle: title, notFound: message, notFoundWhatToDo: whatToDo } = frame.words.errors;
  return page(errorPage({ ...frame, title, message, whatToDo }), { status: 404 });
}
