import { z } from "zod";
import { PasskeyRefused, type WebAuthnJson } from "../../ports/passkeys.ts";

const base64url = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[A-Za-z0-9_-]+$/);
/** WebAuthn Level 3 §7.1 takes 1023 bytes at most. */
const id = base64url(1364);
const clientDataJSON = base64url(4_096);

const common = { id, rawId: id, type: z.literal("public-key") };

const creationAnswer = z.object({
  ...common,
  response: z.object({
    clientDataJSON,
    attestationObject: base64url(16_384),
    transports: z.array(z.string().max(32)).max(16).default([]),
  }),
});

const signatureAnswer = z.object({
  ...common,
  response: z.object({
    clientDataJSON,
    authenticatorData: base64url(4_096),
    signature: base64url(2_048),
    // §5.4.3: 64 bytes at most. Ours is always given back: no sign-in names a passkey.
    userHandle: base64url(88),
  }),
});

export type CreationAnswer = z.infer<typeof creationAnswer>;
export type SignatureAnswer = z.infer<typeof signatureAnswer>;

/**
 * What a browser made: of the shape and within the sizes that an honest one keeps, whatever else stands beside it.
 * @throws PasskeyRefused
 */
export function readCreation(answer: WebAuthnJson): CreationAnswer {
  return read(creationAnswer, answer);
}

/** @throws PasskeyRefused */
export function readSignature(answer: WebAuthnJson): SignatureAnswer {
  return read(signatureAnswer, answer);
}

function read<Answer>(shape: z.ZodType<Answer>, answer: WebAuthnJson): Answer {
  const judged = shape.safeParse(answer);
  if (judged.success) return judged.data;
  const at = judged.error.issues.map(({ path }) => path.join(".")).join(", ");
  throw new PasskeyRefused(`The answer lacks its shape at ${at || "its root"}.`);
}
