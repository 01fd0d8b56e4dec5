import { randomBytes } from "node:crypto";
import type { Account } from "../../records/account.ts";
import type { AuthorizationCode } from "../../records/authorization-code.ts";
import type { Client } from "../../records/client.ts";
import type { ClientDocument } from "../../records/client-document.ts";
import type { DeviceApproval, DeviceAuthorization } from "../../records/device-authorization.ts";
import type { Interaction } from "../../records/interaction.ts";
import type { Lineage, Rotation } from "../../records/lineage.ts";
import type { Resource } from "../../records/resource.ts";
import type { Session } from "../../records/session.ts";
import type { SigningKey } from "../../records/signing-key.ts";

/** Whole records, each with ids of its own, so that tests on one store never meet. */

export function fresh(prefix: string): string {
  return `${prefix}${randomBytes(9).toString("base64url")}`;
}

export function aHash(): string {
  return randomBytes(32).toString("hex");
}

let lastNumber = 0;

/** A grant or lineage number that no other call gave. */
export function aNumber(): number {
  lastNumber += 1;
  return 1_000_000 + lastNumber;
}

export function anAccount(given: Partial<Account> = {}): Account {
  return {
    id: fresh("acc_"),
    email: `${fresh("").toLowerCase()}@example.com`,
    emailVerified: true,
    name: "Ada Lovelace",
    passwordHash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA",
    roles: ["trainer"],
    createdAt: 1_000,
    disabledAt: null,
    ...given,
  };
}

export function aSession(given: Partial<Session> = {}): Session {
  return {
    idHash: aHash(),
    sid: fresh("sid_"),
    accountId: fresh("acc_"),
    authenticatedAt: 1_000,
    amr: ["pwd"],
    userAgent: "Browser/1.0",
    address: "203.0.113.7",
    lastUsedAt: 1_001,
    createdAt: 1_001,
    expiresAt: 90_000,
    ...given,
  };
}

export function aClient(given: Partial<Client> = {}): Client {
  return {
    id: fresh("cli_"),
    kind: "registered",
    name: "An agent",
    redirectUris: ["https://app.example.com/callback", "http://127.0.0.1/callback"],
    postLogoutRedirectUris: ["https://app.example.com/"],
    grantTypes: ["authorization_code", "refresh_token"],
    authMethods: ["client_secret_basic", "private_key_jwt"],
    applicationType: "web",
    scope: ["calendar:read"],
    introspects: ["https://api.example.com"],
    secrets: [{ hash: aHash(), createdAt: 900, expiresAt: null }],
    jwks: { keys: [{ kty: "EC", crv: "P-256", x: "x", y: "y" }] },
    jwksUri: null,
    logoUri: "https://app.example.com/logo.png",
    clientUri: null,
    createdAt: 1_000,
    lastAuthorizedAt: null,
    disabledAt: null,
    ...given,
  };
}

export function aDocument(given: Partial<ClientDocument> = {}): ClientDocument {
  const url = `https://agent.example.com/${fresh("")}`;
  return {
    url,
    client: aClient({ id: url, kind: "document" }),
    etag: '"abc"',
    firstSeenAt: 1_000,
    fetchedAt: 1_000,
    freshUntil: 4_600,
    ...given,
  };
}

export function aResource(given: Partial<Resource> = {}): Resource {
  return {
    identifier: `https://mcp.example.com/${fresh("")}`,
    name: "Calendar",
    scopes: [{ name: "calendar:read", sentence: "Read your calendar", risk: "low", for: ["people"] }],
    defaultScopes: ["calendar:read"],
    accessTokenLifetime: null,
    signingAlgorithm: "ES256",
    createdAt: 1_000,
    ...given,
  };
}

export function anInteraction(given: Partial<Interaction> = {}): Interaction {
  return {
    id: fresh("int_"),
    browserHash: aHash(),
    query: "client_id=cli_1&scope=openid%20profile",
    clientId: fresh("cli_"),
    signedInAt: null,
    progress: {},
    version: 0,
    createdAt: 1_000,
    expiresAt: 1_600,
    ...given,
  };
}

