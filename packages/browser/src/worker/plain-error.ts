import { SignInError } from "../errors.ts";
import type { PlainError } from "../messages.ts";

/** What crosses to the page of an error. One of another class is a fault of this code or of the browser. */
export function plain(thrown: unknown): PlainError {
  if (thrown instanceof SignInError) {
    const { code, message, oauthError } = thrown;
    return { code, message, oauthError };
  }
  return { code: "worker", message: String(thrown) };
}
