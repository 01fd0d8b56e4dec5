import type { Gateway } from "./gateway.ts";

/**
 * The guard's RFC 9728 document, with the scopes of the rules that are in force now: the guard is as old as the process,
 * since what it remembers (keys, proofs, what was revoked) must outlive new rules. Undefined for any other request, at once.
 */
export function liveMetadata(gateway: Gateway, request: Request): Promise<Response> | Response | undefined {
  const answer = gateway.guard.metadata(request);
  const isDocument = answer?.status === 200 && request.method === "GET";
  return isDocument && gateway.listsScopes ? withScopes(answer, gateway) : answer;
}

async function withScopes(answer: Response, { live }: Gateway): Promise<Response> {
  const document: unknown = await answer.json();
  const scopes_supported = live.rules.scopes.map(({ name }) => name);
  return new Response(JSON.stringify({ ...Object(document), scopes_supported }), { headers: answer.headers });
}
