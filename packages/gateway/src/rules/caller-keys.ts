import { createPrivateKey, type KeyObject } from "node:crypto";

const block = /-----BEGIN ((?:EC )?PRIVATE KEY)-----[^-]+-----END \1-----/g;

/**
 * The keys for caller tokens: one or several private keys on P-256 in PEM, the first of which signs. Variables that hold
 * one line only have `\n` for its ends. Or the reason against it, which goes on where the setting's name ends.
 */
export function readCallerKeys(text: string): readonly KeyObject[] | string {
  const blocks = text.replaceAll("\\n", "\n").match(block) ?? [];
  if (blocks.length === 0) return "has a source without a private key in PEM that is not encrypted";
  const keys: KeyObject[] = [];
  for (const pem of blocks) {
    const key = privateKeyIn(pem);
    if (key?.asymmetricKeyType !== "ec" || key.asymmetricKeyDetails?.namedCurve !== "prime256v1")
      return "has a source with a key that is not a private one on P-256";
    if (keys.some((other) => other.equals(key))) return "has a source in which one key stands twice";
    keys.push(key);
  }
  return keys;
}

function privateKeyIn(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}
