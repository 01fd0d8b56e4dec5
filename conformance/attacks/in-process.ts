import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Running, start } from "../../packages/server/src/start.ts";
import { Caller } from "./ask.ts";
import { attackPlan, type PlanOptions } from "./plan.ts";

export interface Attacked extends Running {
  readonly port: number;
  readonly caller: Caller;
}

/** A whole server on a real port, in this process, with its data in a temporary folder that goes with it. */
export async function anAttacked(options: Omit<PlanOptions, "folder"> = {}): Promise<Attacked> {
  const folder = await temporaryFolder();
  const plan = attackPlan({ ...options, folder });
  let port = 0;
  const running = await start({
    ...plan,
    settings(bound) {
      port = bound;
      return plan.settings(bound);
    },
  });
  const caller = new Caller(port);
  return {
    ...running,
    port,
    caller,
    async close() {
      caller.close();
      await running.close();
      await removeFolder(folder);
    },
  };
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "valetkey-attack-"));
}

export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true });
}
