import type { IncomingMessage } from "node:http";
import { OAuthError } from "@valetkey/protocol/errors";

/** RFC 9112 §6.3: a request has a body if one of these two says so. */
export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers["content-length"];
  return headers["transfer-encoding"] !== undefined || (length !== undefined && Number(length) > 0);
}

/**
 * The whole body; undefined when the sender left.
 * @throws invalid_request when it is larger than `most` octets
 */
export function readBody(incoming: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const announced = Number(incoming.headers["content-length"] ?? 0);
  if (announced > most) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    incoming.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= most) chunks.push(chunk);
      else reject(tooLarge());
    });
    incoming.once("end", () => resolve(Buffer.concat(chunks)));
    incoming.once("close", () => resolve(undefined));
    incoming.once("error", () => resolve(undefined));
  });
}

function tooLarge(): OAuthError {
  return new OAuthError("invalid_request", "The body is too large.", "request.too-large");
}
