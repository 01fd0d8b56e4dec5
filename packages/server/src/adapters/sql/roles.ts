import type { RoleStore } from "../../ports/store.ts";
import type { Role } from "../../records/role.ts";
import { json, text } from "./codec.ts";
import { columns } from "./columns.ts";
import { change, type Database } from "./database.ts";

const role = columns<Role>({ name: text, description: text, allows: json() });

export function roles(db: Database): RoleStore {
  return {
    async put(given, seen) {
      if (seen) {
        const update = `UPDATE role SET ${role.assignments} WHERE ${role.same}`;
        return (await change(db, update, ...role.values(given), ...role.values(seen))) > 0;
      }
      const onConflict =
        seen === null
          ? "DO NOTHING"
          : "(name) DO UPDATE SET description = excluded.description, allows = excluded.allows";
      const insert = `INSERT INTO role (${role.names}) VALUES (${role.marks}) ON CONFLICT ${onConflict}`;
      return (await change(db, insert, ...role.values(given))) > 0;
    },
    async list() {
      return (await db.read(`SELECT ${role.names} FROM role ORDER BY name`)).map(role.read);
    },
    async remove(name) {
      return (await change(db, "DELETE FROM role WHERE name = ?", text.write(name))) > 0;
    },
  };
}
