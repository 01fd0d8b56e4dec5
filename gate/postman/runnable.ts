import type { Entry, Request } from "./library.ts";
import type { Step } from "./step.ts";

/** A request of the library's with a step's values and tests in it. */
export function runnable(step: Step, request: Request): object {
  const { name: _name, ...rest } = request;
  const isQuery = request.method === "GET";
  return {
    name: step.name,
    request: {
      ...rest,
      header: request.header.filter(({ key }) => key !== "DPoP").map(acceptingJson),
      auth: authOf(step),
      url: { ...request.url, query: isQuery ? given(step, request.url.query ?? []) : [] },
      ...(step.json
        ? {
            body: {
              mode: "raw",
              raw: JSON.stringify(step.json, null, 2),
              options: { raw: { language: "json" } },
            },
          }
        : !isQuery && { body: { mode: "urlencoded", urlencoded: entries(step.sends) } }),
    },
    // A redirect is an answer: a person's browser would follow it.
    protocolProfileBehavior: { followRedirects: false },
    event: [
      ...(step.before ? [{ listen: "prerequest", script: scriptOf(step.before) }] : []),
      { listen: "test", script: scriptOf(testsOf(step)) },
    ],
  };
}

/** Pages answer in JSON to whoever accepts nothing else. */
function acceptingJson(entry: Entry): Entry {
  return entry.key.toLowerCase() === "accept" ? { ...entry, value: "application/json" } : entry;
}

/** A step may only name what the description names. */
function given({ name, sends = {} }: Step, known: readonly Entry[]): readonly Entry[] {
  const unknown = Object.keys(sends).find((key) => !known.some((entry) => entry.key === key));
  if (unknown !== undefined)
    throw new Error(`${name} sends ${unknown}, which the description does not know.`);
  return entries(sends);
}

function entries(sends: Step["sends"] = {}): readonly Entry[] {
  return Object.entries(sends).map(([key, value]) => ({ key, value }));
}

function authOf({ as }: Step): object {
  if (!as) return { type: "noauth" };
  const entry = (key: string, value: string) => ({ key, value, type: "string" });
  return { type: "basic", basic: [entry("username", as.id), entry("password", as.secret)] };
}

function testsOf({ status, holds = {}, keeps = {} }: Step): readonly string[] {
  return [
    `pm.test("the status is ${status}", () => pm.response.to.have.status(${status}));`,
    "const body = pm.response.text() === '' ? undefined : pm.response.json();",
    ...Object.entries(holds).map(
      ([sentence, statement]) => `pm.test("${sentence}", () => { ${statement}; });`,
    ),
    ...Object.entries(keeps).map(([name, value]) => `pm.collectionVariables.set("${name}", ${value});`),
  ];
}

function scriptOf(exec: readonly string[]): object {
  return { type: "text/javascript", exec };
}
