import type { Caller } from "./caller.ts";
import type { Guard } from "./guard.ts";

/**
 * As loose as the official MCP SDK declares it (v1 and v2 alike). Its `bearerAuth` gives `req.auth` of Express this type:
 * a narrower one here would make the two impossible to compile together.
 */
export interface SdkAuthInfo {
  token: string;
  clientId: string;
  scopes: string[];
  /** Seconds since 1970. */
  expiresAt?: number;
  resource?: URL;
  extra?: Record<string, unknown>;
}

/** What the official MCP SDKs call a checked token, with everything that a guard says of it. */
export interface AuthInfo extends SdkAuthInfo {
  token: string;
  clientId: string;
  scopes: string[];
  /** Seconds since 1970. */
  expiresAt: number;
  resource: URL;
  resourceMetadataUrl: string;
  extra: { subject: string; isMachine: boolean; roles: string[]; claims: Record<string, unknown> };
}

/** The caller in the shape that tools of an MCP server read as `authInfo`. */
export function authInfo(caller: Caller, guard: Guard): AuthInfo {
  return {
    token: caller.token,
    clientId: caller.clientId,
    scopes: [...caller.scopes],
    expiresAt: caller.expiresAt,
    resource: new URL(guard.resource),
    resourceMetadataUrl: guard.resourceMetadataUrl,
    extra: {
      subject: caller.subject,
      isMachine: caller.isMachine,
      roles: [...caller.roles],
      claims: { ...caller.claims },
    },
  };
}
