/** A port that is taken, with the option of this command. */
export async function listening<T>(
  { host = "127.0.0.1", port }: { readonly host?: string; readonly port?: number },
  start: () => Promise<T>,
): Promise<T> {
  try {
    return await start();
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown && thrown.code === "EADDRINUSE")) throw thrown;
    throw new Error(
      `Another program listens on ${host} port ${port} already. Stop it, or choose another port by --listen, e.g. --listen 127.0.0.1:0 for a free one.`,
    );
  }
}
