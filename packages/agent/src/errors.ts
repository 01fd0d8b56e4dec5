import { printableLine } from "@valetkey/protocol/printable";

/** What can go wrong, as a closed set: the key is the error's code, the value what to do about it. */
export const mends = {
  // Addresses and what stands there
  "address-unsafe":
    "Use an https address; http is taken for 127.0.0.1, [::1] and localhost alone, and only where you named one yourself.",
  "address-foreign": "A token goes to its own resource only; use another fetch for other addresses.",
  "redirect-refused":
    "Call the address that the answer names, if you trust it; a token never follows a redirect out of its resource.",
  "issuer-unknown": "Name the issuer yourself, or ask whoever runs the resource.",
  "resource-differs": "Sign in at the address that the resource calls itself.",
  unreachable: "Try again in a moment; nothing was lost.",
  "answer-malformed": "Ask whoever runs that server; what it says cannot be used.",
  "issuer-differs":
    "Do not go on: somebody answers for an issuer that is not theirs. Ask whoever runs the resource.",
  "issuer-unfit": "Ask whoever runs the issuer; it lacks what OAuth 2.1 asks of it.",
  // The client
  "client-needed": "Register a client at the issuer and name it.",
  "client-refused": "Look at the client's id, its secret or key, and what it is registered for.",
  "client-foreign": "Name the issuer yourself: a secret or key is shown to no other.",
  // Signing in
  "sign-in-needed": "Sign in.",
  "sign-in-refused": "Sign in again and allow it, or ask for less.",
  "sign-in-abandoned": "Sign in again.",
  "sign-in-answer": "Sign in again; should it happen twice, ask whoever runs the issuer.",
  "device-unsupported": "Sign in with a browser on this machine.",
  "browser-missing": "Open the address yourself, or sign in with a code on another device.",
  // Using what was granted
  "scope-needed": "Sign in again and ask for these scopes too.",
  "stronger-sign-in-needed": "Sign in again, newer or stronger, as the resource asks.",
  "request-refused": "Ask for something else, or ask whoever runs the issuer.",
  "scope-widened": "Do not use what came: the issuer gave more than was asked.",
  // Keeping it
  "store-unsafe": "Make the path yours alone: the folder 0700, its files 0600, and no link in their place.",
  "store-sealed":
    "Run this where the system's keychain is open (in your desktop's own terminal), or sign in again here.",
  "store-broken": "Sign in again; what was kept cannot be read.",
  "store-busy": "Another process is at it; try again in a moment.",
  "store-failed": "Make room there, or let this user write; what was kept before is still there.",
} as const satisfies Readonly<Record<string, string>>;

export type AgentErrorCode = keyof typeof mends;

/** Facts that a program may act on. Never a token, code, secret or key. */
export interface AgentErrorFacts {
  /** The scopes that are needed beside those that are held. */
  readonly scopes?: readonly string[];
  /** RFC 9470 §3: one of which the sign-in must have had. */
  readonly acrValues?: readonly string[];
  /** RFC 9470 §3: seconds that may have passed since the sign-in. */
  readonly maxAge?: number;
  /** The address that it is about. */
  readonly address?: string;
  /** The error code of the issuer: RFC 6749 §5.2. */
  readonly oauthError?: string;
}

/** Thrown by everything here: a code to act on, and a sentence that says what happened and what to do. */
export class AgentError extends Error {
  readonly code: AgentErrorCode;
  readonly facts: AgentErrorFacts;

  constructor(code: AgentErrorCode, happened: string, facts: AgentErrorFacts = {}, options?: ErrorOptions) {
    super(`${printableLine(happened)} ${mends[code]}`, options);
    this.name = "AgentError";
    this.code = code;
    this.facts = facts;
  }
}

export function isAgentError(thrown: unknown, ...codes: readonly AgentErrorCode[]): thrown is AgentError {
  return thrown instanceof AgentError && (codes.length === 0 || codes.includes(thrown.code));
}
