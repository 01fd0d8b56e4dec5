import assert from "node:assert/strict";
import { passkeysOf } from "../adapters/passkeys/passkeys.ts";
import type { Account } from "../records/account.ts";
import { authorizationUrl, type Login, pkce, redeem } from "./a-login.ts";
import { type AServer, password } from "./a-server.ts";
import { ASignIn } from "./a-sign-in.ts";
import { AnApp } from "./an-app.ts";
import { AnAuthenticator } from "./an-authenticator.ts";
import type { AnswerBody } from "./answer-body.ts";

/** A client's request and what the redemption of its code takes. */
export async function aRequest(server: AServer, asked: Readonly<Record<string, string>> = {}) {
  const client = await server.client({ authMethods: ["none"] });
  const { verifier, challenge: code_challenge } = pkce();
  const url = authorizationUrl(server, client, { code_challenge, scope: "openid tools:use", ...asked });
  return { client, verifier, url };
}

type ARequest = Awaited<ReturnType<typeof aRequest>>;

/** Past the consent page of a person who has signed in, to the tokens. */
export async function tokensOf(server: AServer, request: ARequest, signIn: ASignIn): Promise<AnswerBody> {
  const page = await signIn.browser.open(`/consent?interaction=${signIn.id}`);
  const { url } = await signIn.browser.submit(page, { decision: "allow" });
  const code = new URL(url).searchParams.get("code") ?? assert.fail(`No code came back: ${url}`);
  const given: Pick<Login, "code" | "verifier"> = { code, verifier: request.verifier };
  const { status, body } = await redeem(server, request.client, given);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

/** The person sets up an authenticator app, as somebody of whom a client wants two factors. */
export async function setUpApp(server: AServer, email = "ada@example.com") {
  const signIn = await ASignIn.begin(server, (await aRequest(server, { acr_values: "aal2" })).url);
  await signIn.act("password", { email, password });
  const { one_time_password } = await signIn.act("new-one-time-password");
  const app = new AnApp(one_time_password?.secret ?? "");
  const told = await signIn.act("confirm-one-time-password", { code: app.codeAt(server.clock.now()) });
  await signIn.act("kept-recovery-codes");
  // A code counts once: the next one is of a later step.
  server.clock.advance(60);
  return { app, codes: told.recovery_codes ?? assert.fail(JSON.stringify(told)) };
}

/** A passkey of the person, on an authenticator of their own. */
export async function addPasskeyTo(
  server: AServer,
  person: Account,
  about: { readonly isSynced?: boolean } = {},
) {
  const authenticator = new AnAuthenticator({ origin: server.issuer, ...about });
  const challenge = "x".repeat(43);
  const id = Buffer.from(person.id).toString("base64url");
  const made = authenticator.create({ rp: { id: new URL(server.issuer).hostname }, user: { id }, challenge });
  const passkey = await passkeysOf()({ issuer: server.issuer, name: "" }).created(made, challenge);
  const kept = { accountId: person.id, name: "Phone", createdAt: 0, lastUsedAt: null };
  await server.store.passkeys.add({ ...passkey, ...kept });
  return authenticator;
}
