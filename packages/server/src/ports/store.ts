import type { Account } from "../records/account.ts";
import type { AuditEvent } from "../records/audit-event.ts";
import type { AuthorizationCode } from "../records/authorization-code.ts";
import type { Client } from "../records/client.ts";
import type { ClientDocument } from "../records/client-document.ts";
import type { DeviceApproval, DeviceAuthorization } from "../records/device-authorization.ts";
import type { Ending, EndingKind } from "../records/ending.ts";
import type { Grant, Permission } from "../records/grant.ts";
import type { Instant } from "../records/instant.ts";
import type { Interaction, SignInProgress } from "../records/interaction.ts";
import type { Lineage, LineageEnd, Rotation } from "../records/lineage.ts";
import type { Resource } from "../records/resource.ts";
import type { Role } from "../records/role.ts";
import type { SetUpLink } from "../records/set-up-link.ts";
import type { SigningKey } from "../records/signing-key.ts";
import type { TraceStep } from "../records/trace-step.ts";
import type {
  AccountStore,
  IdentityStore,
  MailedProofStore,
  OneTimePasswordStore,
  PasskeyStore,
  RecoveryCodeStore,
  SessionStore,
} from "./people-store.ts";

export type * from "./people-store.ts";

/**
 * What the protocol asks of a database. Each verb is whole: it happens entirely and durably before its promise resolves,
 * or not at all; of concurrent calls the database lets exactly one win. Nothing is held open between verbs.
 */
export interface Store {
  readonly accounts: AccountStore;
  readonly roles: RoleStore;
  readonly sessions: SessionStore;
  readonly passkeys: PasskeyStore;
  readonly oneTimePasswords: OneTimePasswordStore;
  readonly recoveryCodes: RecoveryCodeStore;
  readonly mailedProofs: MailedProofStore;
  readonly identities: IdentityStore;
  readonly clients: ClientStore;
  readonly documents: ClientDocumentStore;
  readonly resources: ResourceStore;
  readonly interactions: InteractionStore;
  readonly grants: GrantStore;
  readonly codes: CodeStore;
  readonly deviceCodes: DeviceCodeStore;
  readonly lineages: LineageStore;
  readonly accessTokens: AccessTokenStore;
  readonly endings: EndingStore;
  readonly assertions: AssertionStore;
  readonly proofs: ProofStore;
  readonly signingKeys: SigningKeyStore;
  readonly setUpLinks: SetUpLinkStore;
  readonly journal: JournalStore;
  readonly settings: SettingStore;
  /** Resolves when the database answers; rejects when it does not. For /readyz. */
  ping(): Promise<void>;
  /**
   * Deletes what expired before `now`, at most `limit` rows a table a call, so that no request waits long.
   * Self-registered clients made before `since.unused` that no person ever authorized go too, and no others; and documents
   * fetched before it of clients without a grant. Audit events of before `since.events` go but for the newest one. An
   * ended lineage stays until its absolute end, and as long as access tokens may live.
   * @returns the number of rows deleted; call again while it is `limit` or more
   */
  collect(now: Instant, since: Since, limit: number): Promise<number>;
  close(): Promise<void>;
}

/** How far back that is kept which has no end of its own. */
export interface Since {
  /** Clients and documents that nobody uses. */
  readonly unused: Instant;
  /** Audit events. */
  readonly events: Instant;
}

export interface RoleStore {
  /**
   * Adds or replaces. With `seen` only if the role is still as it was read, with null only if there is none: false, and
   * nothing changed, when another was faster.
   */
  put(role: Role, seen?: Role | null): Promise<boolean>;
  list(): Promise<readonly Role[]>;
  remove(name: string): Promise<boolean>;
}

export interface ClientStore {
  /** False when the id is taken. */
  add(client: Client): Promise<boolean>;
  find(id: string): Promise<Client | undefined>;
  list(): Promise<readonly Client[]>;
  /**
   * Replaces all but id, kind, creation and last authorization; false when there is no such client. With `seen` only if
   * what it would replace is still as it was read: false, and nothing changed, when another was faster.
   */
  replace(client: Client, seen?: Client): Promise<boolean>;
  /** Removes the client with its codes and grants and ends its lineages in one commit; false when there is no such client. */
  remove(id: string, at: Instant): Promise<boolean>;
}

