import { hash } from "node:crypto";

const blockLength = 64;
const hashLength = 32;

/** HMAC-SHA256 of a message by the key that it was made for. */
export type Mac = (message: Uint8Array) => Uint8Array;

/**
 * RFC 2104 §2 over Node's one-shot SHA-256, for a key no longer than a block: `createHmac` makes three objects a call and
 * costs several times as much, which a refresh pays twice.
 */
export function hmacSha256(key: Uint8Array): Mac {
  if (key.length > blockLength) throw new RangeError("a key of HMAC-SHA256 is at most 64 bytes here");
  let inner = padded(key, 0x36, 0);
  const outer = padded(key, 0x5c, hashLength);
  return (message) => {
    if (inner.length !== blockLength + message.length) inner = padded(key, 0x36, message.length);
    inner.set(message, blockLength);
    outer.write(hash("sha256", inner, "binary"), blockLength, "latin1");
    return Buffer.from(hash("sha256", outer, "binary"), "latin1");
  };
}

/** The key in a block, each byte turned by `pad`, with room for what is hashed after it. */
function padded(key: Uint8Array, pad: number, room: number): Buffer {
  const block = Buffer.alloc(blockLength + room);
  block.set(key);
  for (let index = 0; index < blockLength; index++) block[index] = (block[index] ?? 0) ^ pad;
  return block;
}
