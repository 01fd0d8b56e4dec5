import type { Caller } from "../caller.ts";
import type { Guard } from "../guard.ts";
import { type NodeRequest, type NodeResponse, requestReader, sendResponse } from "../node-request.ts";
import type { GuardOptions } from "../options.ts";
import type { Needed } from "../scopes.ts";
import { asGuard } from "./fetch.ts";

/** For `requireAuthentication` and the like in a framework of Node's. */
export { requestOf, sendResponse } from "../node-request.ts";

export interface ProtectOptions<Incoming> {
  /** The scopes that a request needs, or how to tell them. */
  readonly needed?: Needed | ((incoming: Incoming) => Needed);
}

/**
 * A listener of `node:http` behind a guard: metadata, preflight and refusals answered, everything else with its caller.
 * The body is the handler's to read, so that a token in a form beside the header is seen only by who parses the form.
 */
export function protect<Incoming extends NodeRequest, Outgoing extends NodeResponse>(
  handler: (incoming: Incoming, outgoing: Outgoing, caller: Caller) => unknown,
  options: GuardOptions | Guard,
  { needed = [] }: ProtectOptions<Incoming> = {},
): (incoming: Incoming, outgoing: Outgoing) => Promise<void> {
  const guard = asGuard(options);
  const requestOf = requestReader(guard.resource);
  return async function protectedListener(incoming, outgoing) {
    const request = requestOf(incoming);
    const scopes = typeof needed === "function" ? needed(incoming) : needed;
    const result = guard.metadata(request) ?? (await guard.guard(request, scopes, incoming));
    if (result instanceof Response) {
      await sendResponse(result, outgoing);
      return;
    }
    for (const [name, value] of Object.entries(guard.corsHeaders(request))) outgoing.setHeader(name, value);
    await handler(incoming, outgoing, result);
  };
}
