import { createPrivateKey, type KeyObject, type webcrypto } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type CryptoKey, SignJWT } from "jose";
import { type ClientAuth, ClientSecretBasic, ClientSecretPost, None, PrivateKeyJwt } from "openid-client";
import type { UpstreamPlan } from "./plan.ts";

/**
 * How the server proves itself to the upstream: by Apple's signed secret, by `private_key_jwt` where there is a key, by the
 * shared secret, or not at all, where PKCE alone must do.
 * @throws Error with a sentence for the operator when the key cannot be read
 */
export async function clientAuthOf(plan: UpstreamPlan): Promise<ClientAuth> {
  const key = plan.keyFile === null ? undefined : await readKey(plan.keyFile, plan.id);
  if (plan.kind === "apple" && key) return appleSecret(plan, key);
  if (key) {
    // One and the same thing: Node's type of it and that of browsers differ by uses that this key has not.
    const signing = cryptoKeyOf(key, plan.id) as CryptoKey;
    return PrivateKeyJwt({ key: signing, ...(plan.keyId && { kid: plan.keyId }) });
  }
  if (plan.clientSecret === null) return None();
  const secret =
    typeof plan.clientSecret === "string"
      ? plan.clientSecret
      : await readSecret(plan.clientSecret.file, plan.id);
  // All presets take the body; OpenID Connect Core §9 makes the header the default of everybody else.
  return plan.kind === "oidc" ? ClientSecretBasic(secret) : ClientSecretPost(secret);
}

async function readSecret(file: string, id: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((cause) => {
    throw new Error(`The secret of the upstream ${id}, ${file}, cannot be read.`, { cause });
  });
  const [line = ""] = text.split(/\r?\n/, 1);
  if (line === "") throw new Error(`The secret of the upstream ${id}, ${file}, has no first line.`);
  return line;
}

async function readKey(file: string, id: string): Promise<KeyObject> {
  try {
    return createPrivateKey(await readFile(file, "utf8"));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const why = code === "ENOENT" ? "does not exist" : "holds no private key in PEM form";
    throw new Error(`The key of the upstream ${id}, ${file}, ${why}.`, { cause });
  }
}

/** The signature that the key can make and the upstream most likely takes. RFC 7518 §3.1 */
function cryptoKeyOf(key: KeyObject, id: string): webcrypto.CryptoKey {
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (key.asymmetricKeyType === "rsa") {
    return key.toCryptoKey({ name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, false, ["sign"]);
  }
  if (key.asymmetricKeyType === "ec" && curve === "prime256v1") {
    return key.toCryptoKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  }
  if (key.asymmetricKeyType === "ed25519") return key.toCryptoKey("Ed25519", false, ["sign"]);
  throw new Error(`The key of the upstream ${id} must be RSA, EC on P-256 or Ed25519.`);
}

/** Apple takes a JWT of five minutes in the place of a secret: "Creating a client secret" of its manual. */
function appleSecret({ clientId, teamId, keyId }: UpstreamPlan, key: KeyObject): ClientAuth {
  return async (as, _client, body) => {
    const secret = await new SignJWT()
      .setProtectedHeader({ alg: "ES256", kid: keyId ?? "" })
      .setIssuer(teamId ?? "")
      .setSubject(clientId)
      .setAudience(as.issuer)
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(key);
    body.set("client_id", clientId);
    body.set("client_secret", secret);
  };
}
