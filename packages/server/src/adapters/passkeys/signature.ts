import { generateKeyPairSync } from "node:crypto";
import { PasskeyRefused, type WebAuthnJson } from "../../ports/passkeys.ts";
import type { Passkey } from "../../records/passkey.ts";
import { readSignature } from "./answer.ts";
import { requireOwnWindow } from "./client-data.ts";
import { judged, library } from "./library.ts";
import { type Site, userHandleOf } from "./site.ts";

/**
 * WebAuthn Level 3 §7.2, "Verifying an Authentication Assertion".
 * @returns the authenticator's new counter
 * @throws PasskeyRefused when any check fails
 */
export async function judgeSignature(
  site: Site,
  given: WebAuthnJson,
  challenge: string,
  passkey: Passkey | undefined,
): Promise<{ readonly counter: number }> {
  const answer = readSignature(given);
  const { response } = answer;
  requireOwnWindow(response.clientDataJSON);
  return await judged(async () => {
    const { verifyAuthenticationResponse } = await library();
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...answer, response, clientExtensionResults: {} },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserVerification: true,
      // The library compares counters before it checks the signature, and anybody could then cry theft: so not there.
      credential: { id: answer.id, publicKey: keyOf(passkey), counter: 0 },
    });
    if (passkey === undefined) throw new PasskeyRefused("No such passkey is known here.");
    if (!verified) throw new PasskeyRefused("The signature does not fit the passkey.");
    if (passkey.id !== answer.id) throw new PasskeyRefused("The answer names another passkey.");
    if (response.userHandle !== userHandleOf(passkey.accountId))
      throw new PasskeyRefused("The answer names another person than the passkey's.");
    if ((authenticationInfo.credentialDeviceType === "multiDevice") !== passkey.isSynced)
      throw new PasskeyRefused("The passkey was made for one device or for several, and says otherwise now.");
    requireForward(passkey.counter, authenticationInfo.newCounter);
    return { counter: authenticationInfo.newCounter };
  });
}

/** §6.1.1: a counter goes up, or stays at nought where the authenticator does not count. */
function requireForward(kept: number, counter: number): void {
  if (counter > kept || (counter === 0 && kept === 0)) return;
  const fact = `The authenticator's counter went from ${kept} to ${counter}: there may be a copy of it.`;
  throw new PasskeyRefused(fact, { isCopy: true });
}

function keyOf(passkey: Passkey | undefined): Uint8Array<ArrayBuffer> {
  return passkey === undefined ? nobodysKey : new Uint8Array(Buffer.from(passkey.publicKey, "base64url"));
}

/** A key whose private half nobody has kept: what an unknown passkey is judged by. */
const nobodysKey = (() => {
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  // RFC 9053 §7.1.1: {kty: EC2, alg: ES256, crv: P-256, x, y}
  const head = Buffer.from("a5010203262001215820", "hex");
  const between = Buffer.from("225820", "hex");
  return new Uint8Array(
    Buffer.concat([head, Buffer.from(x, "base64url"), between, Buffer.from(y, "base64url")]),
  );
})();
