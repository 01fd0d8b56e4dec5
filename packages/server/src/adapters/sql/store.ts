import type { Store } from "../../ports/store.ts";
import { accessTokens } from "./access-tokens.ts";
import { accounts } from "./accounts.ts";
import { assertions } from "./assertions.ts";
import { clients } from "./clients.ts";
import { codes } from "./codes.ts";
import { collect } from "./collect.ts";
import type { Database } from "./database.ts";
import { deviceCodes } from "./device-codes.ts";
import { documents } from "./documents.ts";
import { endings } from "./endings.ts";
import { grants } from "./grants.ts";
import { identities } from "./identities.ts";
import { interactions } from "./interactions.ts";
import { journal } from "./journal.ts";
import { lineages } from "./lineages.ts";
import { mailedProofs } from "./mailed-proofs.ts";
import { oneTimePasswords } from "./one-time-passwords.ts";
import { passkeys } from "./passkeys.ts";
import { proofs } from "./proofs.ts";
import { recoveryCodes } from "./recovery-codes.ts";
import { resources } from "./resources.ts";
import { roles } from "./roles.ts";
import { sessions } from "./sessions.ts";
import { setUpLinks } from "./set-up-links.ts";
import { settings } from "./settings.ts";
import { signingKeys } from "./signing-keys.ts";

export interface SqlStore extends Store {
  /** The settings on which durability rests, as the running database tells them. */
  durability(): Promise<Readonly<Record<string, string>>>;
}

/**
 * The verbs, written once, on either database. They hold no state but blocks of ids: every read asks the database.
 * @param collectTogether rows of one table that `collect` may delete in one commit; all of a step when not given
 */
export function sqlStore(db: Database, collectTogether = Number.POSITIVE_INFINITY): SqlStore {
  return {
    accounts: accounts(db),
    roles: roles(db),
    sessions: sessions(db),
    passkeys: passkeys(db),
    oneTimePasswords: oneTimePasswords(db),
    recoveryCodes: recoveryCodes(db),
    mailedProofs: mailedProofs(db),
    identities: identities(db),
    clients: clients(db),
    documents: documents(db),
    resources: resources(db),
    interactions: interactions(db),
    grants: grants(db),
    codes: codes(db),
    deviceCodes: deviceCodes(db),
    lineages: lineages(db),
    accessTokens: accessTokens(db),
    endings: endings(db),
    assertions: assertions(db),
    proofs: proofs(db),
    signingKeys: signingKeys(db),
    setUpLinks: setUpLinks(db),
    journal: journal(db),
    settings: settings(db),
    async ping() {
      await db.read("SELECT count(*) AS found FROM schema_version");
    },
    collect: (now, since, limit) => collect(db, now, since, limit, collectTogether),
    durability: () => db.durability(),
    close: () => db.close(),
  };
}
