import { setUpLink } from "../packages/server/src/operations/set-up-link.ts";
import { authorizationUrl, pkce } from "../packages/server/src/testing/a-login.ts";
import { mcp } from "../packages/server/src/testing/a-server.ts";
import { App, ada, basic } from "../packages/server/src/testing/flows/app.ts";
import { type Exchange, Stage } from "../packages/server/src/testing/flows/stage.ts";

/** What no flow has: the pages and documents left, and refusals of every status. */
export async function otherExchanges(): Promise<readonly Exchange[]> {
  const stage = await Stage.open({ limits: { registration: { limit: 1, window: 60 } } });
  const { server } = stage;
  try {
    await documents(stage);
    await pages(stage);
    await refusals(stage);
    await server.store.close();
    await get(stage, "/readyz");
  } finally {
    server.endWaits();
  }
  return stage.exchanges;
}

const get = (stage: Stage, path: string, headers: Record<string, string> = {}) =>
  stage.caller("App")(new URL(path, stage.server.issuer), { headers });

async function documents(stage: Stage): Promise<void> {
  for (const path of ["/.well-known/openid-configuration", "/", "/style.css", "/livez", "/readyz"])
    await get(stage, path);
  const app = new App(stage);
  const { id } = await stage.server.client();
  const { body } = await app.redeem(id, await app.login(stage.browser(), id, { scope: "openid email" }));
  const headers = { authorization: `Bearer ${body.access_token}` };
  await app.fetch(`${stage.server.issuer}/userinfo`, { method: "POST", headers });
  await app.fetch(`${stage.server.issuer}/userinfo`);
  await app.fetch(`${stage.server.issuer}/userinfo`, { headers: { authorization: "Bearer x" } });
}

async function pages(stage: Stage): Promise<void> {
  const { server } = stage;
  const browser = stage.browser();
  const link = await setUpLink(server.store, server.issuer, server.clock.now());
  const newcomer = { email: "bob@example.com", name: "Bob", password: "correct horse battery staple" };
  await browser.submit(await browser.open(link ?? ""), { ...newcomer, email: "nobody" });
  await browser.submit(await browser.open(link ?? ""), newcomer);
  await browser.open(link ?? "");
  await browser.submit(await browser.open("/account"), { ...ada, password: "wrong" });
  const account = await browser.submit(await browser.open("/account"), ada);
  const end = { end: "all", form_token: /name="form_token" value="([^"]*)"/.exec(account.body)?.[1] ?? "" };
  const form = (values: Record<string, string>): RequestInit => ({
    method: "POST",
    body: new URLSearchParams(values),
    headers: { "sec-fetch-site": "same-origin" },
  });
  await browser.open("/account", form(end));
  await browser.open("/account", form({ ...end, form_token: "x" }));
  await browser.open("/device?user_code=nonsense");
  const { id } = await server.client();
  const asked = authorizationUrl(server, { id }, { code_challenge: pkce().challenge });
  await browser.open("/authorize", { method: "POST", body: new URL(asked).searchParams });
  const signOut = await browser.open("/end-session", form({ state: "x" }));
  await browser.submit(signOut, { decision: "sign_out" });
  await browser.open("/end-session?post_logout_redirect_uri=https%3A%2F%2Fevil.example.com");
  await browser.open(authorizationUrl(server, { id }, { redirect_uri: "https://evil.example.com" }));
  await browser.open(authorizationUrl(server, { id: "nobody" }), { headers: { accept: "application/json" } });
  await browser.open("/consent?interaction=x");
}

async function refusals(stage: Stage): Promise<void> {
  const app = new App(stage);
  const { server } = stage;
  const { id } = await server.client();
  const secret = await server.client({ authMethods: ["client_secret_basic"], grantTypes: [] });
  const reader = basic(secret.id, secret.secret);
  const wrong = basic(secret.id, "wrong");
  for (const path of ["/token", "/introspect", "/revoke", "/revocations", "/device_authorization"]) {
    await app.answer(path, { client_id: "nobody", token: "x", grant_type: "refresh_token" });
    await app.answer(path, { token: "x" }, wrong);
    await app.answer(path, {}, reader);
  }
  await app.answer("/token", { client_id: id, grant_type: "password" });
  await app.answer("/token", { client_id: id, grant_type: "client_credentials", resource: mcp });
  await app.answer("/device_authorization", { client_id: id });
  for (const redirect of ["javascript:alert(1)", "https://app.example.com/callback"]) {
    const body = JSON.stringify({ client_name: "x", redirect_uris: [redirect] });
    const headers = { "content-type": "application/json" };
    await app.fetch(`${server.issuer}/register`, { method: "POST", body, headers });
  }
  await stage.caller("App")(`${server.issuer}/livez`, { headers: { host: "elsewhere.example.com" } });
  await stage.caller("App")(`${server.issuer}/jwks`, { headers: { host: "elsewhere.example.com" } });
}
