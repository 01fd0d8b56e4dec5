import { type ClientOptions, keyOf } from "./options.ts";

/**
 * Whether to ask the issuer silently at the next start: this browser was signed in here, and the worker is gone. What is
 * kept says that, and nothing that a thief could use.
 */
export function restoring(options: ClientOptions) {
  const name = `valetkey was signed in ${keyOf(options)}`;
  const asked = `valetkey asked ${keyOf(options)}`;
  const isWanted = (options.restore ?? true) && options.scope.split(" ").includes("openid");
  return {
    remember(): void {
      localStorage.setItem(name, "1");
      sessionStorage.removeItem(asked);
    },
    forget(): void {
      localStorage.removeItem(name);
    },
    /** Once, until somebody is signed in: a person who presses Back must not be sent forth again. */
    isDue(): boolean {
      const isDue = isWanted && localStorage.getItem(name) !== null && !sessionStorage.getItem(asked);
      if (isDue) sessionStorage.setItem(asked, "1");
      return isDue;
    },
    wasAsked: (): boolean => sessionStorage.getItem(asked) !== null,
  };
}
