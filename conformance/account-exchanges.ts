import assert from "node:assert/strict";
import { aPlan } from "../packages/server/src/adapters/upstreams/testing/an-upstream.ts";
import { openUpstreams } from "../packages/server/src/adapters/upstreams/upstreams.ts";
import { newInvitation } from "../packages/server/src/operations/invitation.ts";
import { emailVerification } from "../packages/server/src/operations/verify-email.ts";
import { aForeignProvider } from "../packages/server/src/testing/a-foreign-provider.ts";
import { authorizationUrl, pkce } from "../packages/server/src/testing/a-login.ts";
import { issuer, mcp, password, usualSettings } from "../packages/server/src/testing/a-server.ts";
import { ASignIn } from "../packages/server/src/testing/a-sign-in.ts";
import { AnAccountPage } from "../packages/server/src/testing/an-account-page.ts";
import { AnApp } from "../packages/server/src/testing/an-app.ts";
import { ada } from "../packages/server/src/testing/flows/app.ts";
import { type Exchange, Stage } from "../packages/server/src/testing/flows/stage.ts";
import { codeTo, linkTo } from "../packages/server/src/testing/mailed.ts";
import { StoppedClock } from "../packages/server/src/testing/stopped-clock.ts";

const provider = aForeignProvider();
const logo = { type: "image/svg+xml", bytes: new TextEncoder().encode("<svg/>") } as const;

/** What people do with their account and their sign-in: each page, each form, and the interaction API. */
export async function accountExchanges(): Promise<readonly Exchange[]> {
  const { signIn, look } = usualSettings(issuer);
  const clock = new StoppedClock(1_800_000_000);
  const upstreams = await openUpstreams([aPlan()], { clock, fetch: provider.fetch });
  const settings = {
    signIn: { ...signIn, signUp: "open" },
    look: { ...look, logo, languages: ["en", "de"] },
  } as const;
  const stage = await Stage.open({ upstreams, settings });
  try {
    await interactions(stage);
    await links(stage);
    await account(stage);
  } finally {
    await stage.close();
  }
  return stage.exchanges;
}

async function interactions(stage: Stage): Promise<void> {
  const { server } = stage;
  const asked = { resource: mcp, scope: "tools:use openid", code_challenge: pkce().challenge };
  const begun = async () => {
    const url = authorizationUrl(server, await server.client(), asked);
    return await ASignIn.begin(server, url, stage.browser());
  };
  const person = await begun();
  assert.equal((await person.act("password", { ...ada, password: "wrong" })).status, 400);
  await person.act("email", { email: ada.email });
  await person.act("email-code", { code: "wrong" });
  assert.equal((await person.act("email-code", { code: codeTo(server, ada.email) })).step, "consent");
  assert.equal(
    (await person.act("consent", { decision: "allow", scope: ["tools:use"], until: "week" })).step,
    "done",
  );
  const refusing = await begun();
  await refusing.act("password", ada);
  assert.equal((await refusing.act("consent", { decision: "deny" })).step, "refused");
  const leaving = await begun();
  assert.equal((await leaving.act("upstream", { upstream: "work" })).step, "elsewhere");
  const own = await ASignIn.begin(server, "/account", stage.browser());
  assert.equal((await own.act("password", ada)).step, "done");
  const newcomer = { email: "new@example.com", name: "New", password };
  const joining = await begun();
  await joining.act("sign-up", newcomer);
  const joined = await joining.act("sign-up-code", { code: codeTo(server, newcomer.email) });
  assert.equal(joined.step, "consent");
}

async function links(stage: Stage): Promise<void> {
  const { server } = stage;
  const browser = stage.browser();
  await browser.submit(await browser.open("/reset"), { email: ada.email });
  const link = linkTo(server, ada.email);
  await browser.submit(await browser.open(link), { password: "short" });
  await browser.submit(await browser.open(link), { password });
  await browser.open(link);
  const invited = { email: "carol@example.com", name: "Carol", roles: [] };
  const invitation = await newInvitation(server.store, server.issuer, invited, server.clock.now());
  await browser.submit(await browser.open(invitation.link), { name: "Carol", password });
  await browser.open(invitation.link);
  const dan = await server.person({ email: "dan@example.com", emailVerified: false });
  const verification = await emailVerification(server.store, server.issuer, dan, server.clock.now());
  await browser.submit(await browser.open(verification.link), {});
  await browser.open(verification.link);
  for (const path of ["/passkeys.js", "/passwords.js", "/logo"]) await browser.open(path);
  await browser.open("/language", {
    method: "POST",
    body: new URLSearchParams({ language: "en", back: "/" }),
  });
}

async function account(stage: Stage): Promise<void> {
  const { server } = stage;
  const browser = stage.browser();
  const begun = await browser.open("/account/sign-in?to=account");
  const signUp = await browser.open(`${begun.url}&way=sign-up`);
  const form_token = /data-form-token="([^"]*)"/.exec(signUp.body)?.[1] ?? "";
  await browser.open("/password-strength", {
    method: "POST",
    body: JSON.stringify({ form_token, password: "correct horse" }),
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
  });
  await browser.submit(begun, { ...ada, action: "password" });
  const page = AnAccountPage.of(server, browser);
  for (const path of [
    ...["security", "security/passkey", "security/password", "security/email"],
    ...["sessions", "activity", "data", "delete"],
  ])
    assert.equal((await page.see(path)).status, 200, path);

  const app = await page.see("security/app");
  const secret = /<code dir="ltr">([^<]*)</.exec(app.body)?.[1]?.replaceAll(" ", "") ?? "";
  const code = new AnApp(secret).codeAt(server.clock.now());
  await browser.submit(app, { action: "confirm", code: "000000" });
  assert.equal((await browser.submit(app, { action: "confirm", code })).status, 200);
  for (const [path, values] of [
    ["security", { action: "new-codes" }],
    ["security", { action: "remove-app" }],
    ["security/passkey", { action: "rename", id: "none", name: "Phone" }],
    ["security/password", { action: "set", current: "wrong", password }],
    ["security/password", { action: "set", current: password, password, sign_out: "on" }],
    ["security/email", { action: "mail", email: "nobody" }],
    ["security/email", { action: "mail", email: "ada@example.org" }],
    ["sessions", { end: "others" }],
    ["data", { name: "Ada", locale: "browser" }],
    ["export", {}],
  ] as const)
    await page.send(path, values);
  await elsewhere(stage, page);
  await page.send("delete", { email: "wrong@example.com" });
  await page.send("delete", { email: ada.email });
}

/** Connects an account there; and comes back by a form, as from Apple. */
async function elsewhere({ server }: Stage, page: AnAccountPage): Promise<void> {
  const body = new URLSearchParams({ form_token: await page.token() });
  const headers = { origin: "null", "sec-fetch-site": "same-origin" };
  const left = await page.browser.open("/upstream/work/connect", { method: "POST", body, headers });
  assert.equal(left.status, 0, left.url);
  const back = provider.approve(left.url, { sub: "ada-there" });
  await page.browser.open(back.href);
  const { search } = new URL(back);
  const form = { method: "POST", body: new URLSearchParams(search) };
  await page.browser.open(`${server.issuer}/upstream/work/callback`, form);
}
