import type { LoginStore, Slot } from "./store.ts";

/** For one process and until it ends: containers, tests. Values are copied as JSON, as a file would. */
export function memoryStore(): LoginStore {
  const entries = new Map<string, string>();
  const queues = new Map<string, Promise<unknown>>();
  const read = async (name: string): Promise<unknown> => {
    const text = entries.get(name);
    return text === undefined ? undefined : JSON.parse(text);
  };
  const slotOf = (name: string): Slot => ({
    read: () => read(name),
    async write(value) {
      entries.set(name, JSON.stringify(value));
      return { isSealed: false, says: "It is kept in the memory of this process." };
    },
    async remove() {
      entries.delete(name);
    },
  });
  return {
    read,
    names: async () => [...entries.keys()],
    async exclusively(name, work) {
      const before = queues.get(name) ?? Promise.resolve();
      const own = before.then(() => work(slotOf(name)));
      queues.set(
        name,
        own.catch(() => undefined),
      );
      return await own;
    },
  };
}
