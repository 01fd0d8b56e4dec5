import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AgentError } from "../errors.ts";

/** AES-256-GCM: 12 bytes of nonce in front, 16 of tag behind. */
const cipher = "aes-256-gcm";

/** @param name what the entry is called: sealed with it, so that no entry can be put in another's place */
export function sealed(text: string, name: string, key: Uint8Array): string {
  const nonce = randomBytes(12);
  const sealing = createCipheriv(cipher, key, nonce).setAAD(contextOf(name));
  const body = [sealing.update(text, "utf8"), sealing.final()];
  return Buffer.concat([nonce, ...body, sealing.getAuthTag()]).toString("base64url");
}

/** @throws AgentError store-sealed for another key, another entry, or a changed text */
export function unsealed(text: string, name: string, key: Uint8Array): string {
  const bytes = Buffer.from(text, "base64url");
  try {
    const opening = createDecipheriv(cipher, key, bytes.subarray(0, 12), { authTagLength: 16 })
      .setAAD(contextOf(name))
      .setAuthTag(bytes.subarray(-16));
    return Buffer.concat([opening.update(bytes.subarray(12, -16)), opening.final()]).toString("utf8");
  } catch (cause) {
    throw new AgentError(
      "store-sealed",
      "The key in the keychain does not open what was kept.",
      {},
      { cause },
    );
  }
}

function contextOf(name: string): Buffer {
  return Buffer.from(`valetkey/agent/v1\0${name}`);
}
