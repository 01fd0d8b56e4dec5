import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { codeOf, Refused } from "./refused.ts";

// Not imported: see http/node.ts.
const { request } = process.getBuiltinModule("node:http");

const maxHeaderOctets = 16 * 1024;

/**
 * One GET over a connection that is already open and checked, so that no agent, proxy setting or name lookup
 * of Node's can lead it elsewhere. Resolves with the head of the answer.
 * @throws Refused "unreachable", "malformed", "too-large" or "status"
 */
export function ask(socket: Socket, url: URL, etag: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request({
      createConnection: () => socket,
      path: url.pathname + url.search,
      setHost: false,
      headers: {
        host: url.host,
        accept: "application/json",
        "accept-encoding": "identity",
        "user-agent": "valetkey",
        connection: "close",
        ...(etag === undefined ? {} : { "if-none-match": etag }),
      },
      insecureHTTPParser: false,
      maxHeaderSize: maxHeaderOctets,
    });
    sent.on("error", (cause) => reject(broken(cause)));
    sent.on("upgrade", () => reject(new Refused("status", "The answer has the status 101.")));
    sent.on("response", resolve);
    sent.end();
  });
}

/**
 * Reads a body to its end, counting what arrives: a Content-Length is the far end's word. CIMD §8.7.
 * @throws Refused "too-large", "unreachable" or "malformed"
 */
export async function readBody(answer: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new Refused("too-large", `The body is longer than ${maxBytes} octets.`);
      chunks.push(chunk);
    }
  } catch (thrown) {
    throw thrown instanceof Refused ? thrown : broken(thrown);
  }
  return Buffer.concat(chunks, bytes);
}

function broken(cause: unknown): Refused {
  const code = codeOf(cause);
  if (code === "HPE_HEADER_OVERFLOW") {
    return new Refused("too-large", `The headers are longer than ${maxHeaderOctets} octets.`, { cause });
  }
  if (code.startsWith("HPE_"))
    return new Refused("malformed", `The answer is not HTTP (${code}).`, { cause });
  return new Refused("unreachable", `The connection ended before the answer did (${code}).`, { cause });
}
