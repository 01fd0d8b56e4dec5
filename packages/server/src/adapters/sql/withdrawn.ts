import type { SettingStore } from "../../ports/store.ts";

/** The setting whose value, a sentence, says why nobody may work on this database. */
export const outOfService = "out-of-service";

/** The database was moved elsewhere, or a move into it is not finished. */
export class OutOfService extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "OutOfService";
  }
}

/** @throws OutOfService with the sentence that stands in the database */
export async function requireInService(settings: SettingStore): Promise<void> {
  const sentence = await settings.get(outOfService);
  if (sentence !== undefined) throw new OutOfService(sentence);
}
