import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { newSecret } from "../../tokens/secret.ts";
import { scrub, scrubbed, scrubText, secretNames } from "./scrub.ts";

const jwt = `eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.${"s".repeat(86)}`;
const secret = "S3cr3t-Value_0123456789";

describe("scrubbing of text", () => {
  for (const { given, text, clean } of [
    { given: "a JWT", text: `Got ${jwt} from it.`, clean: "Got [jwt] from it." },
    {
      given: "a form",
      text: `grant_type=refresh_token&refresh_token=${secret}&x=1`,
      clean: "grant_type=refresh_token&refresh_token=[redacted]&x=1",
    },
    { given: "a query", text: `/cb?code=${secret}&state=abc`, clean: "/cb?code=[redacted]&state=abc" },
    {
      given: "a query inside a query",
      text: `next=%2Fcb%3Fcode%3D${secret}%26state%3Dabc`,
      clean: "next=%2Fcb%3Fcode%3D[redacted]%26state%3Dabc",
    },
    {
      given: "an encoded password",
      text: "email=a&password=%20b%2Fc%26%zz&x",
      clean: "email=a&password=[redacted]&x",
    },
    {
      given: "JSON",
      text: `{"client_secret": "${secret}","a":1}`,
      clean: '{"client_secret": "[redacted]","a":1}',
    },
    {
      given: "a header",
      text: `Authorization: Bearer ${secret}.`,
      clean: "Authorization: Bearer [redacted]",
    },
    { given: "basic credentials", text: "basic dXNlcjpwYXNzd29yZA==", clean: "basic [redacted]" },
    {
      given: "a database URL",
      text: `postgres://v:${secret}@db:5432/v?a=b`,
      clean: "postgres://v:[redacted]@db:5432/v?a=b",
    },
    {
      given: "a database URL with signs in the password",
      text: "postgres://v:a:b@c@db/v",
      clean: "postgres://v:[redacted]@db/v",
    },
    {
      given: "a password hash",
      text: "was $argon2id$v=19$m=1,t=1,p=1$a$b here",
      clean: "was [password hash] here",
    },
    {
      given: "a private key",
      text: "-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----!",
      clean: "[private key]!",
    },
    { given: "half a private key", text: "-----BEGIN EC PRIVATE KEY-----\nMII", clean: "[private key]" },
    { given: "a name with a dash", text: "X client-secret=a b", clean: "X client-secret=[redacted] b" },
    { given: "a terminal's escape", text: "agent\u001b[2Jx\u202ey", clean: "agent\ufffd[2Jx\ufffdy" },
    { given: "a carriage return", text: "a\rb", clean: "a\ufffdb" },
  ]) {
    it(`takes the secret out of ${given}`, () => assert.equal(scrubText(text), clean));
  }

  for (const prefix of ["vkc", "vks", "vkr", "vku"] as const) {
    it(`takes out our own secret with prefix ${prefix}`, () => {
      assert.equal(scrubText(`(${newSecret(prefix)})`), "([redacted])");
    });
  }

  for (const text of [
    "Bound to https://mcp.example.com, the only resource.",
    "The authorization code was used before. (code.replayed)",
    "response_type=code&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256",
    'Bearer resource_metadata="https://a.example/.well-known/oauth-protected-resource"',
    "token_endpoint_auth_method=none",
    "http://127.0.0.1:8080/callback",
    "cursor://anysphere.cursor-mcp/oauth/callback",
    "mailto:a@b.example",
    "Line one\n\tLine two",
  ]) {
    it(`leaves alone ${JSON.stringify(text)}`, () => assert.equal(scrubText(text), text));
  }

  it("cuts what is too long, in a time that grows with it only", () => {
    for (const long of [
      "a".repeat(1e6),
      "code=".repeat(2e5),
      "eyJ".repeat(3e5),
      "a://".repeat(2e5),
      "%3D".repeat(3e5),
    ]) {
      const started = performance.now();
      assert.ok(scrubText(long).length <= 20_000);
      assert.ok(performance.now() - started < 500);
    }
  });
});

describe("scrubbing of records", () => {
  it("hides the value of every secret member, in any spelling, at any depth", () => {
    for (const name of secretNames) {
      const camel = name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
      for (const spelling of [name, name.toUpperCase(), name.replaceAll("_", "-"), camel]) {
        const shown = JSON.stringify(scrub({ a: [{ [spelling]: secret }], [spelling]: { inner: secret } }));
        assert.ok(!shown.includes(secret), `${spelling}: ${shown}`);
      }
    }
  });

  it("keeps everything else as it is", () => {
    const record = { at: 1, what: "token.issued", grantId: 7, none: null, list: ["a", true], password: null };
    assert.deepEqual(scrub(record), record);
  });

  it("tells of an error its name, message, code, stack and cause, and nothing that a database hung on it", () => {
    const cause = new Error(`cause with refresh_token=${secret}`);
    const error = Object.assign(new TypeError(`at /cb?code=${secret}`, { cause }), {
      code: "23505",
      detail: secret,
    });
    const shown = scrub({ err: error });
    const text = JSON.stringify(shown);
    assert.ok(!text.includes(secret), text);
    for (const part of ["TypeError", "/cb?code=[redacted]", "23505", "scrub.test.ts", "cause with"]) {
      assert.ok(text.includes(part), part);
    }
  });

  it("takes a member named like the prototype for a member", () => {
    const copy = scrub(JSON.parse(`{"__proto__": {"token": "${secret}", "a": "code=${secret}"}, "b": 1}`));
    assert.equal(Object.getPrototypeOf(copy), Object.prototype);
    assert.equal(JSON.stringify(copy), '{"__proto__":{"token":"[redacted]","a":"code=[redacted]"},"b":1}');
  });

  it("is not done twice for a record that it made, which nobody can change since", () => {
    const once = scrubbed({ what: `code=${secret}`, at: 1 });
    assert.equal(once.what, "code=[redacted]");
    assert.equal((scrub({ event: once }) as { event: object }).event, once);
    assert.throws(() => Object.assign(once, { what: secret }), TypeError);
  });

  it("is done for a copy of such a record, and for one that only looks like it", () => {
    const once = scrubbed({ what: "a", at: 1 });
    for (const other of [{ ...once, what: `code=${secret}` }, Object.freeze({ what: `code=${secret}` })]) {
      assert.equal((scrub(other) as { what: string }).what, "code=[redacted]");
    }
  });

  it("ends at what refers to itself", () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    assert.ok(JSON.stringify(scrub(circle)).includes("[deeper]"));
  });
});
