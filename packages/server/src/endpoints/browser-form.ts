import { formToken } from "../http/form-token.ts";
import type { HttpRequest } from "../http/message.ts";
import { newName } from "../tokens/secret.ts";
import type { Context } from "./context.ts";

/** A form of a page on which nobody is signed in: bound to the browser by its cookie, which it gets where it has none. */
export function browserForm(
  { keys, cookies }: Pick<Context, "keys" | "cookies">,
  request: HttpRequest,
  purpose: string,
): { readonly browser: string; readonly formToken: string; readonly cookies: readonly string[] } {
  const known = cookies.read(request, "browser");
  const browser = known ?? newName(32);
  return {
    browser,
    formToken: formToken(keys, browser, purpose),
    cookies: known === undefined ? [cookies.set("browser", browser)] : [],
  };
}
