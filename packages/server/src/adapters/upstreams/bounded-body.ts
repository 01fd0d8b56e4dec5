import { Refused } from "../outbound/refused.ts";

/**
 * Reads a body to its end, counting what arrives after decompression.
 * @throws Refused "too-large"
 */
export async function readBounded(answer: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Refused("too-large", `The answer is longer than ${maxBytes} octets.`);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks, bytes));
}
