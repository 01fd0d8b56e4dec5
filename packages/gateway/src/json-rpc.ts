export type Id = string | number;
export type Params = Readonly<Record<string, unknown>>;

/** JSON-RPC 2.0 §4 and §5, as MCP uses it. */
export interface Request {
  readonly jsonrpc: "2.0";
  readonly id: Id;
  readonly method: string;
  readonly params?: Params;
}
export interface Notification {
  readonly jsonrpc: "2.0";
  readonly method: string;
  readonly params?: Params;
}
export interface Answer {
  readonly jsonrpc: "2.0";
  readonly id: Id;
  readonly result?: Params;
  readonly error?: Failure;
}
export interface Failure {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}
export type Message = Request | Notification | Answer;

export const METHOD_NOT_FOUND = -32601;
export const UNAVAILABLE = -32000;

/** The message of one line; undefined for a line that holds none. */
export function parseMessage(line: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isMessage(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isMessage(value: unknown): value is Message {
  if (member(value, "jsonrpc") !== "2.0") return false;
  const id = member(value, "id");
  const method = member(value, "method");
  if (method !== undefined) {
    const params = member(value, "params");
    return (
      typeof method === "string" &&
      (id === undefined || isId(id)) &&
      (params === undefined || isObject(params))
    );
  }
  const error = member(value, "error");
  if (error !== undefined) return isId(id) && typeof member(error, "code") === "number";
  return isId(id) && isObject(member(value, "result"));
}

export function isRequest(message: Message): message is Request {
  return "method" in message && "id" in message;
}

export function isAnswer(message: Message): message is Answer {
  return !("method" in message);
}

export function isId(value: unknown): value is Id {
  return typeof value === "string" || typeof value === "number";
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member that is the value's own: names such as `constructor` find nothing that was not sent. */
export function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

export function failure(id: Id, code: number, message: string): Answer {
  return { jsonrpc: "2.0", id, error: { code, message } };
}
