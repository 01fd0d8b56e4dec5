import { type NewPasskey, PasskeyRefused, type WebAuthnJson } from "../../ports/passkeys.ts";
import { algorithms } from "./algorithms.ts";
import { readCreation } from "./answer.ts";
import { requireOwnWindow } from "./client-data.ts";
import { judged, library, libraryParts } from "./library.ts";
import type { Site } from "./site.ts";

/** WebAuthn Level 3 §5.8.4 */
const knownTransports = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"];

/**
 * WebAuthn Level 3 §7.1, "Registering a New Credential".
 * @throws PasskeyRefused when any check fails
 */
export async function judgeCreation(site: Site, given: WebAuthnJson, challenge: string): Promise<NewPasskey> {
  const answer = readCreation(given);
  const { clientDataJSON, attestationObject, transports } = answer.response;
  requireOwnWindow(clientDataJSON);
  return await judged(async () => {
    await requireNoAttestation(attestationObject);
    const { verifyRegistrationResponse } = await library();
    const verdict = await verifyRegistrationResponse({
      response: {
        ...answer,
        response: { clientDataJSON, attestationObject },
        clientExtensionResults: {},
      },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserPresence: true,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    });
    if (!verdict.verified) throw new PasskeyRefused("The attestation does not fit.");
    const { credential, aaguid, credentialDeviceType } = verdict.registrationInfo;
    if (credential.id !== answer.id) throw new PasskeyRefused("The answer names another credential.");
    return {
      id: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString("base64url"),
      counter: credential.counter,
      transports: knownTransports.filter((transport) => transports.includes(transport)),
      aaguid,
      isSynced: credentialDeviceType === "multiDevice",
    };
  });
}

/**
 * None is asked for, and browsers take away what an authenticator says of its maker but for a signature by the new key
 * itself. Certificates are never read: they would only be a stranger's way into the parsers of seven formats.
 */
async function requireNoAttestation(attestationObject: string): Promise<void> {
  const { decodeAttestationObject } = await libraryParts();
  const attestation = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, "base64url")));
  const format: unknown = attestation.get("fmt");
  const isOwn = format === "packed" && attestation.get("attStmt").get("x5c") === undefined;
  if (format !== "none" && !isOwn) throw new PasskeyRefused("The answer brings an attestation, unasked.");
}
