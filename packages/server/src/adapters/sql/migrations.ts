import type { Migration } from "./migration.ts";
import { firstTables } from "./migrations/0001-first-tables.ts";
import { actingClients } from "./migrations/0002-acting-clients.ts";

/** Every step, in order. */
export const migrations: readonly Migration[] = [firstTables, actingClients];
