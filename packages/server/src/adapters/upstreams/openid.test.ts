import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { describe, it } from "node:test";
import { aForeignProvider, foreignClient, type Lies } from "../../testing/a-foreign-provider.ts";
import { StoppedClock } from "../../testing/stopped-clock.ts";
import { ada, anUpstream, aPlan, issuer, kept, refused } from "./testing/an-upstream.ts";
import { openUpstreams } from "./upstreams.ts";

describe("an OpenID Provider elsewhere", () => {
  it("[RFC9700-RP-CODE] is asked for a code with state, nonce and PKCE, at this upstream's own redirect URI", async () => {
    const url = await (await anUpstream()).depart();
    assert.equal(url.origin + url.pathname, `${issuer}/authorize`);
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      client_id: foreignClient.clientId,
      response_type: "code",
      redirect_uri: kept.redirectUri,
      scope: "openid email profile",
      state: kept.state,
      nonce: kept.nonce,
      code_challenge: hash("sha256", kept.codeVerifier, "base64url"),
      code_challenge_method: "S256",
    });
  });

  it("is told what our own request wants", async () => {
    const wants = { loginHint: "ada@example.com", again: true, maxAge: 60, uiLocales: "de en" };
    const asked = Object.fromEntries((await (await anUpstream()).depart(wants)).searchParams);
    assert.equal(asked.login_hint, "ada@example.com");
    assert.equal(asked.prompt, "login");
    assert.equal(asked.max_age, "60");
    assert.equal(asked.ui_locales, "de en");
  });

  it("says who came back", async () => {
    const said = { ...ada, amr: ["pwd", "mfa", 7, "no word at all"], auth_time: 1_799_999_000 };
    assert.deepEqual(await (await anUpstream()).arrive(said), {
      subject: "ada",
      email: "ada@example.com",
      emailVerified: false,
      name: "Ada Lovelace",
      methods: ["pwd", "mfa"],
      authenticatedAt: 1_799_999_000,
    });
  });

  it("proves itself by the header, as OpenID Connect has it", async () => {
    const { arrive, provider } = await anUpstream();
    await arrive();
    assert.match(provider.lastToken.headers.get("authorization") ?? "", /^Basic /);
    assert.equal(provider.lastToken.form.get("redirect_uri"), kept.redirectUri);
  });

  it("gives the address at userinfo only, and is believed there for the same subject", async () => {
    const lies: Lies = { userinfo: { sub: "ada", email: "ada@example.com", email_verified: true } };
    const { arrive } = await anUpstream({ trustsEmail: true }, aForeignProvider(issuer, lies));
    const { email, emailVerified } = await arrive();
    assert.deepEqual({ email, emailVerified }, { email: "ada@example.com", emailVerified: true });
  });

  it("[OIDC-RP-USERINFO] lets nobody in by what userinfo says of somebody else", async () => {
    const lies: Lies = { userinfo: { sub: "eve", email: "ada@example.com" } };
    const { arrive } = await anUpstream({}, aForeignProvider(issuer, lies));
    await assert.rejects(arrive(), refused("answer", /sub/));
  });

  it("lets people in though its userinfo is out of order", async () => {
    const { arrive } = await anUpstream({}, aForeignProvider(issuer, { userinfo: 503 }));
    assert.equal((await arrive()).subject, "ada");
  });

  it("is read once for many, and again after an hour", async () => {
    const { depart, provider, clock } = await anUpstream();
    await Promise.all([depart(), depart(), depart()]);
    assert.equal(provider.asked.length, 1);
    clock.advance(3_600);
    await depart();
    assert.equal(provider.asked.length, 2);
  });

  it("still serves for a day while it does not answer, and is not asked more than once in five seconds", async () => {
    const { depart, provider, clock } = await anUpstream();
    await depart();
    clock.advance(3_600);
    provider.lies.instead = () => new Response("", { status: 503 });
    await depart();
    await depart();
    assert.equal(provider.asked.length, 2);
    clock.advance(23 * 3_600);
    await assert.rejects(depart(), refused("unreachable", /503/));
    clock.advance(4);
    await assert.rejects(depart(), refused("unreachable", /503/));
    assert.equal(provider.asked.length, 3);
  });

  it("names another issuer in its metadata and is not used", async () => {
    const { depart } = await anUpstream(
      {},
      aForeignProvider(issuer, { metadata: { issuer: "https://evil.example" } }),
    );
    await assert.rejects(depart(), refused("answer", /issuer/));
  });

  const forgeries: readonly { given: string; lies: Lies; fact: RegExp }[] = [
    { given: "an ID token without a signature", lies: { signature: "none" }, fact: /alg/ },
    {
      given: "an ID token signed by a key that it does not publish",
      lies: { signature: "other" },
      fact: /signature/,
    },
    { given: "an ID token signed by the secret that both know", lies: { signature: "secret" }, fact: /alg/ },
    { given: "another's nonce", lies: { claims: { nonce: "a-nonce-of-another-sign-in" } }, fact: /nonce/ },
    { given: "no nonce", lies: { claims: { nonce: undefined } }, fact: /nonce/ },
    { given: "another audience", lies: { claims: { aud: "somebody-else" } }, fact: /aud/ },
    {
      given: "two audiences and no azp",
      lies: { claims: { aud: [foreignClient.clientId, "b"] } },
      fact: /untrusted audiences/,
    },
    {
      given: "two audiences for another party",
      lies: { claims: { aud: [foreignClient.clientId, "b"], azp: "b" } },
      fact: /azp/,
    },
    { given: "another issuer", lies: { claims: { iss: "https://evil.example" } }, fact: /iss/ },
    { given: "an end long ago", lies: { claims: { exp: 1_000_000_000 } }, fact: /exp/ },
    { given: "no end", lies: { claims: { exp: undefined } }, fact: /exp/ },
    { given: "no subject", lies: { claims: { sub: undefined } }, fact: /sub/ },
  ];
  for (const { given, lies, fact } of forgeries) {
    it(`[OIDC-RP-TOKEN] lets nobody in by ${given}`, async () => {
      const { arrive } = await anUpstream({}, aForeignProvider(issuer, lies));
      await assert.rejects(arrive(), refused("answer", fact));
    });
  }

  const answers: readonly { given: string; change: (back: URL) => void; fault: string; isAsked?: true }[] = [
    {
      given: "names another issuer",
      change: (back) => back.searchParams.set("iss", "https://evil.example"),
      fault: "mix-up",
    },
    { given: "names no issuer", change: (back) => back.searchParams.delete("iss"), fault: "mix-up" },
    {
      given: "names two issuers",
      change: (back) => back.searchParams.append("iss", "https://evil.example"),
      fault: "mix-up",
    },
    {
      given: "has another state",
      change: (back) => back.searchParams.set("state", "another"),
      fault: "answer",
    },
    { given: "has two codes", change: (back) => back.searchParams.append("code", "b"), fault: "answer" },
    { given: "has no code", change: (back) => back.searchParams.delete("code"), fault: "answer" },
    {
      given: "says that the person said no",
      change: (back) => back.searchParams.set("error", "access_denied"),
      fault: "denied",
    },
    {
      given: "says that it cannot at the moment",
      change: (back) => back.searchParams.set("error", "temporarily_unavailable"),
      fault: "unreachable",
    },
    {
      given: "says that we are wrong",
      change: (back) => back.searchParams.set("error", "unauthorized_client"),
      fault: "answer",
    },
    {
      given: "has a code of another sign-in",
      change: (back) => back.searchParams.set("code", "code-7"),
      fault: "answer",
      isAsked: true,
    },
  ];
  for (const { given, change, fault, isAsked = false } of answers) {
    it(`is asked for ${isAsked ? "a token and says no" : "nothing"} when its answer ${given}`, async () => {
      const { arrive, provider } = await anUpstream();
      await assert.rejects(arrive(ada, change), refused(fault));
      assert.equal(provider.asked.includes("/token"), isAsked);
    });
  }

  it("[RFC9700-RP-CODE] is not asked to redeem a code with another sign-in's verifier", async () => {
    const { upstreams, provider } = await anUpstream();
    const back = provider.approve(await upstreams.depart("work", kept, {}), ada);
    const others = { ...kept, codeVerifier: "the-verifier-of-a-sign-in-in-another-browser" };
    await assert.rejects(
      upstreams.arrive("work", back.searchParams, others),
      refused("answer", /invalid_grant/),
    );
  });

  const troubles: readonly { given: string; instead: Lies["instead"]; fault: string; fact: RegExp }[] = [
    {
      given: "does not resolve",
      instead: () => {
        throw new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ENOTFOUND" }) });
      },
      fault: "unreachable",
      fact: /ENOTFOUND/,
    },
    {
      given: "never answers",
      instead: async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        throw new DOMException("late", "TimeoutError");
      },
      fault: "unreachable",
      fact: /TimeoutError/,
    },
    {
      given: "is out of order",
      instead: () => new Response("", { status: 502 }),
      fault: "unreachable",
      fact: /502/,
    },
    {
      given: "answers without end",
      instead: () => new Response("x".repeat(300_000)),
      fault: "unreachable",
      fact: /longer than 262144/,
    },
    {
      given: "sends elsewhere",
      instead: () => new Response("", { status: 302, headers: { location: "http://169.254.169.254/" } }),
      fault: "answer",
      fact: /302/,
    },
    {
      given: "answers with a page",
      instead: () => new Response("<p>Hello"),
      fault: "answer",
      fact: /content-type/,
    },
  ];
  for (const { given, instead, fault, fact } of troubles) {
    it(`${given}: ${fault}`, async () => {
      const { depart, arrive, provider } = await anUpstream();
      await depart();
      provider.lies.instead = (url) => (url.pathname === "/token" ? instead?.(url) : undefined);
      await assert.rejects(arrive(), refused(fault, fact));
    });
  }

  it("is not asked over http, wherever its metadata point", async () => {
    const lies: Lies = { metadata: { token_endpoint: "http://id.example.net/token" } };
    const { arrive, provider } = await anUpstream({}, aForeignProvider(issuer, lies));
    await assert.rejects(arrive(), refused("answer", /HTTPS/));
    assert.ok(!provider.asked.includes("/token"));
  });

  it("is not asked over http in development either, but on loopback", async () => {
    const { fetch, asked } = aForeignProvider("http://id.example.net");
    const plans = [aPlan({ issuer: "http://id.example.net" })];
    const clock = new StoppedClock(1_800_000_000);
    const upstreams = await openUpstreams(plans, { clock, fetch, allowLoopback: true });
    await assert.rejects(upstreams.depart("work", kept, {}), refused("unreachable", /only https/));
    assert.deepEqual(asked, []);
  });

  it("is not asked when it is switched off, or not there", async () => {
    const { provider, upstreams } = await anUpstream({ isEnabled: false });
    await assert.rejects(upstreams.depart("work", kept, {}), refused("disabled"));
    await assert.rejects(upstreams.arrive("home", new URLSearchParams(), kept), refused("disabled"));
    assert.deepEqual(provider.asked, []);
  });
});
