import type { Scope } from "../../packages/server/src/records/resource.ts";

/** What may be done with the tool, as the consent page, the API and the page tell it. */
export const scopes = [
  { name: "inference:read", sentence: "Ask the models", risk: "low", for: ["people"] },
  { name: "training:write", sentence: "Submit training data", risk: "high", for: ["people"] },
  { name: "audit:read", sentence: "Read who did what", risk: "medium", for: ["people"] },
  { name: "datasets:upload", sentence: "Upload data sets", risk: "medium", for: ["machines"] },
] as const satisfies readonly Scope[];

export type ScopeName = (typeof scopes)[number]["name"];

/** Roles decide who may be granted which scope, whatever an app asks for. */
export const roles: Readonly<Record<string, readonly ScopeName[]>> = {
  member: ["inference:read"],
  trainer: ["inference:read", "training:write"],
  auditor: ["audit:read"],
};

/** The roles that allow a scope. */
export function rolesWith(scope: string): readonly string[] {
  return Object.keys(roles).filter((role) => roles[role]?.some((name) => name === scope));
}
