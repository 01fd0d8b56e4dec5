import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type DpopKey, dpopKeyOf } from "../../../packages/agent/src/dpop-key.ts";
import type { Login } from "../../../packages/agent/src/login/login.ts";

/** What lies in the agent's folder, read by somebody who got at the disk. */
export interface Loot {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** The agent's own key. */
  readonly key: DpopKey;
  /** The rights of the file, as `ls` would show them. */
  readonly mode: number;
}

export async function loot(folder: string): Promise<Loot> {
  const file = readdirSync(folder).find((name) => /^login-.*\.json$/.test(name)) ?? "none";
  const { open } = JSON.parse(readFileSync(join(folder, file), "utf8")) as { readonly open: Login };
  const { refreshToken, tokens, dpopKey } = open;
  const [token] = tokens;
  if (!token || !refreshToken || !dpopKey) throw new Error("The login has no tokens.");
  const mode = statSync(join(folder, file)).mode & 0o777;
  return { accessToken: token.accessToken, refreshToken, key: await dpopKeyOf(dpopKey), mode };
}

export interface Presented {
  readonly scheme: "Bearer" | "DPoP";
  /** Left out: no proof. */
  readonly key?: DpopKey;
  /** Seconds that the clock of the sender is ahead. */
  readonly ahead?: number;
}

/** A request for today's agenda with somebody's token. */
export async function withToken(
  calendar: string,
  accessToken: string,
  { scheme, key, ahead = 0 }: Presented,
): Promise<Request> {
  const url = new URL("/agenda?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z", calendar);
  const headers = new Headers({ authorization: `${scheme} ${accessToken}` });
  const now = Math.floor(Date.now() / 1000) + ahead;
  if (key) headers.set("dpop", await key.proof({ method: "GET", url, now, accessToken }));
  return new Request(url, { headers });
}

/** A refresh with somebody's token, as the agent's client, with the nonce that the issuer asks for. */
export async function refreshWith(
  issuer: string,
  refresh_token: string,
  key: DpopKey | undefined,
): Promise<{ readonly status: number; readonly error: unknown }> {
  const url = new URL(`${issuer}/token`);
  const form = { grant_type: "refresh_token", refresh_token, client_id: "calendar-agent" };
  const once = async (nonce: string | undefined) => {
    const headers = new Headers();
    const now = Math.floor(Date.now() / 1000);
    if (key) headers.set("dpop", await key.proof({ method: "POST", url, now, nonce }));
    return await fetch(url, { method: "POST", headers, body: new URLSearchParams(form) });
  };
  const first = await once(undefined);
  const nonce = first.headers.get("dpop-nonce");
  const answer = key && nonce ? await once(nonce) : first;
  const { error } = (await answer.json()) as { readonly error?: unknown };
  return { status: answer.status, error };
}
