import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { UpstreamPlan } from "../adapters/upstreams/plan.ts";
import { upstreamSettings } from "./describe.ts";
import { ConfigError } from "./fault.ts";
import { loadConfig } from "./load.ts";
import { planOf } from "./plan.ts";

const env = { VALETKEY_ISSUER: "https://auth.example.com" };

async function plansOf(text: string): Promise<readonly UpstreamPlan[]> {
  return planOf(await loadConfig({ text, env }), undefined).upstreams;
}

async function faultsOf(text: string): Promise<string> {
  const thrown = await plansOf(text).then(
    () => assert.fail(`nothing is wrong with ${text}`),
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof ConfigError, String(thrown));
  return thrown.message;
}

describe("the settings of upstreams", () => {
  it("hands every setting on under the adapter's names", async () => {
    const text = `upstreams:
  work: {kind: oidc, name: Work Inc., enabled: false, issuer: "https://id.example.com/", client_id: a, client_secret: b, key_id: k, scopes: [openid], sign_up: true, link_by_email: true, trust_email: true, trust_mfa: true, domains: [example.com]}
  apple: {kind: apple, client_id: c, team_id: T, key_id: K, private_key_file: a.p8}
  microsoft: {kind: microsoft, client_id: d, client_secret_file: /s, tenant: organizations}
  google: {kind: google, client_id: e, client_secret: f}
  own-git: {kind: github, client_id: g, client_secret: h, issuer: "https://git.example.com"}
  plain: {kind: oidc, client_id: i, issuer: "http://127.0.0.1:9000"}`;
    const usual = {
      ...{ isEnabled: true, signsUp: false, linksByEmail: false, trustsMfa: false, trustsEmail: null },
      ...{ issuer: null, tenant: "common", clientSecret: null, keyFile: null, keyId: null, teamId: null },
      ...{ scopes: null, domains: [] },
    };
    assert.deepEqual(await plansOf(text), [
      {
        ...{
          id: "work",
          kind: "oidc",
          name: "Work Inc.",
          isEnabled: false,
          signsUp: true,
          linksByEmail: true,
        },
        ...{ trustsMfa: true, trustsEmail: true, issuer: "https://id.example.com/", tenant: "common" },
        ...{ clientId: "a", clientSecret: "b", keyFile: null, keyId: "k", teamId: null },
        ...{ scopes: ["openid"], domains: ["example.com"] },
      },
      {
        ...{ ...usual, id: "apple", kind: "apple", name: "Apple", clientId: "c" },
        ...{ keyFile: join(process.cwd(), "a.p8"), keyId: "K", teamId: "T" },
      },
      {
        ...{ ...usual, id: "microsoft", kind: "microsoft", name: "Microsoft", clientId: "d" },
        ...{ clientSecret: { file: "/s" }, tenant: "organizations" },
      },
      { ...usual, id: "google", kind: "google", name: "Google", clientId: "e", clientSecret: "f" },
      {
        ...{ ...usual, id: "own-git", kind: "github", name: "GitHub", clientId: "g", clientSecret: "h" },
        issuer: "https://git.example.com",
      },
      { ...usual, id: "plain", kind: "oidc", name: "plain", clientId: "i", issuer: "http://127.0.0.1:9000" },
    ]);
  });

  it("may stand in the environment, all of them", async () => {
    const upstreams = "{google: {kind: google, client_id: e, client_secret: f}}";
    const config = await loadConfig({ env: { ...env, VALETKEY_UPSTREAMS: upstreams } });
    assert.deepEqual(planOf(config, undefined).upstreams, await plansOf(`upstreams: ${upstreams}`));
  });

  it("has a sentence and an example that is acceptable for each", async () => {
    for (const { name, sentence, example } of upstreamSettings) {
      assert.match(name, /^upstreams\.<name>\.[a-z_]+$/);
      assert.match(sentence, /^[A-Z].*\.$/, name);
      const member = name.slice(name.lastIndexOf(".") + 1);
      const given = { kind: "oidc", client_id: "a", [member]: example };
      const lines = Object.entries(given).map(([key, value]) => `    ${key}: ${value}`);
      const faults = await plansOf(`upstreams:\n  work:\n${lines.join("\n")}`).then(
        () => "",
        (error: ConfigError) => error.message,
      );
      assert.doesNotMatch(faults, new RegExp(`work\\.${member} must`), name);
    }
  });

  const wrong: readonly { given: string; says: RegExp }[] = [
    {
      given: "Work: {kind: google, client_id: a, client_secret: b}",
      says: /must be named by lower-case letters/,
    },
    { given: "work: {kind: facebook, client_id: a}", says: /work\.kind must be one of oidc, google/ },
    {
      given: "work: {kind: google, client_id: a, client_secret: b, colour: red}",
      says: /upstreams\.work\.colour is no setting/,
    },
    { given: "work: {kind: google, client_secret: b}", says: /work\.client_id is missing/ },
    { given: "work: {kind: google, client_id: a}", says: /work\.client_secret is missing/ },
    {
      given: "work: {kind: oidc, client_id: a}",
      says: /work\.issuer is missing.*For example: issuer: https:/,
    },
    {
      given: "work: {kind: oidc, client_id: a, issuer: http://id.example.com}",
      says: /work\.issuer must begin with https/,
    },
    { given: "work: {kind: oidc, client_id: a, issuer: https://id.example.com?a=b}", says: /no query/ },
    {
      given: "work: {kind: google, client_id: a, client_secret: b, issuer: https://id.example.com}",
      says: /work\.kind has an issuer of its own, and another is named\. Take the issuer away/,
    },
    {
      given: "work: {kind: google, client_id: a, client_secret: b, tenant: common}",
      says: /work\.tenant is known to microsoft only, not to google\. Take it away, or say kind: microsoft\./,
    },
    {
      given: "work: {kind: microsoft, client_id: a, client_secret: b, tenant: a/b}",
      says: /work\.tenant must be a tenant/,
    },
    {
      given: "work: {kind: apple, client_id: a, team_id: T, key_id: K}",
      says: /work\.private_key_file is missing/,
    },
    {
      given: "work: {kind: apple, client_id: a, private_key_file: a, key_id: K}",
      says: /work\.team_id is missing/,
    },
    {
      given: "work: {kind: apple, client_id: a, private_key_file: a, team_id: T}",
      says: /work\.key_id is missing/,
    },
    {
      given: "work: {kind: github, client_id: a, private_key_file: a}",
      says: /work\.private_key_file is of no use/,
    },
    {
      given: "work: {kind: github, client_id: a, client_secret: b, client_secret_file: c}",
      says: /work\.client_secret is one of several/,
    },
    {
      given: "work: {kind: oidc, client_id: a, issuer: https://a.example, link_by_email: true}",
      says: /work\.link_by_email has no effect/,
    },
    {
      given: "work: {kind: google, client_id: a, client_secret: b, link_by_email: true, trust_email: false}",
      says: /work\.link_by_email has no effect/,
    },
    {
      given: "work: {kind: google, client_id: a, client_secret: b, domains: [https://example.com]}",
      says: /work\.domains item 1 must be a host/,
    },
    { given: "work: google", says: /upstreams\.work must be a group/ },
  ];
  for (const { given, says } of wrong) {
    it(`refuses ${given}`, async () => assert.match(await faultsOf(`upstreams:\n  ${given}`), says));
  }
});
