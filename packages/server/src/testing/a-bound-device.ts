import assert from "node:assert/strict";
import type { Client } from "../records/client.ts";
import { type Login, login, post, type TokenAnswer } from "./a-login.ts";
import type { ProofKey } from "./a-proof.ts";
import { type AServer, callback } from "./a-server.ts";
import type { AnswerBody } from "./answer-body.ts";

type Form = Readonly<Record<string, string | undefined>>;

/** The nonce of the server, as a request without one is told it. */
export async function aNonce(server: AServer, key: ProofKey): Promise<string> {
  const claims = { htm: "POST", htu: `${server.issuer}/token`, iat: server.clock.now() };
  const form = { grant_type: "authorization_code", client_id: (await server.client()).id };
  const answer = await post(server, "/token", form, { dpop: await key.proof(claims) });
  assert.deepEqual([answer.status, answer.body.error], [400, "use_dpop_nonce"]);
  const nonce = answer.headers.get("dpop-nonce");
  assert.ok(nonce);
  return nonce;
}

/** A proof for the token endpoint as it stands now, with a nonce that counts; claims may be changed or taken away. */
export async function aTokenProof(
  server: AServer,
  key: ProofKey,
  change: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const nonce = Object.hasOwn(change, "nonce") ? undefined : await aNonce(server, key);
  return key.proof({ htm: "POST", htu: `${server.issuer}/token`, iat: server.clock.now(), nonce, ...change });
}

/** A token request with a fresh proof by the key; without a key, with none. */
export async function provenPost(
  server: AServer,
  key: ProofKey | undefined,
  form: Form,
  headers: Readonly<Record<string, string>> = {},
): Promise<TokenAnswer> {
  return post(server, "/token", form, { ...headers, ...(key && { dpop: await aTokenProof(server, key) }) });
}

export function redemption(
  client: Pick<Client, "id">,
  { code, verifier }: Pick<Login, "code" | "verifier">,
): Form {
  return {
    grant_type: "authorization_code",
    client_id: client.id,
    code,
    code_verifier: verifier,
    redirect_uri: callback,
  };
}

export function refreshing(client: Pick<Client, "id">, refreshToken: string): Form {
  return { grant_type: "refresh_token", client_id: client.id, refresh_token: refreshToken };
}

/** A person's tokens on a device whose key they are bound to. */
export async function boundDevice(
  server: AServer,
  client: Pick<Client, "id">,
  key: ProofKey,
  parameters: Readonly<Record<string, string>> = {},
): Promise<AnswerBody> {
  const answer = await provenPost(server, key, redemption(client, await login(server, client, parameters)));
  assert.deepEqual([answer.status, answer.body.token_type], [200, "DPoP"], JSON.stringify(answer.body));
  return answer.body;
}
