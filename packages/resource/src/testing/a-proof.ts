import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWTHeaderParameters, SignJWT } from "jose";

type Members = Readonly<Record<string, unknown>>;

/** A key of a client's, with which it makes proofs. */
export interface ProofKey {
  readonly jkt: string;
  readonly jwk: Members;
  /** Signs a proof; a claim or header that is undefined is left out. */
  proof(claims: Members, header?: Members): Promise<string>;
}

export async function aProofKey(alg = "ES256"): Promise<ProofKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(publicKey);
  return {
    jwk: { ...jwk },
    jkt: await calculateJwkThumbprint(jwk),
    proof(claims, header = {}) {
      const all = { jti: crypto.randomUUID(), ...claims };
      const head = { typ: "dpop+jwt", alg, jwk, ...header };
      return new SignJWT(present(all))
        .setProtectedHeader(present(head) as JWTHeaderParameters)
        .sign(privateKey);
    },
  };
}

function present(members: Members): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
