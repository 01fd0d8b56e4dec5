import type { Migration } from "../migration.ts";

/** Where the operator lets a client act for others (RFC 8693). NULL, of every client made before: nowhere. */
export const actingClients: Migration = {
  number: 2,
  name: "acting-clients",
  statements: ["ALTER TABLE client ADD COLUMN acts_at {{text}}"],
};
