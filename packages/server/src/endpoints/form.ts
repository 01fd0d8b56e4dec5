import { invalidRequest } from "@valetkey/protocol/errors";
import type { HttpRequest } from "../http/message.ts";

/** RFC 6749 §4.1.3, §5.2: form encoding and nothing else; another type is refused, not guessed at. */
export function requireForm(request: HttpRequest): void {
  const type = request.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") {
    throw invalidRequest("Send application/x-www-form-urlencoded.", "request.content-type", {
      fact: (type ?? "none").slice(0, 60),
    });
  }
}
