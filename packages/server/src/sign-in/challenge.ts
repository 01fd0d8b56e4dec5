import type { Keys } from "../ports/keys.ts";
import type { Interaction } from "../records/interaction.ts";

/**
 * The challenge that a passkey signs for this interaction as it stands: 32 bytes, base64url. It is not kept: it follows from
 * the interaction and the version of its progress, and any answer moves the version on, so that none is answered twice.
 */
export function challengeOf(keys: Keys, { id, version }: Pick<Interaction, "id" | "version">): string {
  const message = new TextEncoder().encode(`${id}\n${version}`);
  const mac = keys.mac(keys.proofKeyId, "passkey-challenge", message);
  if (!mac) throw new Error("This node lacks its own key.");
  return Buffer.from(mac).toString("base64url");
}
