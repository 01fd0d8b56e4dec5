import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Nonces, newDpopKey } from "../dpop-key.ts";
import { accountOf } from "./account.ts";
import type { Conversation } from "./conversation.ts";
import type { Issued } from "./token-answer.ts";
import { emailOf } from "./userinfo.ts";

const expected = { issuer: "https://login.example", clientId: "app" };
const usual = { iss: expected.issuer, aud: "app", sub: "ada-1" };

function idToken(claims: Readonly<Record<string, unknown>>): string {
  return ["{}", JSON.stringify(claims), ""].map((part) => Buffer.from(part).toString("base64url")).join(".");
}

describe("who signed in, by an ID token", () => {
  for (const { given, token, account } of [
    {
      given: "its email address",
      token: idToken({ ...usual, email: "ada@example.com" }),
      account: "ada@example.com",
    },
    { given: "else a name", token: idToken({ ...usual, preferred_username: "ada" }), account: "ada" },
    { given: "else its subject", token: idToken(usual), account: "ada-1" },
    { given: "one for several audiences", token: idToken({ ...usual, aud: ["x", "app"] }), account: "ada-1" },
    {
      given: "nothing of another issuer's",
      token: idToken({ ...usual, iss: "https://evil.example" }),
      account: undefined,
    },
    {
      given: "nothing of one for another client",
      token: idToken({ ...usual, aud: "other" }),
      account: undefined,
    },
    {
      given: "nothing of one without a subject",
      token: idToken({ ...usual, sub: undefined }),
      account: undefined,
    },
    { given: "nothing of what is no token", token: "x", account: undefined },
    { given: "nothing of none", token: undefined, account: undefined },
  ]) {
    it(`is ${given}`, () => {
      assert.equal(accountOf(token, expected)?.name, account);
    });
  }
});

describe("the email address of who signed in", () => {
  const issued: Issued = {
    accessToken: "token",
    tokenType: "Bearer",
    expiresAt: undefined,
    refreshToken: undefined,
    scopes: ["openid", "email"],
    account: "ada-1",
    subject: "ada-1",
  };

  async function asked(
    about: {
      readonly endpoint?: string;
      readonly issued?: Partial<Issued>;
      readonly answer?: () => Response;
    } = {},
  ) {
    const requests: Request[] = [];
    const conversation = {
      outbound: {
        timeout: 1,
        userAgent: "test",
        async fetch(input: string | URL | Request, init?: RequestInit) {
          requests.push(new Request(input, init));
          return (about.answer ?? (() => Response.json({ sub: "ada-1", email: "ada@example.com" })))();
        },
      },
      issuer: {
        tokenEndpoint: new URL("https://login.example/token"),
        userinfoEndpoint: new URL(about.endpoint ?? "https://login.example/userinfo"),
      },
      nonces: new Nonces(),
      now: () => 1_800_000_000,
    } as unknown as Conversation;
    const key = about.issued?.tokenType === "DPoP" ? await newDpopKey() : undefined;
    return { email: await emailOf(conversation, { ...issued, ...about.issued }, key), requests };
  }

  it("is asked of the issuer, with the token that it made and a proof where that is bound", async () => {
    const plain = await asked();
    assert.equal(plain.email, "ada@example.com");
    assert.equal(plain.requests[0]?.headers.get("authorization"), "Bearer token");
    const bound = await asked({ issued: { tokenType: "DPoP" } });
    assert.equal(bound.requests[0]?.headers.get("authorization"), "DPoP token");
    assert.match(bound.requests[0]?.headers.get("dpop") ?? "", /^[\w-]+\.[\w-]+\.[\w-]+$/);
  });

  for (const { given, about, isAsked } of [
    {
      given: "an endpoint at another origin",
      about: { endpoint: "https://evil.example/userinfo" },
      isAsked: false,
    },
    { given: "a login without the scope for it", about: { issued: { scopes: ["openid"] } }, isAsked: false },
    {
      given: "a login that says nothing of the person",
      about: { issued: { subject: undefined } },
      isAsked: false,
    },
    {
      given: "an answer about somebody else",
      about: { answer: () => Response.json({ sub: "eve", email: "eve@example.com" }) },
      isAsked: true,
    },
    { given: "a refusal", about: { answer: () => new Response(null, { status: 401 }) }, isAsked: true },
    {
      given: "no answer",
      about: {
        answer: () => {
          throw new TypeError("fetch failed");
        },
      },
      isAsked: true,
    },
  ]) {
    it(`is not known by ${given}`, async () => {
      const { email, requests } = await asked(about);
      assert.equal(email, undefined);
      assert.equal(requests.length, isAsked ? 1 : 0);
    });
  }
});