export interface ClientDocumentStore {
  put(document: ClientDocument): Promise<void>;
  find(url: string): Promise<ClientDocument | undefined>;
}

export interface ResourceStore {
  /** False when the identifier is taken. */
  add(resource: Resource): Promise<boolean>;
  find(identifier: string): Promise<Resource | undefined>;
  list(): Promise<readonly Resource[]>;
  /** False when there is no such resource, and with `seen` when it is no longer as it was read. */
  replace(resource: Resource, seen?: Resource): Promise<boolean>;
  remove(identifier: string): Promise<boolean>;
}

export interface InteractionStore {
  begin(interaction: Interaction): Promise<void>;
  find(id: string): Promise<Interaction | undefined>;
  /** Notes that the person signed in for it, and forgets how. */
  signedIn(id: string, at: Instant): Promise<void>;
  /** Puts `progress` in the place of the version that was seen; false when another step was faster. */
  advance(id: string, seen: number, progress: SignInProgress): Promise<boolean>;
  /** Spends the interaction, which is gone then; true for exactly one of any number of concurrent calls. */
  finish(id: string): Promise<boolean>;
}

export interface GrantStore {
  find(id: number): Promise<Grant | undefined>;
  findFor(accountId: string, clientId: string): Promise<Grant | undefined>;
  listOf(accountId: string): Promise<readonly Grant[]>;
  /** A page in order of id. Looks along the key: for an operator's tool, not for a request. */
  page(page: GrantPage): Promise<readonly Grant[]>;
  /**
   * Records consent: makes the grant of account and client, or joins `permissions` into the one that stands
   * (union of scopes by resource). Concurrent calls lose nothing. Permissions and scopes come back sorted. These
   * permissions are remembered until `endsAt`, without it until the grant ends, whatever was said of them before.
   */
  consent(
    accountId: string,
    clientId: string,
    permissions: readonly Permission[],
    at: Instant,
    endsAt?: Instant,
  ): Promise<Grant>;
  /** Removes the grant with its unspent codes and ends its lineages in one commit; false when there is none. */
  end(id: number, at: Instant): Promise<boolean>;
}

/** Which grants, and how many of them: those whose id is greater than `after`, 0 for the first page. */
export interface GrantPage {
  readonly accountId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly after: number;
  readonly limit: number;
}

export interface CodeStore {
  /** Keeps a code, and notes on its client, to the hour, that a person authorized it, in one commit. */
  save(code: AuthorizationCode): Promise<void>;
  find(codeHash: string): Promise<AuthorizationCode | undefined>;
  /**
   * Spends a code and begins its lineage, or does neither. Of any number of concurrent calls for one code, one sees "fresh".
   * The code stays on record, spent, until it expires: a replay must be recognised, not forgotten.
   */
  redeem(codeHash: string, lineage: Lineage, at: Instant): Promise<"fresh" | "replayed">;
}

export interface DeviceCodeStore {
  /** False when the device code or the user code is taken. */
  begin(device: DeviceAuthorization): Promise<boolean>;
  find(deviceCodeHash: string): Promise<DeviceAuthorization | undefined>;
  findByUserCode(userCode: string): Promise<DeviceAuthorization | undefined>;
  /**
   * Notes that the device asked. "early" when it did so before its interval was over, which then grows: RFC 8628 §3.5. Of
   * two questions at once one is early.
   */
  poll(deviceCodeHash: string, at: Instant): Promise<"in time" | "early">;
  /**
   * Records consent as `grants.consent` does, and the decision, in one commit. False, and nothing granted, when it was
   * decided before or has expired: of any number of decisions one is made.
   */
  approve(deviceCodeHash: string, approval: DeviceApproval, at: Instant): Promise<boolean>;
  /** False when it was decided before or has expired. */
  deny(deviceCodeHash: string, accountId: string, at: Instant): Promise<boolean>;
  /**
   * Spends an approved code and begins its lineage, or does neither. Of any number of concurrent calls for one code, one
   * sees "fresh". The code stays on record, spent, until it expires.
   */
  redeem(deviceCodeHash: string, lineage: Lineage, at: Instant): Promise<"fresh" | "replayed">;
}

