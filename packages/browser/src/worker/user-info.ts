import type { Account } from "../session.ts";
import { authorization } from "./authorize.ts";
import type { Held } from "./held.ts";

/**
 * OpenID Connect Core §5.3: what the ID token leaves out, the name and the address mostly. A person is signed in without
 * it too, so that a refusal here is none of theirs; what is said of another person is not taken (§5.3.2).
 */
export async function userInfo(held: Held): Promise<Account | undefined> {
  const { account, metadata, scopes } = held;
  const url = metadata.userinfo_endpoint;
  if (!account || !url || !scopes.some((scope) => /^(profile|email)$/.test(scope))) return account;
  try {
    let response = await asked(held, url);
    const nonce = response.headers.get("dpop-nonce");
    if (response.status === 401 && nonce) response = await asked(held, url, nonce);
    const said: Account = await response.json();
    return response.ok && said.sub === account.sub ? { ...said, ...account } : account;
  } catch {
    return account;
  }
}

async function asked(held: Held, url: string, nonce?: string): Promise<Response> {
  const headers = await authorization(held, { method: "GET", url, nonce });
  return fetch(url, { headers, credentials: "omit", redirect: "error", signal: AbortSignal.timeout(10_000) });
}
