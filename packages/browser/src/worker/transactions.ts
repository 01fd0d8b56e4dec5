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
    const all = records.getAll() as IDBRequest<Transaction[]>;
    all.onsuccess = () => {
      for (const { state, begunAt } of all.result)
        if (Math.abs(transaction.begunAt - begunAt) > longest) records.delete(state);
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
  const opening = indexedDB.open("valetkey", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(store, { keyPath: "state" });
  await ended(opening, "success", "error");
  const transaction = opening.result.transaction(store, "readwrite");
  opening.result.close(); // as soon as the transaction is over
  const request = work(transaction.objectStore(store));
  await ended(transaction, "complete", "abort");
  return request.result;
}

function ended(work: IDBRequest | IDBTransaction, well: string, badly: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    work.addEventListener(well, resolve);
    work.addEventListener(badly, () => reject(work.error));
  });
}
