import { z } from "zod";
import { PasskeyRefused } from "../../ports/passkeys.ts";

const clientData = z.object({ crossOrigin: z.boolean().optional(), topOrigin: z.unknown().optional() });

/**
 * WebAuthn Level 3 §7.1 and §7.2: an answer that came from within a frame of another site is taken only by who expects
 * that. Our pages stand in nobody's frame. The rest of the client data is the library's to judge.
 * @throws PasskeyRefused
 */
export function requireOwnWindow(clientDataJson: string): void {
  const judged = clientData.safeParse(parsed(clientDataJson));
  if (!judged.success) throw new PasskeyRefused("The client data is no JSON object.");
  const { crossOrigin, topOrigin } = judged.data;
  if (crossOrigin === true || topOrigin !== undefined)
    throw new PasskeyRefused("The answer came from a frame of another site.");
}

function parsed(clientDataJson: string): unknown {
  try {
    return JSON.parse(Buffer.from(clientDataJson, "base64url").toString());
  } catch {
    return undefined;
  }
}
