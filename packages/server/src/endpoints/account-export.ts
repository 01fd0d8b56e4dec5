import type { Endpoint } from "../http/message.ts";
import { exportOf } from "../operations/export-account.ts";
import { accountTakes, record } from "./account-visit.ts";
import type { Context } from "./context.ts";

/** A copy of everything that is kept about a person, as a file. */
export function exportData(context: Context): Endpoint {
  return accountTakes(context, { to: "account/data" }, async ({ store }, visit) => {
    const { account, now, story } = visit;
    const all = await exportOf(store, account, now);
    record(context, visit, "account.exported");
    story.says("The person downloaded their data.");
    return {
      status: 200,
      headers: {
        "content-type": "application/json",
        "content-disposition": 'attachment; filename="account.json"',
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
      body: `${JSON.stringify(all, null, 2)}\n`,
    };
  });
}
