import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { describe, it } from "node:test";
import { foreignClient } from "../../testing/a-foreign-provider.ts";
import { StoppedClock } from "../../testing/stopped-clock.ts";
import type { UpstreamPlan } from "./plan.ts";
import { aPlan, kept, refused } from "./testing/an-upstream.ts";
import { openUpstreams } from "./upstreams.ts";

const emails = [
  { email: "old@example.com", primary: false, verified: true },
  { email: "Ada@Example.com", primary: true, verified: true },
];
const user = { id: 583_231, login: "ada", name: null, email: "shown@example.org" };

interface Answers {
  readonly user?: unknown;
  readonly emails?: unknown;
  readonly token?: unknown;
}

/** GitHub, as its documentation has it, without a socket. */
async function gitHub(about: Partial<UpstreamPlan> = {}, answers: Answers = {}) {
  const asked: string[] = [];
  const fetchThere: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    asked.push(`${init?.method} ${url.origin}${url.pathname}`);
    if (url.pathname === "/login/oauth/access_token") {
      const form = new URLSearchParams(String(init?.body));
      assert.equal(form.get("client_secret"), foreignClient.clientSecret);
      assert.equal(form.get("code_verifier"), kept.codeVerifier);
      const token = { access_token: "gho_1", token_type: "bearer", scope: "read:user,user:email" };
      return Response.json(answers.token ?? token);
    }
    assert.equal(new Headers(init?.headers).get("authorization"), "Bearer gho_1");
    const body = url.pathname.endsWith("/emails") ? (answers.emails ?? emails) : (answers.user ?? user);
    return typeof body === "number" ? new Response("{}", { status: body }) : Response.json(body);
  };
  const clock = new StoppedClock(1_800_000_000);
  const plan = aPlan({ kind: "github", issuer: null, ...about });
  const upstreams = await openUpstreams([plan], { clock, fetch: fetchThere });
  const arrive = (more: Readonly<Record<string, string>> = {}) =>
    upstreams.arrive("work", new URLSearchParams({ code: "c", state: kept.state, ...more }), kept);
  return { asked, upstreams, arrive };
}

describe("GitHub", () => {
  it("is asked for a code with state and PKCE, and told who is expected", async () => {
    const { upstreams } = await gitHub();
    const url = new URL(await upstreams.depart("work", kept, { loginHint: "ada", again: true }));
    assert.equal(url.origin + url.pathname, "https://github.com/login/oauth/authorize");
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      client_id: foreignClient.clientId,
      response_type: "code",
      redirect_uri: kept.redirectUri,
      scope: "read:user user:email",
      state: kept.state,
      code_challenge: hash("sha256", kept.codeVerifier, "base64url"),
      code_challenge_method: "S256",
      login: "ada",
      prompt: "select_account",
    });
  });

  it("says who somebody is by their number, and their address by what is primary and verified", async () => {
    const { arrive, asked } = await gitHub();
    assert.deepEqual(await arrive(), {
      subject: "583231",
      email: "ada@example.com",
      emailVerified: true,
      name: "ada",
      methods: [],
      authenticatedAt: null,
    });
    assert.deepEqual(asked, [
      "POST https://github.com/login/oauth/access_token",
      "GET https://api.github.com/user",
      "GET https://api.github.com/user/emails",
    ]);
  });

  for (const [issuer, site, api] of [
    ["https://git.example.com", "https://git.example.com", "https://git.example.com/api/v3"],
    ["https://git.example.com/", "https://git.example.com", "https://git.example.com/api/v3"],
    ["https://example.ghe.com", "https://example.ghe.com", "https://api.example.ghe.com"],
  ] as const) {
    it(`may be at ${issuer}`, async () => {
      const { arrive, asked } = await gitHub({ issuer });
      await arrive({ iss: `${site}/login/oauth` });
      assert.deepEqual(asked.slice(0, 2), [`POST ${site}/login/oauth/access_token`, `GET ${api}/user`]);
    });
  }

  it("may name itself in its answer as its metadata do, and nobody else", async () => {
    const { arrive } = await gitHub();
    assert.equal((await arrive({ iss: "https://github.com/login/oauth" })).subject, "583231");
    for (const iss of ["https://github.com", "https://evil.example/login/oauth", ""]) {
      await assert.rejects(arrive({ iss }), refused("mix-up"));
    }
  });

  const addresses: readonly {
    given: string;
    emails: unknown;
    about?: Partial<UpstreamPlan>;
    email: string | null;
  }[] = [
    {
      given: "an unverified primary address",
      emails: [{ ...emails[1], verified: false }],
      email: "ada@example.com",
    },
    { given: "no primary address", emails: [emails[0]], email: null },
    { given: "no address", emails: [], email: null },
    { given: "no list", emails: { message: "no" }, email: null },
    {
      given: "an operator who does not trust it",
      emails,
      about: { trustsEmail: false },
      email: "ada@example.com",
    },
  ];
  for (const { given, emails, about, email } of addresses) {
    it(`proves no address by ${given}`, async () => {
      const arrived = await (await gitHub(about, { emails })).arrive();
      assert.deepEqual(
        { email: arrived.email, emailVerified: arrived.emailVerified },
        { email, emailVerified: false },
      );
    });
  }

  it("lets in people of the named domains only", async () => {
    await (await gitHub({ domains: ["example.com"] })).arrive();
    await assert.rejects((await gitHub({ domains: ["example.org"] })).arrive(), refused("stranger"));
    const unverified = await gitHub(
      { domains: ["example.com"] },
      { emails: [{ ...emails[1], verified: false }] },
    );
    await assert.rejects(unverified.arrive(), refused("stranger"));
  });

  const faults: readonly { given: string; answers: Answers; fault: string }[] = [
    {
      given: "its error in an answer of 200",
      answers: { token: { error: "bad_verification_code" } },
      fault: "answer",
    },
    { given: "no number", answers: { user: { login: "ada" } }, fault: "answer" },
    { given: "a number as text", answers: { user: { ...user, id: "583231" } }, fault: "answer" },
    { given: "a number too large to be exact", answers: { user: { ...user, id: 2 ** 60 } }, fault: "answer" },
    { given: "an API that is out of order", answers: { user: 503 }, fault: "unreachable" },
    { given: "an API that refuses the addresses", answers: { emails: 403 }, fault: "answer" },
  ];
  for (const { given, answers, fault } of faults) {
    it(`lets nobody in by ${given}`, async () => {
      await assert.rejects((await gitHub({}, answers)).arrive(), refused(fault));
    });
  }
});
