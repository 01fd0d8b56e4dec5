import type { SettingStore } from "../../ports/store.ts";
import { text } from "./codec.ts";
import { type Database, statement } from "./database.ts";

export function settings(db: Database): SettingStore {
  const select = "SELECT value FROM setting WHERE name = ?";
  return {
    async get(name) {
      const [value] = (await db.readOne(select, text.write(name))) ?? [];
      return value === undefined ? undefined : text.read(value);
    },
    async claim(name, value) {
      const { results } = await db.commit(
        statement(
          "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
          text.write(name),
          text.write(value),
        ),
        statement(select, text.write(name)),
      );
      return text.read(results[1]?.rows[0]?.value);
    },
  };
}
