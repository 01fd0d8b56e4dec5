import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Wants } from "../../ports/upstreams.ts";
import { aForeignProvider, type Lies } from "../../testing/a-foreign-provider.ts";
import type { UpstreamPlan } from "./plan.ts";
import { ada, anUpstream, refused } from "./testing/an-upstream.ts";

describe("whom and what an upstream is believed", () => {
  const verified = { ...ada, email_verified: true };
  const cases: readonly {
    given: string;
    about?: Partial<UpstreamPlan>;
    person: Record<string, unknown>;
    isVerified: boolean;
  }[] = [
    { given: "a generic provider", person: verified, isVerified: false },
    {
      given: "a generic provider that the operator trusts",
      about: { trustsEmail: true },
      person: verified,
      isVerified: true,
    },
    {
      given: "a trusted provider that does not say verified",
      about: { trustsEmail: true },
      person: { ...ada, email_verified: false },
      isVerified: false,
    },
    {
      given: "a trusted provider that says it as text",
      about: { trustsEmail: true },
      person: { ...ada, email_verified: "true" },
      isVerified: true,
    },
    {
      given: "a trusted provider without an address",
      about: { trustsEmail: true },
      person: { sub: "ada", email_verified: true },
      isVerified: false,
    },
  ];
  for (const { given, about, person, isVerified } of cases) {
    it(`${given}: ${isVerified ? "verified" : "not verified"}`, async () => {
      assert.equal((await (await anUpstream(about)).arrive(person)).emailVerified, isVerified);
    });
  }

  it("lets in people of the named domains only, by verified addresses", async () => {
    const { arrive } = await anUpstream({ domains: ["example.com"] });
    assert.equal((await arrive(ada)).subject, "ada");
    for (const person of [
      { ...ada, email: "ada@example.org" },
      { ...ada, email_verified: false },
      { sub: "ada" },
    ]) {
      await assert.rejects(arrive(person), refused("stranger"));
    }
  });

  for (const [given, email] of Object.entries({
    "no address": "ada",
    "two at once": "a@b.example c@d.example",
    "a number": 7,
  })) {
    it(`keeps no address that is ${given}`, async () => {
      assert.equal((await (await anUpstream()).arrive({ ...ada, email })).email, null);
    });
  }

  it("keeps a name in one line of a hundred characters", async () => {
    const name = `\u202EAda\n${"a".repeat(200)}`;
    const arrived = await (await anUpstream()).arrive({ ...ada, name });
    assert.equal(arrived.name, `Ada ${"a".repeat(96)}`);
  });
});

/** Each provider at its own address, without a socket. */
const presets = {
  google: aPreset({ kind: "google" }, "https://accounts.google.com"),
  microsoft: aPreset({ kind: "microsoft" }, "https://login.microsoftonline.com/common/v2.0", {
    metadata: { issuer: "https://login.microsoftonline.com/{tenantid}/v2.0" },
  }),
  apple: aPreset({ kind: "apple" }, "https://appleid.apple.com"),
};

function aPreset(about: Partial<UpstreamPlan>, issuer: string, lies: Lies = {}) {
  return async (more: Partial<UpstreamPlan> = {}, moreLies: Lies = {}) =>
    await anUpstream({ issuer: null, ...about, ...more }, aForeignProvider(issuer, { ...lies, ...moreLies }));
}

const tenant = "72f988bf-86f1-41af-91ab-2d7cd011db47";
const atTenant = { iss: `https://login.microsoftonline.com/${tenant}/v2.0`, tid: tenant, oid: "object" };
const atMicrosoft = { ...ada, ...atTenant };
/** Microsoft sends no iss beside the code. */
const bare = (back: URL) => back.searchParams.delete("iss");
const silent: Lies = {
  metadata: {
    issuer: "https://login.microsoftonline.com/{tenantid}/v2.0",
    authorization_response_iss_parameter_supported: undefined,
  },
};

describe("what each provider is asked for", () => {
  const wants: Wants = { loginHint: "ada@example.com", again: true, maxAge: 60, uiLocales: "de en" };
  const cases: readonly { kind: keyof typeof presets; at: string; asked: Record<string, string> }[] = [
    {
      kind: "google",
      at: "https://accounts.google.com/authorize",
      asked: {
        scope: "openid email profile",
        login_hint: "ada@example.com",
        prompt: "select_account",
        hl: "de",
      },
    },
    {
      kind: "microsoft",
      at: "https://login.microsoftonline.com/authorize",
      asked: {
        ...{ scope: "openid email profile", login_hint: "ada@example.com", prompt: "login" },
        ...{ max_age: "60", ui_locales: "de en" },
      },
    },
    {
      kind: "apple",
      at: "https://appleid.apple.com/auth/authorize",
      asked: { scope: "openid email name", response_mode: "form_post" },
    },
  ];
  for (const { kind, at, asked } of cases) {
    it(`${kind}: what it understands`, async () => {
      const url = await (await presets[kind]()).depart(wants);
      assert.equal(url.origin + url.pathname, at);
      const always =
        /^(?:client_id|response_type|redirect_uri|state|nonce|code_challenge|code_challenge_method)$/;
      const own = [...url.searchParams].filter(([name]) => !always.test(name));
      assert.deepEqual(Object.fromEntries(own), asked);
    });
  }
});

