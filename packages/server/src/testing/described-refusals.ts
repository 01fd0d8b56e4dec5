import assert from "node:assert/strict";
import { type Refusals, together } from "../description/description.ts";
import { descriptions } from "../description/index.ts";
import { anywhere } from "../description/refusal-groups.ts";
import type { Context } from "../endpoints/context.ts";
import { routes } from "../endpoints/index.ts";
import type { Settings } from "../ports/settings.ts";
import type { TraceStep } from "../records/trace-step.ts";

/**
 * What the description says that each step of the trace may be refused for. Every server of the tests is held to it, so
 * that whatever a test of ours can make an endpoint refuse stands in docs/api.
 */
export function describedRefusals(settings: Pick<Settings, "issuer">): (step: TraceStep) => void {
  const basePath = new URL(settings.issuer).pathname.replace(/\/$/, "");
  const said = new Map<string, Refusals>();
  return ({ step, refusal }) => {
    if (refusal === undefined) return;
    if (said.size === 0) read();
    const described = said.get(step);
    // The step of a foreign host has no route.
    if (!described) return;
    assert.ok(
      Object.values(described).some((words: readonly string[]) => words.includes(refusal)),
      `The step ${step} is refused for ${refusal}: name it in packages/server/src/description and run npm run docs.`,
    );
  };

  function read(): void {
    const known = { ...settings, demo: null };
    const ports = {
      mailer: { kind: "smtp" },
      upstreams: { list: [{ id: "{upstream}" }] },
      look: { pictures: new Map() },
      passkeyScript: {},
      passwordScript: {},
    };
    const table = routes({ settings: known, basePath, ...ports } as unknown as Context);
    for (const { path, step = path } of table) {
      const about = descriptions[path.slice(basePath.length)] ?? descriptions[path] ?? {};
      const operations = Object.values(about);
      const named = operations.flatMap(({ refuses = {}, redirects = {} }) => [refuses, redirects]);
      said.set(step, together(said.get(step) ?? anywhere, ...named));
    }
  }
}
