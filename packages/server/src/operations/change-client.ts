import type { ClientStore } from "../ports/store.ts";
import type { Client } from "../records/client.ts";

/**
 * Reads a client, changes it and writes it; reads anew when another operator was faster, so that neither change is lost.
 * @returns what `change` gave at last; undefined when there is no such client
 */
export async function changeClient<T extends { readonly client: Client }>(
  clients: Pick<ClientStore, "find" | "replace">,
  id: string,
  change: (before: Client) => T,
): Promise<T | undefined> {
  for (;;) {
    const before = await clients.find(id);
    if (!before) return undefined;
    const changed = change(before);
    // Each refusal is another's success, so this ends.
    if (changed.client === before || (await clients.replace(changed.client, before))) return changed;
  }
}