describe("whether an address is the person's own", () => {
  const cases: readonly {
    given: string;
    kind: keyof typeof presets;
    person: Record<string, unknown>;
    about?: Partial<UpstreamPlan>;
    isVerified: boolean;
  }[] = [
    {
      given: "a Gmail address",
      kind: "google",
      person: { ...ada, email: "ada@gmail.com" },
      isVerified: true,
    },
    { given: "a Workspace domain", kind: "google", person: { ...ada, hd: "example.com" }, isVerified: true },
    {
      given: "an address of elsewhere with a Google account",
      kind: "google",
      person: ada,
      isVerified: false,
    },
    {
      given: "an unverified one of a Workspace domain",
      kind: "google",
      person: { ...ada, hd: "example.com", email_verified: false },
      isVerified: false,
    },
    {
      given: "an address as an administrator wrote it",
      kind: "microsoft",
      person: atMicrosoft,
      isVerified: false,
    },
    {
      given: "a domain that the tenant owns",
      kind: "microsoft",
      person: { ...atMicrosoft, xms_edov: true },
      isVerified: true,
    },
    {
      given: "a domain that it does not",
      kind: "microsoft",
      person: { ...atMicrosoft, xms_edov: false },
      isVerified: false,
    },
    {
      given: "an administrator whom the operator trusts",
      kind: "microsoft",
      about: { trustsEmail: true },
      person: { ...atMicrosoft, email_verified: undefined },
      isVerified: true,
    },
    {
      given: "a trusted tenant's owned domain, and the operator trusts nobody",
      kind: "microsoft",
      about: { trustsEmail: false },
      person: { ...atMicrosoft, xms_edov: true },
      isVerified: false,
    },
    {
      given: "a relay address",
      kind: "apple",
      person: { sub: "ada", email: "x@privaterelay.appleid.com", email_verified: "true" },
      isVerified: true,
    },
    {
      given: "an unverified address",
      kind: "apple",
      person: { ...ada, email_verified: "false" },
      isVerified: false,
    },
  ];
  for (const { given, kind, person, about, isVerified } of cases) {
    it(`[I6-UPSTREAM-EMAIL] ${kind}, ${given}: ${isVerified ? "yes" : "no"}`, async () => {
      const { arrive } = await presets[kind](about, kind === "microsoft" ? silent : {});
      assert.equal((await arrive(person, bareFor(kind))).emailVerified, isVerified);
    });
  }
});

function bareFor(kind: string): (back: URL) => void {
  return kind === "microsoft" ? bare : () => {};
}

describe("who somebody is at Microsoft", () => {
  it("is tenant and object, for `sub` is another one for each client_id", async () => {
    const { arrive } = await presets.microsoft({}, silent);
    assert.equal((await arrive(atMicrosoft, bare)).subject, `${tenant}.object`);
  });

  for (const claim of ["tid", "oid"]) {
    it(`is not known without ${claim}`, async () => {
      const { arrive } = await presets.microsoft({}, silent);
      await assert.rejects(arrive({ ...atMicrosoft, [claim]: undefined }, bare), refused("answer"));
    });
  }

  it("is not what a token says that names another tenant than its issuer", async () => {
    const { arrive } = await presets.microsoft({}, silent);
    await assert.rejects(arrive({ ...atMicrosoft, tid: "another" }, bare), refused("answer", /iss/));
  });
});

describe("who is let in from Google and Apple", () => {
  it("at Google, the domain's own accounts, not those that were opened with its addresses", async () => {
    const { arrive } = await presets.google({ domains: ["example.com"] });
    assert.equal((await arrive({ ...ada, hd: "Example.com" })).subject, "ada");
    await assert.rejects(arrive(ada), refused("stranger"));
  });

  it("at Apple, whoever's name came beside the code, once", async () => {
    const { arrive } = await presets.apple();
    const { name } = await arrive({ sub: "ada" }, (back) => back.searchParams.set("name", "Ada Lovelace"));
    assert.equal(name, "Ada Lovelace");
  });
});
