import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

interface Payload {
  readonly grantId?: string;
  readonly uid?: string;
  readonly userCode?: string;
  consumed?: number;
}

/** The memory adapter of oidc-provider forgets beyond 1,000 entries; this one keeps everything. */
export function mapAdapter() {
  const models = new Map<string, Map<string, { payload: Payload; expiresAt: number }>>();
  const byGrant = new Map<string, Set<string>>();

  return class MapAdapter {
    readonly model: Map<string, { payload: Payload; expiresAt: number }>;
    readonly name: string;

    constructor(name: string) {
      this.name = name;
      const held = models.get(name) ?? new Map();
      models.set(name, held);
      this.model = held;
    }

    async upsert(id: string, payload: Payload, expiresIn?: number): Promise<void> {
      const seconds = expiresIn === undefined ? Number.POSITIVE_INFINITY : expiresIn * 1000;
      this.model.set(id, { payload, expiresAt: Date.now() + seconds });
      if (payload.grantId === undefined) return;
      const ids = byGrant.get(payload.grantId) ?? new Set();
      byGrant.set(payload.grantId, ids.add(`${this.name}:${id}`));
    }

    async find(id: string): Promise<Payload | undefined> {
      const row = this.model.get(id);
      return row && row.expiresAt > Date.now() ? row.payload : undefined;
    }

    async findByUid(uid: string): Promise<Payload | undefined> {
      return this.#first((payload) => payload.uid === uid);
    }

    async findByUserCode(userCode: string): Promise<Payload | undefined> {
      return this.#first((payload) => payload.userCode === userCode);
    }

    async consume(id: string): Promise<void> {
      const row = this.model.get(id);
      if (row) row.payload.consumed = Math.floor(Date.now() / 1000);
    }

    async destroy(id: string): Promise<void> {
      this.model.delete(id);
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      for (const name of byGrant.get(grantId) ?? []) {
        const colon = name.indexOf(":");
        models.get(name.slice(0, colon))?.delete(name.slice(colon + 1));
      }
      byGrant.delete(grantId);
    }

    #first(fits: (payload: Payload) => boolean): Payload | undefined {
      for (const { payload } of this.model.values()) if (fits(payload)) return payload;
      return undefined;
    }
  };
}

/** As an operator would write it: prepared statements, a write-ahead log, an answer only after the write is on disk. */
export function sqliteAdapter(folder: string) {
  const db = new DatabaseSync(join(folder, "oidc-provider.sqlite"));
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  db.exec(`CREATE TABLE entry (model TEXT, id TEXT, payload TEXT, grant_id TEXT, uid TEXT, user_code TEXT,
    expires_at INTEGER, PRIMARY KEY (model, id)) WITHOUT ROWID;
    CREATE INDEX entry_grant ON entry (grant_id) WHERE grant_id IS NOT NULL;
    CREATE INDEX entry_uid ON entry (uid) WHERE uid IS NOT NULL;
    CREATE INDEX entry_user_code ON entry (user_code) WHERE user_code IS NOT NULL`);
  const put = db.prepare("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)");
  const find = db.prepare("SELECT payload FROM entry WHERE model = ? AND id = ? AND expires_at > ?");
  const findByUid = db.prepare("SELECT payload FROM entry WHERE uid = ? AND model = ?");
  const findByUserCode = db.prepare("SELECT payload FROM entry WHERE user_code = ? AND model = ?");
  const consume = db.prepare(
    "UPDATE entry SET payload = json_set(payload, '$.consumed', ?) WHERE model = ? AND id = ?",
  );
  const destroy = db.prepare("DELETE FROM entry WHERE model = ? AND id = ?");
  const revoke = db.prepare("DELETE FROM entry WHERE grant_id = ?");
  const seconds = () => Math.floor(Date.now() / 1000);
  const read = (row: Record<string, unknown> | undefined) => row && JSON.parse(String(row.payload));

  return class SqliteAdapter {
    readonly name: string;

    constructor(name: string) {
      this.name = name;
    }

    async upsert(id: string, payload: Payload, expiresIn?: number): Promise<void> {
      const { grantId = null, uid = null, userCode = null } = payload;
      const expiresAt = expiresIn === undefined ? Number.MAX_SAFE_INTEGER : seconds() + expiresIn;
      put.run(this.name, id, JSON.stringify(payload), grantId, uid, userCode, expiresAt);
    }

    async find(id: string): Promise<Payload | undefined> {
      return read(find.get(this.name, id, seconds()));
    }

    async findByUid(uid: string): Promise<Payload | undefined> {
      return read(findByUid.get(uid, this.name));
    }

    async findByUserCode(userCode: string): Promise<Payload | undefined> {
      return read(findByUserCode.get(userCode, this.name));
    }

    async consume(id: string): Promise<void> {
      consume.run(seconds(), this.name, id);
    }

    async destroy(id: string): Promise<void> {
      destroy.run(this.name, id);
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      revoke.run(grantId);
    }
  };
}
