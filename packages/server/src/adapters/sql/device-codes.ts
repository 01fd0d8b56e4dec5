import type { DeviceCodeStore } from "../../ports/store.ts";
import type { DeviceApproval, DeviceAuthorization } from "../../records/device-authorization.ts";
import { digest, flag, integer, json, nullable, optional, text, word } from "./codec.ts";
import { columns, one } from "./columns.ts";
import { change, type Database, required, statement } from "./database.ts";
import { consentTo } from "./grants.ts";
import { insertLineage } from "./lineages.ts";
import { isOffline } from "./offline.ts";

const approval = {
  accountId: text,
  permissions: json<DeviceApproval["permissions"]>(),
  accessEndsAt: optional(integer),
  sid: text,
  authenticatedAt: integer,
  amr: json<readonly string[]>(),
};

const approved = columns<Omit<DeviceApproval, "clientId">>(approval);

const device = columns<DeviceAuthorization>({
  ...approval,
  deviceCodeHash: digest,
  userCode: text,
  clientId: text,
  scopes: nullable(json<readonly string[]>()),
  resources: json(),
  jkt: optional(text),
  address: text,
  userAgent: text,
  pollInterval: integer,
  lastPolledAt: nullable(integer),
  decision: nullable(word()),
  accountId: nullable(text),
  grantId: nullable(integer),
  createdAt: integer,
  expiresAt: integer,
  spentAt: nullable(integer),
});

/** The interval ends to grow here, in seconds: beyond it a device would hear of its approval too late. */
const longestInterval = 60;
/** RFC 8628 §3.5: what each slow_down adds, in seconds. */
const slowDown = 5;
const hour = 3_600;
/** What is forgiven, in seconds: times are whole, and networks do not keep the distance between two requests. */
const jitter = 1;

export function deviceCodes(db: Database): DeviceCodeStore {
  const select = `SELECT ${device.names} FROM device_code`;
  const byHash = `${select} WHERE device_code_hash = ?`;
  const byUserCode = `${select} WHERE user_code = ?`;
  const undecided = "device_code_hash = ? AND decision IS NULL AND expires_at > ?";
  return {
    async begin(given) {
      const insert = `INSERT INTO device_code (${device.names}, offline) VALUES (${device.marks}, ?) ON CONFLICT DO NOTHING`;
      return (
        (await change(db, insert, ...device.values(given), flag.write(isOffline(given.permissions)))) > 0
      );
    },
    async find(deviceCodeHash) {
      return one(await db.readOne(byHash, digest.write(deviceCodeHash)), device);
    },
    async findByUserCode(userCode) {
      return one(await db.readOne(byUserCode, text.write(userCode)), device);
    },
    async poll(deviceCodeHash, at) {
      // The condition stands in the statement, so that of two questions at once one is early, whichever nodes they reach.
      const inTime = await change(
        db,
        `UPDATE device_code SET last_polled_at = ? WHERE device_code_hash = ?
         AND (last_polled_at IS NULL OR last_polled_at + poll_interval - ${jitter} <= ?)`,
        integer.write(at),
        digest.write(deviceCodeHash),
        integer.write(at),
      );
      if (inTime > 0) return "in time";
      await change(
        db,
        `UPDATE device_code SET poll_interval = poll_interval + ${slowDown}
         WHERE device_code_hash = ? AND poll_interval < ${longestInterval}`,
        digest.write(deviceCodeHash),
      );
      return "early";
    },
    async approve(deviceCodeHash, given, at) {
      const hash = digest.write(deviceCodeHash);
      const { accountId, clientId, permissions, accessEndsAt } = given;
      const { stands } = await db.commit(
        // First, so that of any number of decisions one is made, and only that one grants anything.
        required(
          `UPDATE device_code SET decision = 'approved', ${approved.assignments}, offline = ? WHERE ${undecided}`,
          ...approved.values(given),
          flag.write(isOffline(permissions)),
          hash,
          integer.write(at),
        ),
        ...consentTo(accountId, clientId, permissions, at, accessEndsAt),
        statement(
          `UPDATE device_code SET grant_id = (SELECT id FROM access_grant WHERE account_id = ? AND client_id = ?)
           WHERE device_code_hash = ?`,
          text.write(accountId),
          text.write(clientId),
          hash,
        ),
        statement(
          `UPDATE client SET last_authorized_at = ?
           WHERE id = ? AND (last_authorized_at IS NULL OR last_authorized_at <= ?)`,
          integer.write(at),
          text.write(clientId),
          integer.write(at - hour),
        ),
      );
      return stands;
    },
    async deny(deviceCodeHash, accountId, at) {
      const update = `UPDATE device_code SET decision = 'denied', account_id = ? WHERE ${undecided}`;
      const params = [text.write(accountId), digest.write(deviceCodeHash), integer.write(at)];
      return (await change(db, update, ...params)) > 0;
    },
    async redeem(deviceCodeHash, lineage, at) {
      const { stands } = await db.commit(
        required(
          "UPDATE device_code SET spent_at = ? WHERE device_code_hash = ? AND decision = 'approved' AND spent_at IS NULL",
          integer.write(at),
          digest.write(deviceCodeHash),
        ),
        insertLineage(lineage),
      );
      return stands ? "fresh" : "replayed";
    },
  };
}
