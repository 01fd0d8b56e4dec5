import { OAuthError, type OAuthErrorCode } from "@valetkey/protocol/errors";
import { refusals } from "@valetkey/protocol/refusals";
import type { AuditLog } from "../ports/audit-log.ts";
import type { Clock } from "../ports/clock.ts";
import { StoreUnavailable } from "../ports/store.ts";
import type { Story } from "../ports/story.ts";
import { json } from "./answer.ts";
import type { Endpoint, HttpRequest, HttpResponse } from "./message.ts";

/** How a refusal looks on a route: JSON for programs, a page for people. */
export type RefusalFace = (error: OAuthError, request: HttpRequest) => HttpResponse;

export interface Watched {
  readonly endpoint: Endpoint;
  /** The name of the step in the trace; undefined leaves no trace. */
  readonly step: string | undefined;
  readonly face: RefusalFace;
}

/**
 * Runs an endpoint, turns what it throws into HTTP (the only place that does), and tells the operator.
 * The wire gets the code and one plain sentence; the trace gets the refusal and what to change.
 */
export function watch(
  watched: Watched,
  audit: AuditLog,
  clock: Clock,
): (request: HttpRequest) => Promise<HttpResponse> {
  const { endpoint, step, face } = watched;
  return async (request) => {
    const told = new ToldStory();
    try {
      const response = await endpoint(request, told);
      if (step !== undefined) tell("done", undefined);
      return response;
    } catch (thrown) {
      if (thrown instanceof OAuthError) {
        // RFC 8628 §3.5: a device asks every few seconds. That nobody has decided is no news, and would bury what is.
        if (thrown.refusal !== "device.pending") tell("refused", thrown);
        return face(thrown, request);
      }
      if (step !== undefined) tell("failed", undefined);
      audit.failed(thrown, `${request.method} ${request.path}`);
      return face(failure(thrown), request);
    }

    function tell(outcome: "done" | "refused" | "failed", error: OAuthError | undefined): void {
      if (error) told.says(refusals[error.refusal].says);
      if (error?.fact !== undefined) told.says(`(${error.fact})`);
      audit.trace({
        at: clock.now(),
        step: step ?? request.path,
        outcome,
        says: told.text,
        ...(error ? { refusal: error.refusal } : {}),
        ...(told.clientId === undefined ? {} : { clientId: told.clientId }),
        address: request.address,
        userAgent: (request.header("user-agent") ?? "").slice(0, 200),
      });
    }
  };
}

/** What the trace keeps of a client_id that anybody may have made up. */
const longestClientId = 300;

class ToldStory implements Story {
  clientId: string | undefined;
  text = "";
  client(id: string): void {
    this.clientId = id.slice(0, longestClientId);
  }
  says(sentence: string): void {
    this.text += this.text === "" ? sentence : ` ${sentence}`;
  }
}

/** RFC 6749 §5.2 and RFC 6750 §3: the JSON face of a refusal. */
export function jsonRefusal(error: OAuthError, request: HttpRequest): HttpResponse {
  const headers: Record<string, string> = {};
  const status = statusOf(error);
  if (error.retryAfter !== undefined) headers["retry-after"] = String(error.retryAfter);
  if (error.dpopNonce !== undefined) headers["dpop-nonce"] = error.dpopNonce;
  // OAuth 2.1 §3.2.4: a challenge answers only a client that used the header; browsers would open a dialog otherwise.
  if (error.code === "invalid_client" && request.header("authorization") !== undefined) {
    headers["www-authenticate"] = 'Basic realm="valetkey", charset="UTF-8"';
  }
  return json(status, { error: error.code, error_description: error.message }, headers);
}

const statuses: Partial<Record<OAuthErrorCode, number>> = {
  invalid_client: 401,
  invalid_token: 401,
  insufficient_scope: 403,
  server_error: 500,
  temporarily_unavailable: 503,
};

export function statusOf(error: OAuthError): number {
  if (error.refusal === "request.rate") return 429;
  if (error.refusal === "request.too-large") return 413;
  if (error.refusal === "request.method") return 405;
  if (error.refusal === "request.host") return 421;
  if (error.refusal === "feed.not-allowed") return 403;
  return statuses[error.code] ?? 400;
}

/** What a failure says outside: nothing but whether trying again may help. */
function failure(thrown: unknown): OAuthError {
  const message = "The server cannot answer at the moment. Try again.";
  return thrown instanceof StoreUnavailable
    ? new OAuthError("temporarily_unavailable", message, "server.failed", { retryAfter: 2 })
    : new OAuthError("server_error", message, "server.failed");
}
