import type { OutboundRefusal } from "../../ports/outbound.ts";

/** A fetch that ended without a document. Thrown inside this folder only; `outbound.ts` turns it into an answer. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly reason: OutboundRefusal;

  constructor(reason: OutboundRefusal, fact: string, options?: ErrorOptions) {
    super(fact, options);
    this.reason = reason;
  }
}

/** The code of a system, TLS or parser error. Messages are left out: a far end can write into some of them. */
export function codeOf(thrown: unknown): string {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  return typeof code === "string" ? code : "no error code";
}
