import type { Migration } from "./migration.ts";
import { firstTables } from "./migrations/0001-first-tables.ts";

/** Every step, in order. */
export const migrations: readonly Migration[] = [firstTables];
