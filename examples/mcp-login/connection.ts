import type { InMemoryProvider } from "./provider.ts";

/** A client of one MCP server, whichever package it is made with. */
export interface Connection {
  /** Opens the connection. @throws SignInNeeded */
  open(): Promise<void>;
  /** The text that the tool answers. @throws SignInNeeded */
  call(tool: string, input?: Record<string, unknown>): Promise<string>;
  /** Redeems the code that the browser brought back. */
  finish(answer: URL): Promise<void>;
  close(): Promise<void>;
}

export interface ClientPackage {
  readonly name: string;
  connect(mcpUrl: URL, provider: InMemoryProvider): Connection;
}

/** The person must sign in first; the provider knows where. */
export class SignInNeeded extends Error {
  override readonly name = "SignInNeeded";
}

/** The text parts of a tool's answer. */
export function textOf(result: unknown): string {
  const { content } = result as { content: { type: string; text?: string }[] };
  return content.map((part) => part.text ?? "").join("\n");
}
