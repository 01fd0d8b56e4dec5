import { randomBytes } from "node:crypto";
import express, { type Express } from "express";
import { modelsOf, scope, type Terms } from "./app.ts";
import { openid as client } from "./packages.ts";

interface Pending {
  readonly pkceCodeVerifier: string;
  readonly expectedState: string;
  readonly expectedNonce: string;
}

/** openid-client in an Express app, sessions in memory. It checks `iss`, `state`, `nonce` and the ID token by itself. */
export async function withOpenidClient(terms: Terms): Promise<Express> {
  const { origin, issuer, api, clientId, clientSecret } = terms;
  const { protocol } = new URL(issuer);
  // Off https it refuses to work; the demonstration is on loopback.
  const options = protocol === "http:" ? { execute: [client.allowInsecureRequests] } : {};
  const proof = client.ClientSecretBasic(clientSecret);
  const config = await client.discovery(new URL(issuer), clientId, undefined, proof, options);
  const pending = new Map<string, Pending>();
  const people = new Map<string, { name: unknown; email: unknown; accessToken: string }>();
  const idOf = (header = "") => /(?:^|; )id=([^;]+)/.exec(header)?.[1] ?? "";
  const cookie = { httpOnly: true, sameSite: "lax", secure: origin.startsWith("https:") } as const;

  const app = express();
  app.get("/login", async (_request, response) => {
    const checks = {
      pkceCodeVerifier: client.randomPKCECodeVerifier(),
      expectedState: client.randomState(),
      expectedNonce: client.randomNonce(),
    };
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: `${origin}/callback`,
      code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: "S256",
      state: checks.expectedState,
      nonce: checks.expectedNonce,
      resource: api,
      scope,
    });
    const id = randomBytes(32).toString("base64url");
    pending.set(id, checks);
    response.cookie("id", id, cookie).redirect(url.href);
  });
  app.get("/callback", async (request, response) => {
    const before = idOf(request.headers.cookie);
    const checks = pending.get(before);
    pending.delete(before);
    if (!checks) return response.status(400).send("Nobody asked.");
    const answer = new URL(request.url, origin);
    const expected = { ...checks, idTokenExpected: true };
    const tokens = await client.authorizationCodeGrant(config, answer, expected).catch(() => undefined);
    if (!tokens) return response.status(400).send("This is not the answer that was asked for.");
    const subject = tokens.claims()?.sub ?? "";
    const { name, email } = await client.fetchUserInfo(config, tokens.access_token, subject);
    const id = randomBytes(32).toString("base64url");
    people.set(id, { name, email, accessToken: tokens.access_token });
    response.cookie("id", id, cookie).redirect("/me");
  });
  app.get("/me", async (request, response) => {
    const person = people.get(idOf(request.headers.cookie));
    if (!person) return response.redirect("/login");
    const { name, email, accessToken } = person;
    response.json({ name, email, models: await modelsOf(api, accessToken) });
  });
  return app;
}
