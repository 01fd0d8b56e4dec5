import { type Database, statement } from "./database.ts";

const size = 200;

/**
 * Numbers that no other call on any node has had or will have, reserved in blocks and handed out from memory; callers that
 * wait share one reservation. A crash wastes what was left of a block.
 */
export function idBlocks(db: Database, name: string): () => Promise<number> {
  let next = 0;
  let end = 0;
  let reserving: Promise<void> | undefined;

  async function reserve(): Promise<void> {
    try {
      const { results } = await db.commit(
        statement("UPDATE id_block SET next = next + ? WHERE name = ? RETURNING next", size, name),
      );
      end = Number(results[0]?.rows[0]?.next);
      if (!Number.isSafeInteger(end)) throw new Error(`the database has no block of ids named ${name}`);
      next = end - size;
    } finally {
      reserving = undefined;
    }
  }

  return async () => {
    while (next >= end) {
      reserving ??= reserve();
      await reserving;
    }
    return next++;
  };
}
