import type { Passkeys, PasskeysOf, RelyingParty } from "../../ports/passkeys.ts";
import { algorithms } from "./algorithms.ts";
import { browserHalf } from "./browser-half.ts";
import { siteOf, userHandleOf } from "./site.ts";

/** How long a browser may ask its person, in milliseconds: WebAuthn Level 3 §15.1 recommends five minutes and more. */
const timeout = 600_000;

/** The ceremonies, judged by @simplewebauthn/server; who judges is loaded when the first answer of a passkey comes. */
export function passkeysOf(): PasskeysOf {
  return Object.assign(ceremonies, { browserHalf: browserHalf() });
}

function ceremonies(party: RelyingParty): Passkeys {
  const site = siteOf(party);
  return {
    creation: ({ accountId, email, name }, known, challenge) => ({
      rp: { id: site.id, name: site.name },
      user: { id: userHandleOf(accountId), name: email, displayName: name },
      challenge,
      pubKeyCredParams: algorithms.map((alg) => ({ type: "public-key", alg })),
      timeout,
      attestation: "none",
      excludeCredentials: known.map(({ id, transports }) => ({ type: "public-key", id, transports })),
      authenticatorSelection: {
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    }),
    async created(answer, challenge) {
      const { judgeCreation } = await import("./creation.ts");
      return await judgeCreation(site, answer, challenge);
    },
    request: (challenge) => ({
      rpId: site.id,
      challenge,
      timeout,
      allowCredentials: [],
      userVerification: "required",
    }),
    async signed(answer, challenge, passkey) {
      const { judgeSignature } = await import("./signature.ts");
      return await judgeSignature(site, answer, challenge, passkey);
    },
  };
}
