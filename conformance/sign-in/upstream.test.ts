import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { listenFetch } from "../../packages/resource/src/testing/listen.ts";
import type { UpstreamPlan } from "../../packages/server/src/adapters/upstreams/plan.ts";
import { aPlan } from "../../packages/server/src/adapters/upstreams/testing/an-upstream.ts";
import { type Running, start } from "../../packages/server/src/start.ts";
import { aForeignProvider } from "../../packages/server/src/testing/a-foreign-provider.ts";
import { usualSettings } from "../../packages/server/src/testing/a-server.ts";
import {
  type Browser,
  type BrowserContext,
  launchBrowser,
  type Page,
} from "../../packages/server/src/testing/browser.ts";
import { complaintsOf } from "../../packages/server/src/testing/complaints.ts";
import { attackPlan } from "../attacks/plan.ts";
import { type ARealProvider, aRealProvider } from "./a-real-provider.ts";

const secret = "a secret between the two servers, long enough";
const people = {
  ada: { email: "ada@example.com", email_verified: true, name: "Ada Lovelace" },
  eve: { email: "eve@example.com", email_verified: false, name: "Eve" },
};

/** Two real OpenID Providers and a server of ours that knows both, with the listener and the store of `valetkey start`. */
async function aScene(about: Partial<UpstreamPlan> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "valetkey-upstream-"));
  const [work, home] = [await aRealProvider(), await aRealProvider()];
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const keyFile = join(folder, "home.pem");
  await writeFile(keyFile, privateKey.export({ format: "pem", type: "pkcs8" }));
  const plain = { clientId: "valetkey", trustsEmail: true } as const;
  const running = await start({
    ...attackPlan({ folder, allowLoopback: true }),
    upstreams: [
      aPlan({ ...plain, id: "work", name: "Work", issuer: work.issuer, clientSecret: secret, ...about }),
      aPlan({
        ...plain,
        id: "home",
        name: "Home",
        issuer: home.issuer,
        clientSecret: null,
        keyFile,
        keyId: "k",
      }),
    ],
    settings: (port) => usualSettings(`http://127.0.0.1:${port}`),
  });
  const redirectUri = (id: string) => `${running.issuer}/upstream/${id}/callback`;
  work.serve({ clientId: "valetkey", clientSecret: secret, redirectUri: redirectUri("work") }, people);
  const publicJwk = { ...publicKey.export({ format: "jwk" }), kid: "k", use: "sig", alg: "ES256" };
  home.serve({ clientId: "valetkey", publicJwk, redirectUri: redirectUri("home") }, people);
  return {
    running,
    work,
    home,
    async close(): Promise<void> {
      await running.close();
      await work.close();
      await home.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** From our page to theirs. */
async function leave(page: Page, { issuer }: Running, name: string): Promise<void> {
  await page.goto(`${issuer}/account`);
  await page.getByRole("button", { name: `Continue with ${name}` }).click();
}

/** At the provider's own pages. */
async function signInThere(page: Page, provider: ARealProvider, login: string): Promise<void> {
  await page.waitForURL(`${provider.issuer}/interaction/**`);
  await page.fill("[name=login]", login);
  await page.fill("[name=password]", "any");
  await page.click("[type=submit]");
  await page.getByRole("button", { name: "Continue" }).click();
}

describe("signing in at a real OpenID Provider, in a real browser", () => {
  let browser: Browser;
  let scene: Awaited<ReturnType<typeof aScene>>;
  let context: BrowserContext;
  let page: Page;
  let complaints: readonly string[];

  before(async () => {
    browser = await launchBrowser();
    scene = await aScene({ signsUp: true });
    context = await browser.newContext();
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    // Ours alone are on 127.0.0.1: the providers are on localhost, and their pages ask the network for letters.
    complaints = complaintsOf(page, { expected: / at (?!http:\/\/127\.0\.0\.1:)\S+$/ });
  });
  after(async () => {
    await browser.close();
    await scene.close();
  });

  it("makes an account for who is new and proven there, and finds it the second time, by PKCE and client_secret_basic", async () => {
    await leave(page, scene.running, "Work");
    await signInThere(page, scene.work, "ada");
    await page.waitForURL(`${scene.running.issuer}/account`);
    const [account] = await scene.running.store.accounts.list();
    assert.deepEqual(
      [account?.email, account?.emailVerified, account?.name],
      ["ada@example.com", true, "Ada Lovelace"],
    );
    await context.clearCookies({ domain: "127.0.0.1" });
    await leave(page, scene.running, "Work");
    // They are signed in there and have consented: nothing is asked again.
    await page.waitForURL(`${scene.running.issuer}/account`);
    assert.equal((await scene.running.store.accounts.list()).length, 1);
    const [session] = await scene.running.store.sessions.listOf(account?.id ?? "");
    assert.deepEqual(session?.amr, ["fed"]);
  });

  it("proves itself by its key where it has one, and links nobody by an address alone", async () => {
    await context.clearCookies({ domain: "127.0.0.1" });
    await leave(page, scene.running, "Home");
    await signInThere(page, scene.home, "ada");
    await page.waitForURL(`${scene.running.issuer}/sign-in**`);
    assert.match((await page.textContent("[role=alert]")) ?? "", /same email address/);
    assert.equal(await page.inputValue("[name=email]"), "ada@example.com");
    assert.ok(!page.url().includes("code="), "the code does not stay in the address bar");
  });

  it("says what to do when the person says no there", async () => {
    await context.clearCookies();
    await leave(page, scene.running, "Work");
    await page.waitForURL(`${scene.work.issuer}/interaction/**`);
    await page.getByText("Cancel").click();
    await page.waitForURL(`${scene.running.issuer}/sign-in**`);
    assert.match((await page.textContent("[role=alert]")) ?? "", /did not sign you in/);
  });

  it("makes no account for an address that nobody proved", async () => {
    await context.clearCookies();
    await leave(page, scene.running, "Work");
    await signInThere(page, scene.work, "eve");
    await page.waitForURL(`${scene.running.issuer}/sign-in**`);
    assert.equal((await scene.running.store.accounts.list()).length, 1);
  });

  it("[SBU-03] takes no answer at one's address that was meant for the other, whatever state it brings", async () => {
    await context.clearCookies();
    const asked = page.waitForRequest((request) => request.url().startsWith(`${scene.home.issuer}/auth?`));
    await leave(page, scene.running, "Home");
    const state = new URL((await asked).url()).searchParams.get("state") ?? "";
    // Whoever runs Home sends the browser on to Work's address, with the state that was meant for Home.
    const answer = new URLSearchParams({ code: "a-code-of-work", state, iss: scene.work.issuer });
    await page.goto(`${scene.running.issuer}/upstream/work/callback?${answer}`);
    assert.match((await page.textContent("[role=alert]")) ?? "", /answer of Work could not be accepted/);
    assert.equal((await scene.running.store.accounts.list()).length, 1);
  });

  it("leaves no complaint in the console of any page of ours", () => assert.deepEqual(complaints, []));
});

// Browsers send no SameSite=Lax cookie with a form that another site sends: that the GET which follows brings it, only a
// real one can tell.
describe("an answer by a form of another site, in a real browser", () => {
  let browser: Browser;
  before(async () => {
    browser = await launchBrowser();
  });
  after(() => browser.close());

  it("[SBU-04] finds the browser that began, as Apple's answer must", async () => {
    const folder = await mkdtemp(join(tmpdir(), "valetkey-apple-"));
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const keyFile = join(folder, "apple.p8");
    await writeFile(keyFile, privateKey.export({ format: "pem", type: "pkcs8" }));
    let apple: ReturnType<typeof aForeignProvider> | undefined;
    const site = await listenFetch(async (request) => {
      assert.ok(apple);
      const url = new URL(request.url);
      const there = `${apple.issuer}${url.pathname}${url.search}`;
      if (url.pathname !== "/auth/authorize")
        return await apple.fetch(there, {
          method: request.method,
          headers: request.headers,
          body: await request.text(),
        });
      const person = { sub: "ada-there", email: "x@privaterelay.appleid.com", email_verified: "true" };
      const back = apple.approve(there, person);
      const fields = [...back.searchParams, ["user", JSON.stringify({ name: { firstName: "Ada" } })]];
      const inputs = fields.map(
        ([name, value]) => `<input name="${name}" value="${value?.replaceAll('"', "&quot;")}">`,
      );
      const form = `<form method="post" action="${back.origin}${back.pathname}">${inputs.join("")}</form>`;
      const html = `<!doctype html>${form}<script>document.forms[0].submit()</script>`;
      return new Response(html, { headers: { "content-type": "text/html" } });
    });
    const issuer = site.origin.replace("127.0.0.1", "localhost");
    apple = aForeignProvider(issuer);
    const about = { issuer, keyFile, keyId: "K", teamId: "T", clientSecret: null, signsUp: true } as const;
    const running = await start({
      ...attackPlan({ folder, allowLoopback: true }),
      upstreams: [aPlan({ ...about, id: "apple", name: "Apple", kind: "apple" })],
      settings: (port) => usualSettings(`http://127.0.0.1:${port}`),
    });
    const page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    try {
      const posted = page.waitForRequest(
        (request) => request.method() === "POST" && request.url().includes("/upstream/"),
      );
      await leave(page, running, "Apple");
      assert.equal(
        (await (await posted).allHeaders()).cookie,
        undefined,
        "the form of the other site brings no cookie",
      );
      await page.waitForURL(`${running.issuer}/account`);
      const [account] = await running.store.accounts.list();
      assert.deepEqual([account?.email, account?.name], ["x@privaterelay.appleid.com", "Ada"]);
    } finally {
      await page.close();
      await running.close();
      await site.close();
      await rm(folder, { recursive: true });
    }
  });
});
