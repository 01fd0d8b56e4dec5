import type { Migration } from "../migration.ts";

/**
 * Proofs that were used (RFC 9449 §11.1), and the keys that codes, lineages and clients are bound to: the thumbprint of
 * RFC 7638, NULL for what was made before and for what is bound to none.
 */
export const dpop: Migration = {
  number: 3,
  name: "dpop",
  statements: [
    `CREATE TABLE dpop_proof (
      id_hash {{bytes}} NOT NULL PRIMARY KEY,
      expires_at {{integer}} NOT NULL
    ){{table}}`,
    "CREATE INDEX dpop_proof_by_expiry ON dpop_proof (expires_at)",
    "ALTER TABLE code ADD COLUMN jkt {{text}}",
    "ALTER TABLE lineage ADD COLUMN jkt {{text}}",
    "ALTER TABLE client ADD COLUMN bound_tokens {{integer}}",
  ],
};
