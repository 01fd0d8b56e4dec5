import { join } from "node:path";
import { createGuard } from "@valetkey/resource";
import { holdFolder } from "../program/holding.ts";
import { researchAgent } from "./agent.ts";
import { keepActivity } from "./api/activity.ts";
import { toolApi } from "./api/api.ts";
import type { Upstream } from "./api/forward.ts";
import { door } from "./door.ts";
import { openIdentity } from "./identity/identity.ts";
import { pageClient } from "./identity/seed.ts";
import { modelServer } from "./model/model.ts";
import { helper, people } from "./people.ts";
import { builtPage } from "./web/build.ts";
import { site } from "./web/static.ts";

export interface ToolOptions {
  /** Of the page; the API, Valetkey and the model server take the next three. 0 picks free ones. */
  readonly port: number;
  /** A folder for the database, the keys and what was done. */
  readonly data: string;
  /** Another model server, in the place of the small one. */
  readonly upstream?: Upstream | undefined;
  /** How long the small model server takes for a word, in milliseconds. */
  readonly pauseMs?: number;
  readonly say?: (sentence: string) => void;
}

export type Tool = Awaited<ReturnType<typeof startTool>>;

/** Everything of the example, on loopback, in this process. Nothing stays open when it fails. @throws Trouble */
export async function startTool({ port, data, upstream, pauseMs, say = () => undefined }: ToolOptions) {
  const opened: { close(): unknown }[] = [];
  const close = async () => {
    for (const one of opened.splice(0).reverse()) await one.close();
  };
  const opening = async (offset: number) => {
    const one = await door(port === 0 ? 0 : port + offset);
    opened.push(one);
    return one;
  };
  try {
    opened.push(holdFolder(data, "Another Lantern"));
    const [page, api, accounts] = [await opening(0), await opening(1), await opening(2)];
    const folder = await builtPage(say);
    const identity = await openIdentity(accounts, { data, page: page.origin, api: api.origin });
    opened.push(identity);
    const { issuer, credentials, nameOf } = identity;

    let models = upstream;
    if (!models) {
      const model = await opening(3);
      model.open(modelServer(pauseMs));
      models = { url: `${model.origin}/v1` };
    }

    const guard = createGuard({
      issuer,
      resource: api.origin,
      resourceName: "Lantern",
      scopes: ["inference:read", "training:write", "audit:read", "datasets:upload"],
      challengeScopes: ["inference:read"],
      // The page, and no other.
      allowedOrigins: [page.origin],
      // Who is signed out or disabled is refused within a second, not at the token's end.
      revocations: { clientId: credentials.api.id, clientSecret: credentials.api.secret },
    });
    opened.push(guard);
    const agent = researchAgent({ issuer, api: api.origin, client: credentials.agent });
    const activity = keepActivity(join(data, "activity.jsonl"));
    api.open(toolApi({ guard, activity, upstream: models, agent, nameOf }));
    const config = { issuer, api: api.origin, clientId: pageClient, people, helper };
    page.open(await site({ folder, config }));
    return { url: page.origin, api: api.origin, issuer, identity, people, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}
