import { isAnswer } from "./callback.ts";
import { type ClientOptions, keyOf } from "./options.ts";

/** Whether some client sends this page to its issuer already. */
let isLeaving = false;

/**
 * Whether to ask the issuer silently at the next start: this browser was signed in here, and the worker is gone. What is
 * kept says that, and nothing that a thief could use.
 */
export function restoring(options: ClientOptions) {
  /** Kept for all tabs: somebody was signed in. For this one: it asked. */
  const name = `valetkey ${keyOf(options)}`;
  const isWanted = (options.restore ?? true) && options.scope.split(" ").includes("openid");
  return {
    remember: () =>
      quietly(() => {
        localStorage.setItem(name, "1");
        sessionStorage.removeItem(name);
      }),
    forget: () => quietly(() => localStorage.removeItem(name)),
    /**
     * One client at a time, and none while another's answer waits. Once, until somebody is signed in: a person who presses
     * Back must not be sent forth again.
     */
    isDue: () =>
      quietly(() => {
        if (isLeaving || !isWanted || isAnswer(new URLSearchParams(location.search))) return false;
        if (!localStorage.getItem(name) || sessionStorage.getItem(name)) return false;
        sessionStorage.setItem(name, "1");
        isLeaving = true;
        return true;
      }),
    /** The page could not leave for the issuer: the next start asks again. */
    stayed(): void {
      isLeaving = false;
      sessionStorage.removeItem(name);
    },
    wasAsked: () => quietly(() => sessionStorage.getItem(name)),
  };
}

/** A storage may be full or forbidden. Then nothing is remembered, and the sign-in stands as it is. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
