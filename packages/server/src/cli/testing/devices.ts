import { authorizationUrl, pkce, post, type TokenAnswer } from "../../testing/a-login.ts";
import { aBrowserAt, overHttp } from "./a-configured.ts";
import { factsOf } from "./in-process.ts";

const mcp = "https://mcp.example.com/mcp";
const redirect_uri = "https://app.example.com/callback";

/** People, clients and their devices at a running server, made through the command line and real HTTP. */
export interface Devices {
  /** Signs in, consents, redeems. @returns the device's first refresh token */
  signIn(email: string, client?: string): Promise<string>;
  refresh(token: string, client?: string): Promise<TokenAnswer>;
  /** Refreshes one after the other. @returns the last token */
  refreshTimes(count: number, token: string, client?: string): Promise<string>;
}

/** Adds a resource, the clients and the people. The first client is the usual one. */
export async function someDevices(
  { folder, issuer, env = {} }: { folder: string; issuer: string; env?: Readonly<Record<string, string>> },
  clients: readonly string[],
  emails: readonly string[],
): Promise<Devices> {
  const [usual = ""] = clients;
  const passwords = new Map<string, string>();
  const run = (...args: string[]) => factsOf(folder, args, { env });
  await run("resource", "add", mcp, "--name", "Files", "--scope", "files:read=Read files");
  for (const id of clients)
    await run("client", "add", "--name", id, "--id", id, "--redirect-uri", redirect_uri);
  for (const email of emails) {
    const { password } = await run("account", "add", email, "--generate-password");
    passwords.set(email, password);
  }
  const refresh = (refresh_token: string, client_id = usual) =>
    post(overHttp(issuer), "/token", { grant_type: "refresh_token", client_id, refresh_token });
  return {
    refresh,
    async refreshTimes(count, token, client) {
      let last = token;
      for (let turn = 0; turn < count; turn++) last = (await refresh(last, client)).body.refresh_token;
      return last;
    },
    async signIn(email, client_id = usual) {
      const { verifier, challenge } = pkce();
      const asked = { redirect_uri, code_challenge: challenge, resource: mcp };
      const url = authorizationUrl(overHttp(issuer), { id: client_id }, asked);
      const answer = await aBrowserAt(issuer).approve(url, { email, password: passwords.get(email) ?? "" });
      const code = answer.searchParams.get("code") ?? "";
      const form = {
        grant_type: "authorization_code",
        client_id,
        redirect_uri,
        code_verifier: verifier,
        code,
      };
      const { body } = await post(overHttp(issuer), "/token", form, { "user-agent": `agent of ${email}` });
      return body.refresh_token;
    },
  };
}
