import { formToken } from "../http/form-token.ts";
import type { HttpRequest } from "../http/message.ts";
import { newName } from "../tokens/secret.ts";
import type { Context } from "./context.ts";

/** The value of a browser's cookie, and the cookie to be set where it had none. */
export function browserOf(
  { cookies }: Pick<Context, "cookies">,
  request: HttpRequest,
): { readonly browser: string; readonly cookies: readonly string[] } {
  const known = cookies.read(request, "browser");
  const browser = known ?? newName(32);
  return { browser, cookies: known === undefined ? [cookies.set("browser", browser)] : [] };
}

/** A form that is bound to the browser by its cookie alone. */
export function browserForm(
  { keys, cookies }: Pick<Context, "keys" | "cookies">,
  request: HttpRequest,
  purpose: string,
): { readonly browser: string; readonly formToken: string; readonly cookies: readonly string[] } {
  const bound = browserOf({ cookies }, request);
  return { ...bound, formToken: formToken(keys, bound.browser, purpose) };
}
