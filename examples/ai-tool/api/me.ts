import { helper } from "../people.ts";
import { rolesWith, scopes } from "../permissions.ts";
import { type Call, sendJson } from "./call.ts";

/** Who the token says that calls, and what they may: what they hold, and what a role of theirs would let them have. */
export function whoami({ caller, outgoing }: Call, name: string | undefined): void {
  const { subject, clientId, roles, actors, expiresAt, isMachine, claims } = caller;
  const audience = isMachine ? "machines" : "people";
  const may = scopes
    .filter((scope) => scope.for.some((one) => one === audience))
    .map(({ name: scope, sentence }) => {
      const needed = rolesWith(scope);
      const isAllowed = needed.some((role) => roles.includes(role));
      return { scope, sentence, isHeld: caller.has(scope), isAllowed, roles: needed };
    });
  const signedInAt = claims.auth_time;
  sendJson(outgoing, 200, { subject, name, roles, actors, clientId, expiresAt, signedInAt, may, helper });
}