export function aCode(given: Partial<AuthorizationCode> = {}): AuthorizationCode {
  return {
    codeHash: aHash(),
    clientId: fresh("cli_"),
    accountId: fresh("acc_"),
    grantId: aNumber(),
    redirectUri: "https://app.example.com/callback",
    codeChallenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    permissions: [
      { resource: "https://mcp.example.com", scopes: ["calendar:read"] },
      { resource: "https://id.example.com", scopes: ["openid"] },
    ],
    nonce: "n-0S6_WzA2Mj",
    sid: fresh("sid_"),
    authenticatedAt: 990,
    amr: ["pwd"],
    createdAt: 1_000,
    expiresAt: 1_060,
    spentAt: null,
    ...given,
  };
}

export function aDevice(given: Partial<DeviceAuthorization> = {}): DeviceAuthorization {
  return {
    deviceCodeHash: aHash(),
    userCode: fresh(""),
    clientId: fresh("cli_"),
    scopes: ["calendar:read"],
    resources: ["https://mcp.example.com"],
    address: "203.0.113.9",
    userAgent: "Radio/1.0",
    pollInterval: 5,
    lastPolledAt: null,
    decision: null,
    accountId: null,
    grantId: null,
    permissions: [],
    sid: "",
    authenticatedAt: 0,
    amr: [],
    createdAt: 1_000,
    expiresAt: 1_600,
    spentAt: null,
    ...given,
  };
}

export function anApproval(given: Partial<DeviceApproval> = {}): DeviceApproval {
  return {
    clientId: fresh("cli_"),
    accountId: fresh("acc_"),
    permissions: [{ resource: "https://mcp.example.com", scopes: ["calendar:read"] }],
    sid: "sid_1",
    authenticatedAt: 990,
    amr: ["pwd"],
    ...given,
  };
}

export function aLineage(given: Partial<Lineage> = {}): Lineage {
  return {
    id: aNumber(),
    codeHash: aHash(),
    clientId: fresh("cli_"),
    accountId: fresh("acc_"),
    grantId: aNumber(),
    permissions: [{ resource: "https://mcp.example.com", scopes: ["calendar:read"] }],
    refreshable: true,
    secret: randomBytes(32).toString("base64url"),
    generation: 1,
    keyId: "k1",
    previousKeyId: null,
    rotatedAt: 1_010,
    superseded: [],
    lateAnswers: [],
    nonce: null,
    sid: fresh("sid_"),
    authenticatedAt: 990,
    amr: ["pwd"],
    userAgent: "Agent/1.0",
    createdAt: 1_010,
    lastUsedAt: 1_010,
    idleExpiresAt: 50_000,
    absoluteExpiresAt: 90_000,
    endedAt: null,
    endReason: null,
    ...given,
  };
}

/** The lineage that a code earns. */
export function earnedBy(code: AuthorizationCode, given: Partial<Lineage> = {}): Lineage {
  const { codeHash, clientId, accountId, grantId, permissions, sid } = code;
  return aLineage({ codeHash, clientId, accountId, grantId, permissions, sid, ...given });
}

export function aRotation(given: Partial<Rotation> = {}): Rotation {
  return {
    generation: 2,
    keyId: "k2",
    previousKeyId: "k1",
    rotatedAt: 1_500,
    superseded: [{ generation: 1, at: 1_490 }],
    lateAnswers: [
      { generation: 1, at: 1_400 },
      { generation: 1, at: 1_450 },
    ],
    lastUsedAt: 1_500,
    idleExpiresAt: 60_000,
    ...given,
  };
}

export function aSigningKey(given: Partial<SigningKey> = {}): SigningKey {
  return {
    kid: fresh("kid_"),
    algorithm: "ES256",
    publicJwk: { kty: "EC", crv: "P-256", x: "x", y: "y" },
    sealedPrivateKey: "c2VhbGVk",
    sealedBy: "ring-1",
    createdAt: 1_000,
    activeFrom: 1_100,
    retiredAt: null,
    removeAt: null,
    ...given,
  };
}
