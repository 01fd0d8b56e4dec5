import type { Store } from "../../ports/store.ts";
import { type Database, type Statement, statement } from "../sql/database.ts";
import { sqlStore } from "../sql/store.ts";
import { aMailedProof } from "./people-records.ts";
import { aCode, aDevice, anApproval, anInteraction, aRotation, aSession, earnedBy } from "./records.ts";

/** An unspent code goes with its owner by a read of the codes that wait: they live for a minute. */
export const codesThatWait = /^DELETE FROM code WHERE (?:sid|account_id) = /;

/** What each token may write to the audit log: in no index, so that no token pays for one. */
export const eventsOfTokens = [
  "lineage.began",
  "token.issued",
  "token.exchanged",
  "refresh.repeated-late",
  "refresh.ahead-of-store",
] as const;

let commits: (readonly Statement[])[] = [];
const spy: Database = {
  read: async (sql, ...params) => {
    commits.push([statement(sql, ...params)]);
    return [];
  },
  readOne: async (sql, ...params) => {
    commits.push([statement(sql, ...params)]);
    return undefined;
  },
  commit: async (...statements) => {
    commits.push(statements);
    return { stands: true, results: statements.map(() => ({ changes: 0, rows: [] })) };
  },
  durability: async () => ({}),
  close: async () => undefined,
};
const store = sqlStore(spy);

async function statementsOf(run: () => Promise<unknown>): Promise<readonly (readonly Statement[])[]> {
  commits = [];
  await run().catch(() => undefined);
  return commits;
}

/** The texts that a verb sends to its database. */
export async function textsOf(run: (store: Store) => Promise<unknown>): Promise<readonly string[]> {
  return (await statementsOf(() => run(store))).flat().map(({ sql }) => sql);
}

const code = aCode();
const lineage = earnedBy(code);
const anInvitation = aMailedProof({ accountId: null, interactionId: null, purpose: "invitation" });

const everyWay = { password: true, email: true, passkeys: true, upstreams: ["google", "work"] };

/** The verbs that requests call, and the statements of each, one list a commit. */
export const indexedVerbs = (
  [
    ["codes.save", () => store.codes.save(code)],
    ["codes.find", () => store.codes.find(code.codeHash)],
    ["codes.redeem", () => store.codes.redeem(code.codeHash, lineage, 1_010)],
    ["deviceCodes.begin", () => store.deviceCodes.begin(aDevice())],
    ["deviceCodes.find", () => store.deviceCodes.find(code.codeHash)],
    ["deviceCodes.findByUserCode", () => store.deviceCodes.findByUserCode("BCDFGHJK")],
    ["deviceCodes.poll", () => store.deviceCodes.poll(code.codeHash, 1)],
    ["deviceCodes.approve", () => store.deviceCodes.approve(code.codeHash, anApproval(), 1)],
    ["deviceCodes.deny", () => store.deviceCodes.deny(code.codeHash, "account", 1)],
    ["deviceCodes.redeem", () => store.deviceCodes.redeem(code.codeHash, lineage, 1)],
    ["lineages.find", () => store.lineages.find(1)],
    ["lineages.listOf", () => store.lineages.listOf(1)],
    ["lineages.rotate", () => store.lineages.rotate(lineage, aRotation())],
    ["lineages.end", () => store.lineages.end(1, "revoked", 1)],
    ["lineages.endOfCode", () => store.lineages.endOfCode(code.codeHash, "code.replayed", 1)],
    ["sessions.begin", () => store.sessions.begin(aSession())],
    ["sessions.find", () => store.sessions.find(code.codeHash)],
    ["sessions.signOut", () => store.sessions.signOut(code.codeHash, "sid", "client", 1)],
    ["interactions.begin", () => store.interactions.begin(anInteraction())],
    ["interactions.finish", () => store.interactions.finish("id")],
    ["grants.findFor", () => store.grants.findFor("account", "client")],
    ["grants.listOf", () => store.grants.listOf("account")],
    ["accounts.findByEmail", () => store.accounts.findByEmail("a@b")],
    ["accessTokens.revoke", () => store.accessTokens.revoke("jti", 1, 1)],
    ["accessTokens.isRevoked", () => store.accessTokens.isRevoked("jti")],
    ["assertions.spend", () => store.assertions.spend("client", "jti", 1)],
    ["proofs.spend", () => store.proofs.spend("thumbprint", "jti", 1)],
    ...(["lineage", "token", "disabled-client", "removed-client"] as const).map(
      (kind) => [`endings.page of ${kind}`, () => store.endings.page(kind, { at: 1, id: "" }, 9)] as const,
    ),
    ["interactions.advance", () => store.interactions.advance("id", 0, {})],
    ["sessions.listOf", () => store.sessions.listOf("account")],
    ["sessions.endOf", () => store.sessions.endOf("account", "sid")],
    ["sessions.endOthers", () => store.sessions.endOthers("account", code.codeHash)],
    ["sessions.used", () => store.sessions.used(code.codeHash, 1)],
    ["accounts.setPassword", () => store.accounts.setPassword("account", null, { idHash: code.codeHash })],
    ["accounts.setEmail", () => store.accounts.setEmail("account", "a@b", "c@d")],
    ...(
      [
        { kind: "password" },
        { kind: "passkey", id: "id" },
        { kind: "upstream", upstream: "google", subject: "subject" },
      ] as const
    ).map(
      (way) =>
        [
          `accounts.takeWayIn of ${way.kind}`,
          () => store.accounts.takeWayIn("account", way, everyWay),
        ] as const,
    ),
    ["accounts.remove", () => store.accounts.remove("account", 1)],
    ["passkeys.find", () => store.passkeys.find("id")],
    ["passkeys.listOf", () => store.passkeys.listOf("account")],
    ["passkeys.used", () => store.passkeys.used("id", 1, 2, 1)],
    ["passkeys.remove", () => store.passkeys.remove("id", "account")],
    ["oneTimePasswords.use", () => store.oneTimePasswords.use("account", 1)],
    ["recoveryCodes.replace", () => store.recoveryCodes.replace("account", [code.codeHash])],
    ["recoveryCodes.left", () => store.recoveryCodes.left("account")],
    ["recoveryCodes.spend", () => store.recoveryCodes.spend("account", code.codeHash)],
    ["mailedProofs.put", () => store.mailedProofs.put(aMailedProof())],
    ["mailedProofs.put of an invitation", () => store.mailedProofs.put(anInvitation)],
    ["mailedProofs.findByLink", () => store.mailedProofs.findByLink(code.codeHash)],
    ["mailedProofs.findFor", () => store.mailedProofs.findFor("interaction", "sign-in")],
    ["mailedProofs.guess", () => store.mailedProofs.guess("id")],
    ["identities.find", () => store.identities.find("google", "subject")],
    ["identities.listOf", () => store.identities.listOf("account")],
    ["identities.used", () => store.identities.used("google", "subject", null, 1)],
    ["journal.eventsOfAccount", () => store.journal.eventsOfAccount("account", 9)],
    ["collect", () => store.collect(1, { unused: 1, events: 1 }, 500)],
  ] as const
).map(([verb, run]) => ({ verb, statements: () => statementsOf(run) }));