export interface LineageStore {
  /** A number that no other call on any node has had or will have; grows roughly with time. */
  nextId(): Promise<number>;
  find(id: number): Promise<Lineage | undefined>;
  listOf(grantId: number): Promise<readonly Lineage[]>;
  /**
   * Moves the row on if it still stands as `seen` read it (generation and late answers) and is not ended. One of any
   * number of racers sees true.
   */
  rotate(seen: Pick<Lineage, "id" | "generation" | "lateAnswers">, rotation: Rotation): Promise<boolean>;
  /** Ends one lineage; false when it was ended before. */
  end(id: number, reason: LineageEnd, at: Instant): Promise<boolean>;
  /** Ends what a code earned: OAuth 2.1 §4.1.3. @returns how many lineages ended */
  endOfCode(codeHash: string, reason: LineageEnd, at: Instant): Promise<number>;
  /**
   * The ids of the proof keys that lineages alive at `now` name, sorted. A key that is not among them and makes nothing
   * new may leave the ring. Reads every lineage: for an operator's tool, not for a request.
   */
  liveKeyIds(now: Instant): Promise<readonly string[]>;
}

export interface AccessTokenStore {
  /** Remembers a revoked token until it would have expired. */
  revoke(jti: string, expiresAt: Instant, at: Instant): Promise<void>;
  isRevoked(jti: string): Promise<boolean>;
}

export interface EndingStore {
  /**
   * Endings of one kind in order of time and id: those behind `from`, where an empty id is before all of that second.
   * What ended is told as long as an access token may live, a day at most. A client that is enabled again is not told.
   */
  page(kind: EndingKind, from: Pick<Ending, "at" | "id">, limit: number): Promise<readonly Ending[]>;
}

export interface AssertionStore {
  /** Spends a jti of a client; "fresh" for exactly one of any number of concurrent calls, until it expires. */
  spend(clientId: string, jti: string, expiresAt: Instant): Promise<"fresh" | "replayed">;
}

export interface ProofStore {
  /**
   * Spends a proof of possession by the key with the thumbprint `jkt` (RFC 9449 §11.1); "fresh" for exactly one of any
   * number of concurrent calls on all nodes, until it expires.
   */
  spend(jkt: string, jti: string, expiresAt: Instant): Promise<"fresh" | "replayed">;
}

export interface SigningKeyStore {
  list(): Promise<readonly SigningKey[]>;
  /** Adds a key unless another node added one since the caller saw `seen` keys; false then. */
  add(key: SigningKey, seen: number): Promise<boolean>;
  retire(kid: string, at: Instant, removeAt: Instant): Promise<void>;
}

export interface SetUpLinkStore {
  put(link: SetUpLink): Promise<void>;
  find(hash: string): Promise<SetUpLink | undefined>;
  /** Spends the link and adds the account, or does neither. "spent" also when it expired at or before `at`, or never was. */
  redeem(hash: string, account: Account, at: Instant): Promise<"fresh" | "spent" | "taken">;
}

export interface JournalStore {
  append(events: readonly AuditEvent[], steps: readonly TraceStep[]): Promise<void>;
  /** Newest first. */
  events(limit: number): Promise<readonly AuditEvent[]>;
  /** Newest first: what a person would want to know of their account, without what each token does. */
  eventsOfAccount(accountId: string, limit: number): Promise<readonly AuditEvent[]>;
  /** Newest first, those of one grant and its lineages. Reads every event: for an operator's tool, not for a request. */
  eventsOfGrant(grantId: number, limit: number): Promise<readonly AuditEvent[]>;
  /** Newest first. */
  steps(limit: number): Promise<readonly TraceStep[]>;
  /** Keeps the newest `keep` trace steps. */
  trimSteps(keep: number): Promise<void>;
}

export interface SettingStore {
  get(name: string): Promise<string | undefined>;
  /** Sets the value unless one stands; returns the one that stands then. */
  claim(name: string, value: string): Promise<string>;
}

/** The database did not answer: the edge says 503 and the caller may try again; nothing is half done. */
export class StoreUnavailable extends Error {
  constructor(cause: unknown) {
    super("The database does not answer.", { cause });
    this.name = "StoreUnavailable";
  }
}
