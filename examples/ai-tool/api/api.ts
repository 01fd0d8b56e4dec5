import type { Caller, Guard } from "@valetkey/resource";
import { protect, requestOf, sendResponse } from "@valetkey/resource/node";
import type { Agent } from "../agent.ts";
import type { Listener } from "../door.ts";
import type { Activity } from "./activity.ts";
import { type Call, type Route, sendJson, textsOf } from "./call.ts";
import { forward, type Upstream } from "./forward.ts";
import { whoami } from "./me.ts";
import { oneLine } from "./one-line.ts";
import { record } from "./record.ts";

export interface ApiOptions {
  readonly guard: Guard;
  readonly activity: Activity;
  readonly upstream: Upstream;
  readonly agent: Agent;
  /** The name of a person or program; the company's directory. */
  nameOf(subject: string): Promise<string | undefined>;
}

/** The tool's API. The guard checks every token; each route names the scopes that it needs. */
export function toolApi({ guard, activity, upstream, agent, nameOf }: ApiOptions): Listener {
  const routes: Readonly<Record<string, Route>> = {
    "GET /v1/me": { scopes: [], handle: async (call) => whoami(call, await nameOf(call.caller.subject)) },
    "GET /v1/models": { scopes: ["inference:read"], handle: (call) => forward(call, upstream, "/models") },
    "POST /v1/chat/completions": {
      scopes: ["inference:read"],
      did: "asked a model",
      handle: (call) => forward(call, upstream, "/chat/completions"),
    },
    "POST /v1/agent/tasks": { scopes: ["inference:read"], did: "gave the agent a task", handle: task },
    "POST /v1/training-data": { scopes: ["training:write"], did: "submitted training data", handle: take },
    "POST /v1/datasets": { scopes: ["datasets:upload"], did: "uploaded a data set", handle: take },
    "GET /v1/activity": { scopes: ["audit:read"], did: "read who did what", handle: tell },
  };

  return protect(async (incoming, outgoing, caller) => {
    const { pathname } = new URL(incoming.url ?? "/", guard.resource);
    const route = routes[`${incoming.method} ${pathname}`];
    if (!route) return sendJson(outgoing, 404, { error: "not_found" });
    const deed = route.did && { ...deedOf(caller), did: route.did };
    const permitted = guard.authorize(caller, requestOf(incoming, guard.resource), route.scopes);
    if (permitted instanceof Response) {
      if (deed) activity.add({ ...deed, detail: `needs ${route.scopes.join(" ")}`, outcome: "refused" });
      return await sendResponse(permitted, outgoing);
    }
    // Whoever left while the token was looked at is not heard, and nothing is done.
    if (outgoing.destroyed) return;
    const note = deed ? record(activity, outgoing, deed) : () => undefined;
    await route.handle({ incoming, outgoing, caller, note });
  }, guard);

  /** Training data and data sets: what is done with them is no matter of this example. */
  async function take(call: Call): Promise<void> {
    const given = await textsOf(call, ["title", "text"]);
    if (!given) return;
    const lines = given.text.split("\n").filter((line) => line.trim() !== "").length;
    call.note(`${oneLine(given.title, 80)}, ${lines} ${lines === 1 ? "line" : "lines"}`);
    sendJson(call.outgoing, 202, { accepted: true, title: given.title, lines });
  }

  /** The agent gets a token of its own for this person, and comes back to this API with it. */
  async function task(call: Call): Promise<void> {
    const given = await textsOf(call, ["question"]);
    if (!given) return;
    const { token, scopes } = call.caller;
    call.note(`${given.question.length} characters`);
    try {
      const found = await agent.research(given.question, { token, scopes });
      sendJson(call.outgoing, 200, found);
    } catch (thrown) {
      console.error(thrown);
      call.note(`${given.question.length} characters; the agent could not do it`);
      sendJson(call.outgoing, 502, { error: "bad_gateway", error_description: "The agent could not do it." });
    }
  }

  async function tell(call: Call): Promise<void> {
    const named = async (id: string) => ({ id, name: oneLine((await nameOf(id)) ?? id) });
    const deeds = activity.newest(200).map(async ({ subject, actors, ...deed }) => ({
      ...deed,
      subject: await named(subject),
      actors: await Promise.all(actors.map(named)),
    }));
    sendJson(call.outgoing, 200, { deeds: await Promise.all(deeds) });
  }
}

function deedOf({ subject, actors }: Caller) {
  return { at: Math.floor(Date.now() / 1000), subject, actors };
}
