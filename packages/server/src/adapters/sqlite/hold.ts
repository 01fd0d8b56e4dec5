import { DatabaseSync } from "node:sqlite";
import { isBusy, makePrivateFile, untilFree } from "./connection.ts";

/** A claim on a store's file that the operating system takes back when the process ends, however it ends. */
export interface Hold {
  release(): void;
}

/** Somebody else uses the file, in a way that does not go together with what was asked. */
export class StoreHeld extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "StoreHeld";
  }
}

/** Taken by everyone who has the store open. @throws StoreHeld while somebody replaces the file */
export function holdTogether(path: string): Promise<Hold> {
  return hold(
    path,
    (db) => {
      db.exec("BEGIN");
      // The lock comes with the first read.
      db.prepare("SELECT count(*) FROM sqlite_schema").get();
    },
    `A restore or a move works alone on ${path}. Try again when it is done.`,
  );
}

/** Taken by who replaces the file. @throws StoreHeld while a server or a command has the store open */
export function holdAlone(path: string): Promise<Hold> {
  return hold(
    path,
    (db) => db.exec("BEGIN EXCLUSIVE"),
    `A server or another valetkey command has ${path} open. Stop it first.`,
  );
}

/**
 * SQLite's own file locks, on an empty database beside the store: they work on every system, among processes and within
 * one, and none outlives its process. The store's own file cannot serve: a restore puts another one in its place.
 */
async function hold(path: string, take: (db: DatabaseSync) => void, sentence: string): Promise<Hold> {
  const file = `${path}.lock`;
  makePrivateFile(file);
  const db = new DatabaseSync(file, { timeout: 10 });
  try {
    await untilFree(() => {
      if (db.isTransaction) db.exec("ROLLBACK");
      take(db);
    }, 500);
  } catch (error) {
    db.close();
    throw isBusy(error) ? new StoreHeld(sentence) : error;
  }
  return {
    release() {
      if (db.isOpen) db.close();
    },
  };
}
