import type pg from "pg";

export interface Durability extends Readonly<Record<string, string>> {
  readonly fsync: string;
  readonly synchronous_commit: string;
  /** Empty when no standby must have a write before it is answered. */
  readonly synchronous_standby_names: string;
}

/** PostgreSQL would answer before a write is on disk. */
export class DurabilityOff extends Error {
  readonly setting: string;

  constructor(setting: string, remedy: string) {
    super(
      `PostgreSQL runs with ${setting} = off, so that a crash could undo what was already answered: ` +
        `a spent code would be good again, a revoked token too. ${remedy}`,
    );
    this.name = "DurabilityOff";
    this.setting = setting;
  }
}

export async function readDurability(client: pg.Client | pg.Pool): Promise<Durability> {
  const { rows } = await client.query<Durability>(
    `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous_commit,
       current_setting('synchronous_standby_names') AS synchronous_standby_names`,
  );
  if (!rows[0]) throw new Error("PostgreSQL did not tell its settings");
  return { ...rows[0] };
}

/** @throws DurabilityOff with what to change */
export function requireDurable({ fsync, synchronous_commit }: Durability): void {
  if (fsync === "off") {
    throw new DurabilityOff(
      "fsync",
      "Change it with ALTER SYSTEM SET fsync = on; SELECT pg_reload_conf(); and start Valetkey again.",
    );
  }
  if (synchronous_commit === "off") {
    throw new DurabilityOff(
      "synchronous_commit",
      "Find where it is set (postgresql.conf, ALTER DATABASE, ALTER ROLE, or options in the URL) and change it, " +
        "for instance with ALTER SYSTEM SET synchronous_commit = on; SELECT pg_reload_conf(); then start Valetkey again.",
    );
  }
}

/** What a failover can lose, as a sentence for the operator; undefined when a standby confirms each write. */
export function failoverWarning({
  synchronous_commit,
  synchronous_standby_names,
}: Durability): string | undefined {
  const waits = synchronous_standby_names !== "" && synchronous_commit !== "local";
  if (waits) return undefined;
  return (
    "No synchronous standby confirms writes (synchronous_standby_names is empty, or synchronous_commit is local): " +
    "a failover can lose the last writes that were answered, revocations and spent codes among them."
  );
}
