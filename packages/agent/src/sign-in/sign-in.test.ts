import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { createAgent } from "../agent.ts";
import { type AgentOptions, memoryStore, type SignInOptions } from "../index.ts";
import { follows, wayBack } from "../testing/a-person.ts";
import { AnIssuer, json } from "../testing/an-issuer.ts";

const start = 1_800_000_000;

describe("signing in with a browser", () => {
  let issuer: AnIssuer;
  before(async () => {
    issuer = await AnIssuer.open();
  });
  after(() => issuer.close());
  beforeEach(() => {
    issuer.metadata = {};
    issuer.resourceMetadata = {};
    issuer.instead.clear();
    issuer.requests.length = 0;
    issuer.forms.length = 0;
  });

  const anAgent = (options: Partial<AgentOptions> = {}) =>
    createAgent({ resource: issuer.resource, store: memoryStore(), now: () => start, ...options });
  const going = (way: (address: URL) => unknown): SignInOptions => ({
    showAddress: async (address) => void (await way(address)),
  });

  it("[O21-C-02 MCP-C-10 MCP-C-12] asks with S256, a verifier and a state that are new each time, and the resource", async () => {
    const agent = anAgent({ scopes: ["notes:read", "notes:write"] });
    const asked: URLSearchParams[] = [];
    for (let time = 0; time < 3; time++) {
      await agent.signIn(
        going(async (address) => {
          asked.push(address.searchParams);
          await follows(address);
        }),
      );
    }
    for (const one of asked) {
      assert.deepEqual(
        ["response_type", "scope", "resource", "code_challenge_method"].map((name) => one.get(name)),
        ["code", "notes:read notes:write", issuer.resource, "S256"],
      );
      assert.match(one.get("state") ?? "", /^[\w-]{43}$/);
    }
    for (const name of ["state", "code_challenge"]) {
      assert.equal(new Set(asked.map((one) => one.get(name))).size, 3, name);
    }
    const verifiers = issuer.forms.map((form) => form.get("code_verifier") ?? "");
    assert.equal(new Set(verifiers).size, 3);
    assert.ok(verifiers.every((verifier) => /^[\w-]{43}$/.test(verifier)));
    assert.ok(issuer.forms.every((form) => form.get("resource") === issuer.resource));
  });

  it("[MCP-C-08] registers once at an issuer, as a native client with a loopback redirect, and remembers it", async () => {
    const agent = anAgent({ registration: { name: "Notes for the terminal" } });
    issuer.registrations.length = 0;
    const redirects: string[] = [];
    const clients = new Set<string>();
    for (let time = 0; time < 2; time++) {
      const { clientId } = await agent.signIn(
        going(async (address) => {
          redirects.push(address.searchParams.get("redirect_uri") ?? "");
          await follows(address);
        }),
      );
      clients.add(clientId);
    }
    assert.deepEqual(issuer.registrations, [
      {
        client_name: "Notes for the terminal",
        application_type: "native",
        redirect_uris: [redirects[0]],
        grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
        response_types: ["code"],
        token_endpoint_auth_method: "none",
      },
    ]);
    assert.equal(clients.size, 1);
    // The port that was registered is tried first: many issuers compare it.
    assert.equal(redirects[0], redirects[1]);
  });

  it("registers anew where the issuer has forgotten the client and sends nobody back", async () => {
    const agent = anAgent();
    const first = await agent.signIn(going(follows));
    const lost: SignInOptions = { showAddress: () => undefined, patience: 0.05 };
    await assert.rejects(agent.signIn(lost), { code: "sign-in-abandoned" });
    const next = await agent.signIn(going(follows));
    assert.notEqual(next.clientId, first.clientId);
  });

  it("[MCP-C-07] is what it was registered as, else its document, else registers, else says what is needed", async () => {
    const given = await anAgent({ client: { id: "notes-app" } }).signIn(going(follows));
    assert.equal(given.clientId, "notes-app");
    issuer.metadata = { client_id_metadata_document_supported: true };
    const document = "https://app.example/client.json";
    assert.equal((await anAgent({ client: { document } }).signIn(going(follows))).clientId, document);
    assert.equal(issuer.count("POST /register"), 0);
    issuer.metadata = {};
    await assert.rejects(anAgent({ client: { document } }).signIn(going(follows)), {
      code: "client-refused",
    });
    issuer.metadata = { registration_endpoint: undefined };
    await assert.rejects(anAgent().signIn(going(follows)), { code: "client-needed" });
  });

  it("[MCP-C-16] asks to stay signed in where the issuer knows that, and to know who signs in where that is wanted", async () => {
    issuer.metadata = { scopes_supported: ["openid", "email", "offline_access", "profile"] };
    const scopesOf = async (options: Partial<AgentOptions>) => {
      let asked: URLSearchParams | undefined;
      await anAgent(options).signIn(
        going(async (address) => {
          asked = address.searchParams;
          await follows(address);
        }),
      );
      return [asked?.get("scope"), asked?.get("prompt")];
    };
    assert.deepEqual(await scopesOf({}), ["notes:read offline_access", "consent"]);
    assert.deepEqual(await scopesOf({ asksWho: true }), [
      "notes:read openid email offline_access",
      "consent",
    ]);
    issuer.metadata = {};
    assert.deepEqual(await scopesOf({ asksWho: true }), ["notes:read", null]);
  });

  it("[MCP-C-11] does not begin at an issuer that does not list S256", async () => {
    for (const methods of [undefined, ["plain"], []]) {
      issuer.metadata = { code_challenge_methods_supported: methods };
      const nowhere = going(() => assert.fail("somebody was sent away"));
      await assert.rejects(anAgent().signIn(nowhere), { code: "issuer-unfit" });
    }
  });

  it("shows a secret to no issuer that only the resource names", async () => {
    const client = { id: "app", secret: "the secret of the app" };
    await assert.rejects(anAgent({ client }).signIn(going(follows)), { code: "client-foreign" });
    assert.equal(issuer.forms.length, 0);
    const named = anAgent({ client, issuer: issuer.origin, scopes: ["notes:read"] });
    await named.signIn(going(follows));
    assert.match(issuer.headers.find(({ authorization }) => authorization)?.authorization ?? "", /^Basic /);
  });

  describe("does not take", () => {
    for (const { given, change, code, silent = /evil/, saysIss = true } of [
      {
        given: "[O21-C-04 MCP-C-05] an answer of another issuer",
        change: (back: URLSearchParams) => back.set("iss", "https://evil.example"),
        code: "sign-in-answer",
      },
      {
        given: "[ISS-01] an issuer that is written otherwise",
        change: (back: URLSearchParams) => back.set("iss", `${back.get("iss")}/`),
        code: "sign-in-answer",
      },
      {
        given: "[MCP-C-05] an answer that does not say who answers, of an issuer that always says",
        change: (back: URLSearchParams) => back.delete("iss"),
        code: "sign-in-answer",
      },
      {
        given: "[MCP-C-05] a foreign issuer's answer where none was announced",
        change: (back: URLSearchParams) => back.set("iss", "https://evil.example"),
        code: "sign-in-answer",
        saysIss: false,
      },
      {
        given: "[MCP-C-06] the error of another issuer, nor repeats it",
        change(back: URLSearchParams) {
          back.delete("code");
          back.set("iss", "https://evil.example");
          back.set("error", "access_denied");
          back.set("error_description", "Call evil support.");
        },
        code: "sign-in-answer",
      },
      {
        given: "two codes",
        change: (back: URLSearchParams) => back.append("code", "evil"),
        code: "sign-in-answer",
      },
      {
        given: "an answer without code",
        change: (back: URLSearchParams) => back.delete("code"),
        code: "sign-in-answer",
      },
      {
        given: "a refusal for consent",
        change(back: URLSearchParams) {
          back.delete("code");
          back.set("error", "access_denied");
          back.set("error_description", "The person\u001b[2J said no");
        },
        code: "sign-in-refused",
        silent: /person.\[2J said no(?<!\?\[2J said no)/,
      },
    ]) {
      const [, ids = "", sentence = ""] = /^(\[.*?\] )?(.*)$/.exec(given) ?? [];
      it(`${ids}${sentence}`, async () => {
        issuer.metadata = { authorization_response_iss_parameter_supported: saysIss };
        const bringing = going(async (address) => {
          const back = await wayBack(address);
          change(back.searchParams);
          await fetch(back);
        });
        await assert.rejects(anAgent().signIn(bringing), (thrown: Error & { code?: string }) => {
          assert.equal(thrown.code, code);
          assert.doesNotMatch(thrown.message, silent);
          return true;
        });
        assert.equal(issuer.forms.length, 0);
      });
    }
  });

  it("[MCP-C-05] goes on without iss at an issuer that does not say that it sends it", async () => {
    issuer.metadata = { authorization_response_iss_parameter_supported: undefined };
    await anAgent().signIn(
      going(async (address) => {
        const back = await wayBack(address);
        back.searchParams.delete("iss");
        await fetch(back);
      }),
    );
  });

  it("tells the code to the token endpoint alone, and the verifier never to the browser", async () => {
    let shown = "";
    await anAgent().signIn(
      going(async (address) => {
        shown = address.href;
        await follows(address);
      }),
    );
    assert.ok(!shown.includes(issuer.forms[0]?.get("code_verifier") ?? "missing"));
  });

  it("ends when it is broken off, and leaves no listener behind", async () => {
    const stop = new AbortController();
    let callback = "";
    const signing = anAgent().signIn({
      showAddress(address) {
        callback = address.searchParams.get("redirect_uri") ?? "";
        stop.abort();
      },
      signal: stop.signal,
    });
    await assert.rejects(signing, { code: "sign-in-abandoned", message: /broken off/ });
    await assert.rejects(fetch(callback), TypeError);
  });

  it("keeps nothing when the issuer does not redeem the code", async () => {
    issuer.instead.set("/token", (_, response) => {
      json(response, 400, { error: "invalid_grant", error_description: "no" });
      return true;
    });
    const agent = anAgent();
    await assert.rejects(agent.signIn(going(follows)), {
      code: "request-refused",
      facts: { oauthError: "invalid_grant" },
    });
    assert.equal(await agent.whoami(), undefined);
  });

  for (const { given, answer, code } of [
    { given: "no token", answer: { token_type: "Bearer" }, code: "answer-malformed" },
    {
      given: "a token that would break a header",
      answer: { access_token: "a\r\nb", token_type: "Bearer" },
      code: "answer-malformed",
    },
    {
      given: "a token of an unknown type",
      answer: { access_token: "a", token_type: "mac" },
      code: "answer-malformed",
    },
    {
      given: "a token that is bound to a key nobody showed",
      answer: { access_token: "a", token_type: "DPoP" },
      code: "answer-malformed",
    },
    { given: "a page", answer: "<html>", code: "answer-malformed" },
  ]) {
    it(`refuses ${given} in the place of a token answer`, async () => {
      issuer.instead.set("/token", (_, response) => {
        json(response, 200, answer);
        return true;
      });
      await assert.rejects(anAgent().signIn(going(follows)), { code });
    });
  }

  it("[O21-C-09] ignores what it does not know in an answer, and needs neither expires_in nor scope", async () => {
    issuer.instead.set("/token", (_, response) => {
      json(response, 200, {
        access_token: "opaque",
        token_type: "bearer",
        foo: { bar: 1 },
        refresh_token: null,
      });
      return true;
    });
    const agent = anAgent();
    const login = await agent.signIn(going(follows));
    assert.deepEqual([login.expiresAt, login.isRenewable, login.scopes], [undefined, false, ["notes:read"]]);
    assert.equal((await agent.token()).accessToken, "opaque");
  });
});
