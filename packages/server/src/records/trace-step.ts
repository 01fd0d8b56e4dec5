import type { Instant } from "./instant.ts";

/** One step of a handshake as the operator reads it. Never a token, code, secret or password. */
export interface TraceStep {
  readonly at: Instant;
  /** "discovery", "registration", "authorization", "sign-in", "consent", "token", "introspection" ... */
  readonly step: string;
  readonly outcome: "done" | "refused" | "failed";
  /** What happened in plain words, facts included: "Bound to https://mcp.example.com, the only resource." */
  readonly says: string;
  readonly refusal?: string;
  readonly clientId?: string;
  readonly address: string;
  readonly userAgent: string;
}
