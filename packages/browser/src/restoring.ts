import { isAnswer } from "./callback.ts";
import { type ClientOptions, keyOf } from "./options.ts";

/** Whether some client sends this page to its issuer already. */
let isLeaving = false;

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
    /**
     * One client at a time, and none while another's answer waits. Once, until somebody is signed in: a person who presses
     * Back must not be sent forth again.
     */
    isDue(): boolean {
      const isBusy = isLeaving || isAnswer(new URLSearchParams(location.search));
      const isDue =
        !isBusy && isWanted && localStorage.getItem(name) !== null && !sessionStorage.getItem(asked);
      if (isDue) sessionStorage.setItem(asked, "1");
      isLeaving ||= isDue;
      return isDue;
    },
    wasAsked: (): boolean => sessionStorage.getItem(asked) !== null,
  };
}
