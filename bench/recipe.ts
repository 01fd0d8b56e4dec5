/** What the bench measures over HTTP, one row of the table each. */
export const httpCases = [
  "client-credentials",
  "code-exchange",
  "refresh",
  "introspection",
  "revocation",
  "userinfo",
  "discovery",
] as const;
export type HttpCase = (typeof httpCases)[number];

/** What an answer has to be; an answer that is fast and wrong ends the measurement. */
export type Expectation = "jwt" | "token" | "refreshed" | "active" | "done" | "person" | "metadata";

/** One kind of request, as a subject describes it and the load generator sends it. */
export interface Recipe {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** `{}` stands for the value of the one request, here and in the body. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /**
   * "same": no value. "turn": the values in turn, for ever. "once": each value once, and then it ends. "rotating": each
   * answer's `refresh_token` takes the place of the value that earned it.
   */
  readonly use: "same" | "turn" | "once" | "rotating";
  readonly values: readonly string[];
  readonly expects: Expectation;
}

/** What the generator is told to do. */
export interface Load {
  readonly port: number;
  readonly recipe: Recipe;
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second at fixed times, whatever the server does; left out: as fast as it answers. */
  readonly rate?: number;
}

export interface LoadResult {
  readonly operations: number;
  readonly seconds: number;
  /** Milliseconds. With a rate they count from when the request was due, not from when it could be sent. */
  readonly p50: number;
  readonly p99: number;
  readonly checked: number;
  /** The values that stand now: the rotated ones, or those that were not used. */
  readonly values: readonly string[];
}

export function form(fields: Readonly<Record<string, string>>): string {
  // The place of the value stays as it is: codes and tokens need no escaping.
  return new URLSearchParams(fields).toString().replaceAll("%7B%7D", "{}");
}

export const formHeaders = { "content-type": "application/x-www-form-urlencoded" } as const;
