import type { Migration } from "../migration.ts";

/**
 * What the revocation feed tells, in order of time: ended lineages, revoked tokens, disabled clients, and clients that are
 * gone. A token that was revoked before this step counts as revoked now, so that no reader of the feed misses it. No column
 * that a rotation changes stands in an index.
 */
export const endings: Migration = {
  number: 4,
  name: "endings",
  statements: [
    "ALTER TABLE revoked_token ADD COLUMN revoked_at {{integer}}",
    "UPDATE revoked_token SET revoked_at = {{now}}",
    "CREATE INDEX revoked_token_by_time ON revoked_token (revoked_at, jti) WHERE revoked_at IS NOT NULL",
    "CREATE INDEX lineage_by_end ON lineage (ended_at, id) WHERE ended_at IS NOT NULL",
    "CREATE INDEX client_by_disabling ON client (disabled_at, id) WHERE disabled_at IS NOT NULL",
    `CREATE TABLE removed_client (
      id {{text}} NOT NULL PRIMARY KEY,
      removed_at {{integer}} NOT NULL
    ){{table}}`,
    "CREATE INDEX removed_client_by_time ON removed_client (removed_at, id)",
    "ALTER TABLE resource ADD COLUMN token_format {{text}}",
  ],
};
