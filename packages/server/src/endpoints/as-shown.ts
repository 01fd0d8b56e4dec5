import { hash } from "node:crypto";
import type { Permission } from "../records/grant.ts";

interface Judged {
  readonly permitted: readonly Permission[];
}

/**
 * The token of a form of a decision, with what its page offers: a box is told by the name of its scope, and what that name allows
 * must be the same when the decision comes back, though an operator may have changed a role or a resource meanwhile.
 */
export function tokenOfShown(token: string, judged: Judged): string {
  return `${token}~${markOf(judged)}`;
}

/** Whether the form came from a page that offered what may be granted now. */
export function isAsShown(form: { optional(name: string): string | undefined }, judged: Judged): boolean {
  return form.optional("form_token")?.split("~")[1] === markOf(judged);
}

function markOf({ permitted }: Judged): string {
  const offered = permitted.map(({ resource, scopes }) => [resource, ...scopes.toSorted()]);
  return hash("sha256", JSON.stringify(offered), "base64url").slice(0, 22);
}
