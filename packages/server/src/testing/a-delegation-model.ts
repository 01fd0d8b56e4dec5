import { front } from "./a-delegation.ts";
import { api, mcp } from "./a-server.ts";

/** One token of a run, as the model knows it: only from what was asked and allowed, never from a claim. */
export interface Node {
  readonly parent: Node | undefined;
  readonly root: "person" | "machine";
  readonly owner: string;
  readonly audience: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
  /** Newest first. */
  readonly actors: readonly string[];
  readonly mayAct: string | undefined;
  isRevoked: boolean;
}

export interface ActorRules {
  readonly id: string;
  readonly serves: readonly string[];
  readonly actsAt: readonly string[];
  readonly ceiling: readonly string[] | undefined;
}

export interface Wish {
  readonly target: string | undefined;
  readonly scopes: readonly string[] | undefined;
  readonly mayAct: string | undefined;
}

const [ask, train, use] = ["inference:read", "training:write", "tools:use"];
/** What the person consented to, as pairs. */
const consented = [
  [front, ask],
  [front, train],
  [front, use],
  [api, ask],
  [api, train],
] as const;
/** What is for machines. */
const forMachines = [
  [front, ask],
  [front, train],
  [api, ask],
  [api, train],
] as const;

/** A memory of everything that was switched and revoked in a run: RFC 8693 as a picture of pairs and a tree. */
export class DelegationModel {
  now: number;
  hasLineage = true;
  isTrainer = true;
  frontTrains = true;
  machineCeiling: readonly string[] = [ask, train];
  readonly off = new Set<string>();
  readonly #depth: number;

  constructor(now: number, depth: number) {
    this.now = now;
    this.#depth = depth;
  }

  isAlive(node: Node): boolean {
    for (let one: Node | undefined = node; one; one = one.parent) if (one.isRevoked) return false;
    const stands = node.root === "machine" || this.hasLineage;
    return (
      stands && this.now < node.expiresAt && ![node.owner, ...node.actors].some((id) => this.off.has(id))
    );
  }

  /** Whether the person, or the machine, may do this there today. */
  #allows(root: Node["root"], resource: string, scope: string): boolean {
    const has = (pairs: readonly (readonly [string, string])[]) =>
      pairs.some(([r, s]) => r === resource && s === scope);
    if (root === "machine") return has(forMachines) && this.machineCeiling.includes(scope);
    if (!has(consented)) return false;
    if (resource === api && scope === train) return this.isTrainer;
    return resource === front && scope === train ? this.frontTrains : true;
  }

  /** The node that an exchange makes, or undefined where it must be refused. */
  exchange(parent: Node, actor: ActorRules, wish: Wish): Node | undefined {
    const holds = (parent.actors[0] ?? parent.owner) === actor.id || actor.serves.includes(parent.audience);
    const audience = wish.target ?? parent.audience;
    if (!this.isAlive(parent) || this.off.has(actor.id) || !holds) return undefined;
    if (parent.mayAct !== undefined && parent.mayAct !== actor.id) return undefined;
    if (wish.mayAct !== undefined && (parent.mayAct ?? wish.mayAct) !== wish.mayAct) return undefined;
    if (parent.actors.length >= this.#depth || !actor.actsAt.includes(audience)) return undefined;
    const can = (scope: string) =>
      parent.scopes.includes(scope) &&
      this.#allows(parent.root, audience, scope) &&
      (actor.ceiling?.includes(scope) ?? true);
    if (wish.scopes?.some((scope) => !parent.scopes.includes(scope))) return undefined;
    const scopes = (wish.scopes ?? parent.scopes).filter(can);
    if (scopes.length === 0) return undefined;
    const { root, owner } = parent;
    const expiresAt = Math.min(this.now + 600, parent.expiresAt);
    const actors = [actor.id, ...parent.actors];
    return {
      parent,
      root,
      owner,
      audience,
      scopes,
      expiresAt,
      actors,
      mayAct: parent.mayAct ?? wish.mayAct,
      isRevoked: false,
    };
  }
}

export const places = [front, api, mcp] as const;
export const scopes = [ask, train, use] as const;
