export { type AuthInfo, authInfo } from "./auth-info.ts";
export type { Caller } from "./caller.ts";
export type { DpopOptions } from "./dpop.ts";
export { createGuard, type Guard } from "./guard.ts";
export type { JudgedRequest, LightRequest } from "./judged-request.ts";
export type { GuardOptions, IntrospectionOptions, RevocationOptions } from "./options.ts";
export type { ProofStore, SpentProof } from "./proof-memory.ts";
export type { Hierarchy, Needed } from "./scopes.ts";
export { type Authentication, requireAuthentication } from "./step-up.ts";
