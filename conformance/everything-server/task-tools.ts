import { setTimeout as sleep } from "node:timers/promises";
import {
  acceptedContent,
  type CallToolResult,
  type InputRequiredResult,
  inputRequired,
  type ServerContext,
} from "@modelcontextprotocol/server";
import { z } from "zod";
import { said } from "./content.ts";
import { askName } from "./input-required-tools.ts";
import type { TaskWork } from "./tasks.ts";

/** A tool that works as a task when the client knows tasks. */
export interface TaskTool {
  /** Refuses clients that know no tasks. */
  readonly needsTasks?: boolean;
  /** What must be asked before there is a task. */
  before?(context: ServerContext): InputRequiredResult | undefined;
  work(given: Record<string, unknown>, task: TaskWork, context: ServerContext): Promise<CallToolResult>;
}

const confirmation = inputRequired.elicit({
  message: "Are you sure?",
  requestedSchema: z.object({ confirm: z.boolean() }),
});

const slowCompute: TaskTool = {
  async work(given, { signal }) {
    const { seconds } = z.object({ seconds: z.number() }).parse(given);
    await sleep(seconds * 1000, undefined, { signal });
    return said("Computed.");
  },
};

const failingJob: TaskTool = {
  needsTasks: true,
  work: async () => ({ ...said("The job failed."), isError: true }),
};

const protocolErrorJob: TaskTool = {
  work: async () => {
    throw new Error("The job broke.");
  },
};

const confirmDelete: TaskTool = {
  async work(given, { ask }) {
    await ask(confirmation);
    return said(`Deleted ${String(given.filename)}.`);
  },
};

const multiInput: TaskTool = {
  async work(_given, { ask }) {
    await Promise.all([ask(askName("What is your name?")), ask(confirmation)]);
    return said("Both were answered.");
  },
};

const withInput: TaskTool = {
  needsTasks: true,
  before: (context) =>
    nameGiven(context)
      ? undefined
      : inputRequired({ inputRequests: { user_name: askName("What is your name?") } }),
  work: async (_given, _task, context) => said(`Done for ${nameGiven(context)}.`),
};

export const taskTools: ReadonlyMap<string, TaskTool> = new Map([
  ["slow_compute", slowCompute],
  ["failing_job", failingJob],
  ["protocol_error_job", protocolErrorJob],
  ["confirm_delete", confirmDelete],
  ["multi_input", multiInput],
  ["test_tool_with_task", withInput],
]);

function nameGiven({ mcpReq }: ServerContext): string | undefined {
  return acceptedContent(mcpReq.inputResponses, "user_name", z.object({ name: z.string() }))?.name;
}
