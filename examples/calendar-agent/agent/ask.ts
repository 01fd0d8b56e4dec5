import { type Agent, type DeviceCode, openInBrowser, type SignedIn } from "@valetkey/agent";
import { renderUnicodeCompact } from "uqr";

export interface Asking {
  /** In a browser of this machine, in the place of a code for another. */
  readonly isLoopback: boolean;
  /** Whether the browser is opened; the address is printed in any case. */
  readonly opensBrowser: boolean;
  readonly signal: AbortSignal;
  say(text: string): void;
}

/** Asks the person for their calendar, and waits until they decided. @throws AgentError */
export function ask(agent: Agent, { isLoopback, opensBrowser, signal, say }: Asking): Promise<SignedIn> {
  if (!isLoopback) return agent.signIn({ showDeviceCode: (code) => say(deviceText(code)), signal });
  return agent.signIn({
    async showAddress(address) {
      say(`Sign in here, in a browser of this machine:\n\n  ${address.href}\n`);
      // Whoever has no browser here opens the address elsewhere on this machine.
      if (opensBrowser) await openInBrowser(address).catch(() => undefined);
    },
    signal,
  });
}

/** RFC 8628 §3.3: the address and the code as text, and a picture that spares the typing. */
function deviceText({ userCode, verificationUri, verificationUriComplete }: DeviceCode): string {
  const picture = renderUnicodeCompact(verificationUriComplete ?? verificationUri, { border: 2 });
  return `${picture}\n\nOn your phone, open  ${verificationUri}\nand type the code    ${userCode}\n\nWaiting for you ...\n`;
}
