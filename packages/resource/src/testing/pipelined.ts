import { connect } from "node:net";

/**
 * Sends the requests over one connection without waiting between them, which costs a tenth of a client that waits.
 * @returns how often each status came
 */
export function pipelined(origin: string, requests: readonly string[]): Promise<Record<string, number>> {
  const { hostname, port } = new URL(origin);
  const statuses: Record<string, number> = {};
  let answered = 0;
  let rest = "";
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(requests.join("")));
    socket.setTimeout(20_000, () => socket.destroy(new Error("The flood was never answered.")));
    socket.setEncoding("latin1").on("data", (text: string) => {
      const lines = (rest + text).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const [, status] = /HTTP\/1\.1 (\d{3}) /.exec(line) ?? [];
        if (status === undefined) continue;
        statuses[status] = (statuses[status] ?? 0) + 1;
        answered += 1;
      }
      if (answered >= requests.length) socket.destroy();
    });
    socket.on("error", reject).on("close", () => resolve(statuses));
  });
}

/** One request as it stands on the wire. */
export function requestText(method: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ Host: "api.example", ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `${method} /mcp HTTP/1.1\r\n${lines.join("")}\r\n`;
}
