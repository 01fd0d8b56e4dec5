import type { SignInRequest } from "../messages.ts";
import type { ProofKey } from "../oauth/proof-key.ts";

/**
 * A sign-in that is under way: the page goes to the issuer and back, and what must come together again waits here. It is
 * the only thing that this package keeps in a storage, and it is worth nothing without the code.
 */
export interface Transaction {
  /** RFC 6749 §10.12: random; the name of the record. */
  readonly state: string;
  /** Of the client that began it. */
  readonly client: string;
  readonly verifier: string;
  readonly nonce: string;
  readonly scope: string;
  readonly redirectUri: string;
  readonly returnTo: string;
  readonly maxAge: SignInRequest["maxAge"];
  /** Not extractable. A store of records keeps it as it is. */
  readonly key: ProofKey | undefined;
  /** Milliseconds since 1970, by this machine. */
  readonly begunAt: number;
}

const store = "transactions";
/** Milliseconds: nobody signs in for longer. */
const longest = 3_600_000;

/** Keeps one, and forgets those that nobody came back from. */
export async function keep(transaction: Transaction): Promise<void> {
  await within((records) => {
    const cursors = records.openCursor();
    cursors.onsuccess = () => {
      const cursor = cursors.result;
      if (!cursor) return;
      const age = transaction.begunAt - (cursor.value as Transaction).begunAt;
      if (Math.abs(age) > longest) cursor.delete();
      cursor.continue();
    };
    return records.put(transaction);
  });
}

/** Takes one out, at most once however many tabs ask: it is read and deleted as one. */
export async function take(state: string, client: string): Promise<Transaction | undefined> {
  const found = await within<Transaction | undefined>((records) => {
    const reading = records.get(state);
    reading.onsuccess = () => {
      if (reading.result?.client === client) records.delete(state);
    };
    return reading;
  });
  return found?.client === client ? found : undefined;
}

async function within<T>(work: (records: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await settled<IDBDatabase>(() => {
    const opening = indexedDB.open("valetkey", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(store, { keyPath: "state" });
    return opening;
  });
  try {
    const transaction = database.transaction(store, "readwrite");
    const result = work(transaction.objectStore(store));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    return result.result;
  } finally {
    database.close();
  }
}

function settled<T>(begin: () => IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = begin();
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
