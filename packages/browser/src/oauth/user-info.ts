import type { Account } from "../session.ts";
import type { Metadata } from "./discovery.ts";
import { type Credentials, requestIssuer } from "./request.ts";

/** A sign-in as far as its tokens tell. */
export interface Known extends Credentials {
  readonly metadata: Metadata;
  readonly account: Account | undefined;
  readonly scopes: readonly string[];
  readonly accessToken: string;
}

/**
 * OpenID Connect Core §5.3: what the ID token leaves out, the name and the address mostly. A person is signed in without
 * it too, so that a refusal here is none of theirs; what is said of another person is not taken (§5.3.2).
 */
export async function userInfo({
  metadata,
  account,
  scopes,
  key,
  accessToken,
}: Known): Promise<Account | undefined> {
  const url = metadata.userinfo_endpoint;
  if (!account || !url || !scopes.some((scope) => /^(profile|email)$/.test(scope))) return account;
  const asked = () => requestIssuer(url, 10, { key, accessToken });
  try {
    let response = await asked();
    if (response.status === 401) response = await asked(); // RFC 9449 §9: the nonce is known now
    const said = (await response.json()) as Account;
    return response.ok && said.sub === account.sub ? { ...said, ...account } : account;
  } catch {
    return account;
  }
}
