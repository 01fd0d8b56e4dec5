import type { Account } from "../records/account.ts";
import type { Instant } from "../records/instant.ts";
import type { MailedProof, MailedPurpose } from "../records/mailed-proof.ts";
import type { OneTimePassword } from "../records/one-time-password.ts";
import type { Passkey } from "../records/passkey.ts";
import type { Session } from "../records/session.ts";
import type { UpstreamIdentity } from "../records/upstream-identity.ts";
import type { CountedWays, TakenWay } from "../records/way-in.ts";

// What is remembered of a person and of how they prove who they are. The same law as for every verb: store.ts.

export interface AccountStore {
  /** False when the email or id is taken, or the subject of `identity`, its own: both are kept in one commit, or neither. */
  add(account: Account, identity?: UpstreamIdentity): Promise<boolean>;
  find(id: string): Promise<Account | undefined>;
  findByEmail(email: string): Promise<Account | undefined>;
  /** In order of creation. */
  list(): Promise<readonly Account[]>;
  /**
   * False when there is no such account. Null takes the password away. Ends its sessions but those that are kept ("none"
   * when absent), and the proofs that were mailed for it, so that no older link sets another password.
   */
  setPassword(id: string, passwordHash: string | null, kept?: KeptSessions): Promise<boolean>;
  /** Sets name and language; false when there is no such account. */
  setProfile(id: string, profile: Pick<Account, "name" | "locale">): Promise<boolean>;
  /**
   * Sets a proven address if the account's is still `seen`; false when another account has it, or the account changed
   * meanwhile. What was mailed to the old address is worth nothing then.
   */
  setEmail(id: string, email: string, seen: string): Promise<boolean>;
  /** Notes that the person reads the mail of `email`, if that is still their address. */
  verifyEmail(id: string, email: string): Promise<boolean>;
  /**
   * Takes one way in away; a password with the proofs that were mailed. False, and nothing taken, when the account has no
   * such way, or no other one that counts is left while this one does: of two that are taken at once one stays.
   */
  takeWayIn(id: string, way: TakenWay, counted: CountedWays): Promise<boolean>;
  /**
   * Removes the account with its sessions, passkeys, second factors, identities, mailed proofs, codes and grants, and ends
   * its lineages, in one commit; false when there is none. Audit events stay, and so do ended lineages and spent codes until
   * they are collected, so that the revocation feed tells of the ones and a replay of the others is recognised.
   */
  remove(id: string, at: Instant): Promise<boolean>;
  /** With `seen` only while the roles are still those: false too when they changed since they were read. */
  setRoles(id: string, roles: readonly string[], seen?: readonly string[]): Promise<boolean>;
  /**
   * Disables (or enables, with null); disabling ends sessions, codes that wait, and lineages in the same commit. False
   * when there is no such account.
   */
  setDisabled(id: string, at: Instant | null): Promise<boolean>;
}

/** Which sessions a new password leaves: none, all, or the one with this `idHash`. */
export type KeptSessions = "none" | "all" | { readonly idHash: string };

export interface SessionStore {
  begin(session: Session): Promise<void>;
  find(idHash: string): Promise<Session | undefined>;
  end(idHash: string): Promise<void>;
  /**
   * Ends the session, and in the same commit the lineages that `clientId` (when given) began in it, if the person did
   * not grant them `offline_access`: an agent that was let in for longer outlives the browser's session. Codes that wait
   * go like lineages. With null no lineage ends.
   */
  signOut(idHash: string, sid: string, clientId: string | null, at: Instant): Promise<void>;
  /** The newest use first; those that expired may be among them. */
  listOf(accountId: string): Promise<readonly Session[]>;
  /** Ends the session with this `sid`, if it is the account's own. */
  endOf(accountId: string, sid: string): Promise<boolean>;
  /** Ends all sessions of the account but the one that is kept. @returns how many */
  endOthers(accountId: string, keep: string | null): Promise<number>;
  /** Notes a use, if none is noted that was later. */
  used(idHash: string, at: Instant): Promise<void>;
}

export interface PasskeyStore {
  /** False when the credential id is taken, by whomever. */
  add(passkey: Passkey): Promise<boolean>;
  find(id: string): Promise<Passkey | undefined>;
  /** In order of creation. */
  listOf(accountId: string): Promise<readonly Passkey[]>;
  /** False when the account has no such passkey. */
  rename(id: string, accountId: string, name: string): Promise<boolean>;
  /** Notes a use, if the counter is still `seen`: of two uses of one signature count at once one sees true. */
  used(id: string, seen: number, counter: number, at: Instant): Promise<boolean>;
  /** False when the account has no such passkey. */
  remove(id: string, accountId: string): Promise<boolean>;
}

export interface OneTimePasswordStore {
  find(accountId: string): Promise<OneTimePassword | undefined>;
  /** False when the account has one. */
  add(secret: OneTimePassword): Promise<boolean>;
  /**
   * Spends a time step and all before it; true for exactly one of any number of concurrent calls. With `resealed` the secret
   * stands sealed by another key from then on, so that an old key may leave the ring.
   */
  use(
    accountId: string,
    step: number,
    resealed?: Pick<OneTimePassword, "sealedSecret" | "keyId">,
  ): Promise<boolean>;
  /** Removes it, and the recovery codes with it when `withCodes`; false when there is none. */
  remove(accountId: string, withCodes: boolean): Promise<boolean>;
  /**
   * The ids of the ring keys that seal secrets, sorted. A key that is among them may not leave the ring. Reads every secret:
   * for an operator's tool, not for a request.
   */
  keyIds(): Promise<readonly string[]>;
}

export interface RecoveryCodeStore {
  /** Puts these in the place of all there were, if there is such an account. Each is SHA-256, hexadecimal. */
  replace(accountId: string, codeHashes: readonly string[]): Promise<void>;
  left(accountId: string): Promise<number>;
  /** True for exactly one of any number of concurrent calls; the code is gone then. */
  spend(accountId: string, codeHash: string): Promise<boolean>;
}

export interface MailedProofStore {
  /**
   * Keeps a proof in the place of an earlier one of the same interaction and purpose; and one that stands alone in the place
   * of an earlier one that stands alone, of the same account, or address where there is none, and purpose. Of concurrent
   * calls one proof stays. What a stranger asks for in a browser of theirs takes nothing from the person.
   */
  put(proof: MailedProof): Promise<void>;
  findByLink(linkHash: string): Promise<MailedProof | undefined>;
  findFor(interactionId: string, purpose: MailedPurpose): Promise<MailedProof | undefined>;
  /** Takes one guess away before it is judged; false when none is left or the proof is gone. */
  guess(id: string): Promise<boolean>;
  /** True for exactly one of any number of concurrent calls; the proof is gone then. */
  spend(id: string): Promise<boolean>;
  /** Spends the proof and adds the account, or does neither: "taken" when its email or id is. */
  redeem(id: string, account: Account): Promise<"fresh" | "spent" | "taken">;
}

export interface IdentityStore {
  /** False when the upstream's subject is linked, to whomever. */
  add(identity: UpstreamIdentity): Promise<boolean>;
  find(upstream: string, subject: string): Promise<UpstreamIdentity | undefined>;
  /** In order of creation. */
  listOf(accountId: string): Promise<readonly UpstreamIdentity[]>;
  /** Notes a sign-in, and the address that the upstream says now. */
  used(upstream: string, subject: string, email: string | null, at: Instant): Promise<void>;
  /** False when the account has no such identity. */
  remove(upstream: string, subject: string, accountId: string): Promise<boolean>;
}
