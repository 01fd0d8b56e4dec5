import type { Store } from "../ports/store.ts";
import type { Grant } from "../records/grant.ts";
import { chosenStore, storeOptions, withStore } from "./chosen-store.ts";
import type { Command } from "./command.ts";
import type { Given } from "./given.ts";
import { grantFacts, lastUsedAt, type ToldGrant } from "./grant-facts.ts";
import { accountIdOf } from "./grant-filter.ts";
import { isAlive } from "./lineage-facts.ts";
import { jsonOption, say } from "./output.ts";
import { listOf } from "./table.ts";
import { moment } from "./wording.ts";

const usualLimit = 100;

export const grantsList: Command = {
  name: "grants list",
  summary: "List what people granted: who, to which client, on how many devices, last used when",
  options: {
    account: { value: "EMAIL", says: "Only those of this account", example: "ada@example.com" },
    client: { value: "ID", says: "Only those of this client", example: "calendar" },
    limit: { value: "N", says: `How many (default: ${usualLimit})`, example: "20" },
    after: { value: "ID", says: "Go on behind this grant: the last one of the page before", example: "120" },
    ...jsonOption,
    ...storeOptions,
  },
  notes: [
    "A device is one client instance under a grant: a lineage of refresh tokens, valetkey grants show.",
  ],
  examples: ["grants list", "grants list --account ada@example.com", "grants list --client calendar --json"],
  async read(given, io) {
    const limit = numberOf(given, "limit") ?? usualLimit;
    const after = numberOf(given, "after") ?? 0;
    const choice = await chosenStore(given, io);
    return (io) =>
      withStore(choice, io, async ({ store }) => {
        const accountId = await accountIdOf(store, given);
        const filter = { accountId, clientId: given.text("client"), after };
        const found = await store.grants.page({ ...filter, limit: limit + 1 });
        const grants = await told(store, found.slice(0, limit));
        const last = grants.at(-1)?.grant.id;
        const more = found.length > limit ? `\nMore: the same with --after ${last}\n` : "";
        const now = io.now();
        const rows = grants.map(({ grant, email, lineages }) => [
          String(grant.id),
          email ?? grant.accountId,
          grant.clientId,
          `${lineages.filter((one) => isAlive(one, now)).length} of ${lineages.length}`,
          moment(lastUsedAt(lineages)),
          moment(grant.createdAt),
        ]);
        const heading = ["GRANT", "ACCOUNT", "CLIENT ID", "DEVICES ALIVE", "LAST USED", "GRANTED"];
        const text = listOf(heading, rows, "There is no such grant.");
        return say(
          io,
          given,
          grants.map((one) => grantFacts(one, now)),
          `${text}${more}`,
        );
      });
  },
};

function numberOf(given: Given, option: "limit" | "after"): number | undefined {
  const text = given.text(option);
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,14}$/.test(text)) given.refuse(option, "is a number from 1", text);
  const number = Number(text);
  if (option === "limit" && number > 10_000) given.refuse(option, "is 10000 at most", text);
  return number;
}

async function told(store: Store, grants: readonly Grant[]): Promise<readonly ToldGrant[]> {
  const emails = new Map<string, string | undefined>();
  const all: ToldGrant[] = [];
  for (const grant of grants) {
    const { accountId, id } = grant;
    if (!emails.has(accountId)) emails.set(accountId, (await store.accounts.find(accountId))?.email);
    all.push({ grant, email: emails.get(accountId), lineages: await store.lineages.listOf(id) });
  }
  return all;
}
