import type { Migration } from "../migration.ts";

/**
 * How people prove who they are, and how far each has come with it. The unique indexes of `mailed_proof` leave one proof of a
 * purpose to an interaction, and of those that stand alone one to an account, or to an address without one. What a person may read of their account has
 * an index that leaves out what each token writes.
 */
export const people: Migration = {
  number: 6,
  name: "people",
  statements: [
    "ALTER TABLE account ADD COLUMN locale {{text}}",
    "ALTER TABLE session ADD COLUMN address {{text}} NOT NULL DEFAULT ''",
    "ALTER TABLE session ADD COLUMN last_used_at {{integer}} NOT NULL DEFAULT 0",
    "UPDATE session SET last_used_at = created_at",
    "ALTER TABLE interaction ADD COLUMN progress {{text}} NOT NULL DEFAULT '{}'",
    "ALTER TABLE interaction ADD COLUMN version {{integer}} NOT NULL DEFAULT 0",
    "ALTER TABLE permission ADD COLUMN ends_at {{integer}}",
    "ALTER TABLE code ADD COLUMN access_ends_at {{integer}}",
    "ALTER TABLE device_code ADD COLUMN access_ends_at {{integer}}",
    `CREATE TABLE passkey (
      id {{text}} NOT NULL PRIMARY KEY,
      account_id {{text}} NOT NULL,
      public_key {{text}} NOT NULL,
      counter {{integer}} NOT NULL,
      transports {{text}} NOT NULL,
      name {{text}} NOT NULL,
      aaguid {{text}} NOT NULL,
      is_synced {{integer}} NOT NULL,
      created_at {{integer}} NOT NULL,
      last_used_at {{integer}}
    ){{table}}`,
    "CREATE INDEX passkey_by_account ON passkey (account_id)",
    `CREATE TABLE one_time_password (
      account_id {{text}} NOT NULL PRIMARY KEY,
      sealed_secret {{text}} NOT NULL,
      key_id {{text}} NOT NULL,
      last_step {{integer}} NOT NULL,
      created_at {{integer}} NOT NULL
    ){{table}}`,
    `CREATE TABLE recovery_code (
      account_id {{text}} NOT NULL,
      code_hash {{bytes}} NOT NULL,
      PRIMARY KEY (account_id, code_hash)
    ){{table}}`,
    `CREATE TABLE mailed_proof (
      id {{text}} NOT NULL PRIMARY KEY,
      purpose {{text}} NOT NULL,
      email {{text}} NOT NULL,
      account_id {{text}},
      interaction_id {{text}},
      link_hash {{bytes}} UNIQUE,
      code_mac {{text}},
      guesses_left {{integer}} NOT NULL,
      details {{text}} NOT NULL,
      created_at {{integer}} NOT NULL,
      expires_at {{integer}} NOT NULL
    ){{table}}`,
    "CREATE UNIQUE INDEX mailed_proof_by_interaction ON mailed_proof (interaction_id, purpose)",
    `CREATE UNIQUE INDEX mailed_proof_by_account ON mailed_proof (account_id, purpose)
      WHERE interaction_id IS NULL`,
    "CREATE INDEX mailed_proof_of_account ON mailed_proof (account_id)",
    `CREATE UNIQUE INDEX mailed_proof_by_email ON mailed_proof (email, purpose)
      WHERE account_id IS NULL AND interaction_id IS NULL`,
    "CREATE INDEX mailed_proof_by_expiry ON mailed_proof (expires_at)",
    `CREATE TABLE upstream_identity (
      upstream {{text}} NOT NULL,
      subject {{text}} NOT NULL,
      account_id {{text}} NOT NULL,
      email {{text}},
      created_at {{integer}} NOT NULL,
      last_used_at {{integer}},
      PRIMARY KEY (upstream, subject)
    ){{table}}`,
    "CREATE INDEX upstream_identity_by_account ON upstream_identity (account_id)",
    `CREATE INDEX audit_event_of_account ON audit_event (account_id, number)
      WHERE account_id IS NOT NULL AND what NOT IN
        ('lineage.began', 'token.issued', 'token.exchanged', 'refresh.repeated-late', 'refresh.ahead-of-store')`,
  ],
};
