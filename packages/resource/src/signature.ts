import { type CryptoKey, compactVerify, importJWK, type JWK } from "jose";
import { nodeItself } from "./node-itself.ts";
import { nodeSignatureCheck, type SignatureCheck } from "./node-signature.ts";

export type { SignatureCheck };

/**
 * The check for one key and one algorithm. WebCrypto imports the key in every runtime, so that all refuse the same keys:
 * a curve that is not the algorithm's, a point off the curve, `key_ops` that do not fit.
 * @throws whatever the import finds wrong with the key
 */
export async function signatureCheck(jwk: JWK, algorithm: string): Promise<SignatureCheck> {
  const key = await importJWK(jwk, algorithm);
  if (key instanceof Uint8Array) throw new TypeError("A shared secret is no verification key.");
  const node = nodeItself();
  return (node && nodeSignatureCheck(node, key, algorithm)) ?? webSignatureCheck(key, algorithm);
}

function webSignatureCheck(key: CryptoKey, algorithm: string): SignatureCheck {
  return async (token) => {
    await compactVerify(token, key, { algorithms: [algorithm] });
    return true;
  };
}
