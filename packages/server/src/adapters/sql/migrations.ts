import type { Migration } from "./migration.ts";
import { firstTables } from "./migrations/0001-first-tables.ts";
import { actingClients } from "./migrations/0002-acting-clients.ts";
import { dpop } from "./migrations/0003-dpop.ts";
import { endings } from "./migrations/0004-endings.ts";
import { deviceCodes } from "./migrations/0005-device-codes.ts";
import { people } from "./migrations/0006-people.ts";

/** Every step, in order. */
export const migrations: readonly Migration[] = [
  firstTables,
  actingClients,
  dpop,
  endings,
  deviceCodes,
  people,
];
