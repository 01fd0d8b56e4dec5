import { json } from "../http/answer.ts";
import type { Endpoint } from "../http/message.ts";
import { StoreUnavailable } from "../ports/store.ts";
import type { Context } from "./context.ts";

/** The process answers. */
export const alive: Endpoint = () => json(200, { status: "live" });

/** The process can serve: its database answers. A failure becomes 503 at the edge. */
export function ready({ store }: Context): Endpoint {
  return async () => {
    await store.ping().catch((cause: unknown) => {
      throw new StoreUnavailable(cause);
    });
    return json(200, { status: "ready" });
  };
}
