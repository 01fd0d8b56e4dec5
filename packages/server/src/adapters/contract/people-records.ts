import type { MailedProof } from "../../records/mailed-proof.ts";
import type { OneTimePassword } from "../../records/one-time-password.ts";
import type { Passkey } from "../../records/passkey.ts";
import type { UpstreamIdentity } from "../../records/upstream-identity.ts";
import { aHash, fresh } from "./records.ts";

/** What an account has, each with ids of its own. */

export function aPasskey(given: Partial<Passkey> = {}): Passkey {
  return {
    id: fresh("pk_"),
    accountId: fresh("acc_"),
    publicKey: "pQECAyYgASFYIA",
    counter: 3,
    transports: ["internal", "hybrid"],
    name: "Phone",
    aaguid: "00000000-0000-0000-0000-000000000000",
    isSynced: true,
    createdAt: 1_000,
    lastUsedAt: null,
    ...given,
  };
}

export function aOneTimePassword(given: Partial<OneTimePassword> = {}): OneTimePassword {
  return {
    accountId: fresh("acc_"),
    sealedSecret: "c2VhbGVk",
    keyId: "ring-1",
    lastStep: 33,
    createdAt: 1_000,
    ...given,
  };
}

export function aMailedProof(given: Partial<MailedProof> = {}): MailedProof {
  return {
    id: fresh("mail_"),
    purpose: "sign-in",
    email: `${fresh("").toLowerCase()}@example.com`,
    accountId: fresh("acc_"),
    interactionId: fresh("int_"),
    linkHash: aHash(),
    codeMac: "bWFj",
    guessesLeft: 5,
    details: { name: "Ada", roles: ["trainer"] },
    createdAt: 1_000,
    expiresAt: 1_600,
    ...given,
  };
}

export function anIdentity(given: Partial<UpstreamIdentity> = {}): UpstreamIdentity {
  return {
    upstream: "google",
    subject: fresh("sub_"),
    accountId: fresh("acc_"),
    email: "ada@example.com",
    createdAt: 1_000,
    lastUsedAt: null,
    ...given,
  };
}
