import { AgentError } from "../errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a browser would open in front of the person who typed: not over SSH, and on Linux not without a display. */
export function hasBrowser(environment: Environment, platform: string = process.platform): boolean {
  if (environment.SSH_CONNECTION || environment.SSH_TTY || environment.SSH_CLIENT) return false;
  if (platform === "darwin" || platform === "win32") return true;
  return Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/**
 * Opens the address in the person's own browser, never in a view of ours: RFC 8252 §8.12.
 * @throws AgentError address-unsafe for what is no web address, browser-missing
 */
export async function openInBrowser(url: URL): Promise<void> {
  // What would be opened stands in the metadata of a stranger: MCP best practices, URL validation.
  if (!/^https?:$/.test(url.protocol)) {
    throw new AgentError("address-unsafe", `The sign-in address begins with ${url.protocol.slice(0, 40)}`);
  }
  try {
    // Loaded when it is needed: most programs that import this never open a browser.
    const { default: open } = await import("open");
    const program = await open(url.href);
    // A program that fails later is told by nobody; the address was printed too.
    program.on("error", () => undefined);
    program.unref();
  } catch (cause) {
    throw new AgentError("browser-missing", "The browser could not be opened.", {}, { cause });
  }
}
