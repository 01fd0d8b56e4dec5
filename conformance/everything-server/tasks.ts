import { randomUUID } from "node:crypto";
import {
  type CallToolResult,
  type InputRequest,
  ProtocolError,
  ProtocolErrorCode,
} from "@modelcontextprotocol/server";

/** What the work of a task may do beside working. */
export interface TaskWork {
  readonly signal: AbortSignal;
  /** Waits for the client's answer; several questions may wait at once. */
  ask(request: InputRequest): Promise<unknown>;
}

type Outcome =
  | { readonly status: "completed"; readonly result: CallToolResult }
  | { readonly status: "failed"; readonly error: { readonly code: number; readonly message: string } }
  | { readonly status: "cancelled" };

interface Question {
  readonly request: InputRequest;
  readonly answer: (given: unknown) => void;
}

interface Task {
  readonly id: string;
  readonly owner: string;
  readonly createdAt: string;
  readonly cancel: AbortController;
  readonly questions: Map<string, Question>;
  changedAt: string;
  outcome: Outcome | undefined;
}

/** Tasks of the extension `io.modelcontextprotocol/tasks` (SEP-2663): each is known to its owner only. */
export class Tasks {
  readonly #tasks = new Map<string, Task>();

  begin(owner: string, work: (task: TaskWork) => Promise<CallToolResult>) {
    const now = new Date().toISOString();
    const task: Task = {
      id: randomUUID(),
      owner,
      createdAt: now,
      changedAt: now,
      cancel: new AbortController(),
      questions: new Map(),
      outcome: undefined,
    };
    this.#tasks.set(task.id, task);
    const ask = (request: InputRequest) =>
      new Promise<unknown>((answer) => task.questions.set(randomUUID(), { request, answer }));
    work({ signal: task.cancel.signal, ask }).then(
      (result) => settle(task, { status: "completed", result }),
      (thrown: unknown) => {
        const { message } = thrown instanceof Error ? thrown : new Error(String(thrown));
        settle(task, { status: "failed", error: { code: ProtocolErrorCode.InternalError, message } });
      },
    );
    return facts(task);
  }

  /** @throws {ProtocolError} -32602 when the owner has no such task */
  get(owner: string, id: string) {
    const task = this.#find(owner, id);
    const asked = [...task.questions].map(([key, { request }]) => [key, request] as const);
    const inputRequests = asked.length > 0 && !task.outcome ? Object.fromEntries(asked) : undefined;
    return { ...facts(task), ...task.outcome, ...(inputRequests && { inputRequests }) };
  }

  /** Answers to questions that nobody asked are passed over. */
  update(owner: string, id: string, answers: Readonly<Record<string, unknown>>): void {
    const task = this.#find(owner, id);
    for (const [key, given] of Object.entries(answers)) {
      task.questions.get(key)?.answer(given);
      task.questions.delete(key);
    }
  }

  cancel(owner: string, id: string): void {
    const task = this.#find(owner, id);
    settle(task, { status: "cancelled" });
    task.cancel.abort();
  }

  cancelAll(): void {
    for (const { owner, id } of this.#tasks.values()) this.cancel(owner, id);
  }

  #find(owner: string, id: string): Task {
    const task = this.#tasks.get(id);
    if (task?.owner !== owner)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, "There is no such task.");
    return task;
  }
}

/** The first outcome stands. */
function settle(task: Task, outcome: Outcome): void {
  if (task.outcome) return;
  task.outcome = outcome;
  task.changedAt = new Date().toISOString();
}

function facts(task: Task) {
  return {
    taskId: task.id,
    status: task.outcome?.status ?? (task.questions.size > 0 ? "input_required" : "working"),
    createdAt: task.createdAt,
    lastUpdatedAt: task.changedAt,
    ttlMs: 600_000,
    pollIntervalMs: 100,
  };
}
