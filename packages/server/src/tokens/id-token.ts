import { createHash } from "node:crypto";
import { contextOf } from "@valetkey/protocol/authentication-context";
import { idTokenClaims } from "@valetkey/protocol/id-token";
import type { Keys } from "../ports/keys.ts";
import type { Settings } from "../ports/settings.ts";
import type { Account } from "../records/account.ts";
import type { Instant } from "../records/instant.ts";
import type { Lineage } from "../records/lineage.ts";

/** OpenID Connect Core §2: who signed in, when and how, for the client alone. The nonce only with the code (§12.2). */
export async function idToken(
  { keys, settings }: { keys: Keys; settings: Settings },
  about: {
    account: Account;
    lineage: Lineage;
    scopes: readonly string[];
    accessToken: string;
    nonce: string | null;
  },
  now: Instant,
): Promise<string> {
  const { account, lineage, accessToken, nonce } = about;
  const claims = idTokenClaims({
    issuer: settings.issuer,
    subject: account.id,
    clientId: lineage.clientId,
    issuedAt: now,
    expiresAt: now + settings.lifetimes.idToken,
    authTime: lineage.authenticatedAt,
    nonce: nonce ?? undefined,
    accessTokenHash: leftHalf(accessToken),
    sessionId: lineage.sid,
    methods: lineage.amr,
    context: contextOf(lineage.amr),
  });
  return await keys.sign("JWT", { ...claims });
}

/** OpenID Connect Core §3.1.3.6: the left half of SHA-256, for ES256. */
function leftHalf(text: string): string {
  return createHash("sha256").update(text, "ascii").digest().subarray(0, 16).toString("base64url");
}
