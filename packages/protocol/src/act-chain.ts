/** RFC 8693 §4.1: who acts, as it travels. The member `act` says who acted before, so the newest is outermost. */
export interface Actor {
  readonly sub: string;
  readonly act?: Actor;
}

/** The chain with `actor` as its newest member. RFC 8693 §4.1: whoever acted before stays in it, unchanged. */
export function withActor(actor: string, before: Actor | undefined): Actor {
  return before === undefined ? { sub: actor } : { sub: actor, act: before };
}

/** Who acts, newest first. RFC 8693 §4.1: only the first counts for access, the others are history. */
export function actorsOf(act: Actor | undefined): readonly string[] {
  const actors: string[] = [];
  for (let actor = act; actor !== undefined; actor = actor.act) actors.push(actor.sub);
  return actors;
}

/** How deep a chain is read that somebody else wrote; deeper ones are taken for malformed. */
const deepest = 100;

/** A claim `act` as it was received: the chain, undefined where there is none, or "malformed". */
export function readActChain(claim: unknown): Actor | undefined | "malformed" {
  if (claim === undefined) return undefined;
  const subjects: string[] = [];
  for (let actor: unknown = claim; actor !== undefined; ) {
    if (!isActor(actor) || subjects.length === deepest) return "malformed";
    subjects.push(actor.sub);
    actor = actor.act;
  }
  return subjects.reduceRight<Actor | undefined>((before, sub) => withActor(sub, before), undefined);
}

function isActor(value: unknown): value is { readonly sub: string; readonly act?: unknown } {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    "sub" in value &&
    typeof value.sub === "string" &&
    value.sub !== ""
  );
}
