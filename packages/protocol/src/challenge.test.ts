import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bearerChallenge, readBearerChallenge, readChallenges } from "./challenge.ts";

describe("bearerChallenge", () => {
  it("[O21-RS-05] says each attribute once", () => {
    const header = bearerChallenge({
      error: "insufficient_scope",
      errorDescription: "More is needed.",
      errorUri: "https://docs.example/scopes",
      scopes: ["notes:read", "notes:write", "notes:read"],
      resourceMetadata: "https://api.example/.well-known/oauth-protected-resource",
    });
    assert.equal(
      header,
      'Bearer error="insufficient_scope", error_description="More is needed.", error_uri="https://docs.example/scopes", ' +
        'scope="notes:read notes:write", resource_metadata="https://api.example/.well-known/oauth-protected-resource"',
    );
  });

  it("is the bare scheme when there is nothing to say", () => {
    assert.equal(bearerChallenge({}), "Bearer");
    assert.equal(bearerChallenge({ scopes: [] }), "Bearer");
  });

  for (const description of ['a" , scope="admin', "a\r\nSet-Cookie: x=1", "a\\", "ä\u0000\u007f\u{1F600}"]) {
    it(`writes ${JSON.stringify(description)} so that it stays one value`, () => {
      const header = bearerChallenge({ error: "invalid_token", errorDescription: description });
      assert.match(
        header,
        /^Bearer error="invalid_token", error_description="[\x20-\x21\x23-\x5B\x5D-\x7E]*"$/,
      );
    });
  }

  for (const scope of ['a"b', "a b", "a\\b", "a\nb", "a\r\nX: y", "ä", "", "\u0000"]) {
    it(`refuses the scope ${JSON.stringify(scope)} and does not repeat it`, () => {
      assert.throws(
        () => bearerChallenge({ scopes: ["good", scope] }),
        (thrown) => thrown instanceof TypeError && thrown.message.startsWith("Scope number 2 "),
      );
    });
  }

  for (const url of ['https://a.example/"\r\nX: y', "https://a.example/?q=\\", 'https://a.example/#"']) {
    it(`writes ${JSON.stringify(url)} as one value`, () => {
      const header = bearerChallenge({ resourceMetadata: url });
      assert.match(header, /^Bearer resource_metadata="[\x21\x23-\x5B\x5D-\x7E]*"$/);
    });
  }

  it("refuses a URL that is not absolute", () => {
    assert.throws(() => bearerChallenge({ resourceMetadata: "/x" }), TypeError);
    assert.throws(() => bearerChallenge({ errorUri: "x" }), TypeError);
  });
});

describe("readChallenges", () => {
  it("reads back what bearerChallenge wrote", () => {
    const header = bearerChallenge({
      error: "invalid_token",
      scopes: ["a", "b"],
      resourceMetadata: "https://a.example/x",
    });
    const read = readBearerChallenge(header);
    assert.deepEqual(Object.fromEntries(read?.attributes ?? []), {
      error: "invalid_token",
      scope: "a b",
      resource_metadata: "https://a.example/x",
    });
  });

  for (const { given, header, expected } of [
    { given: "nothing", header: "", expected: [] },
    { given: "a bare scheme", header: "Bearer", expected: [["Bearer", {}]] },
    {
      given: "several schemes",
      header: 'Basic realm="a, b", Bearer scope="x", DPoP',
      expected: [
        ["Basic", { realm: "a, b" }],
        ["Bearer", { scope: "x" }],
        ["DPoP", {}],
      ],
    },
    {
      given: "a token68",
      header: 'Negotiate YWJj==, bearer error="x"',
      expected: [
        ["Negotiate", {}],
        ["bearer", { error: "x" }],
      ],
    },
    {
      given: "values without quotes",
      header: "Bearer error=invalid_token , SCOPE = a",
      expected: [["Bearer", { error: "invalid_token", scope: "a" }]],
    },
    { given: "quoted pairs", header: 'Bearer realm="a\\"b\\\\"', expected: [["Bearer", { realm: 'a"b\\' }]] },
    {
      given: "a URL without quotes",
      header: "Bearer resource_metadata=https://a.example/x",
      expected: [["Bearer", { resource_metadata: "https://a.example/x" }]],
    },
    { given: "a quote without end", header: 'Bearer scope="a', expected: [["Bearer", {}]] },
    { given: "empty members", header: ", , Bearer ,, scope=a", expected: [["Bearer", { scope: "a" }]] },
    { given: "rubbish", header: "=;=", expected: [] },
  ]) {
    it(`reads ${given}`, () => {
      const read = readChallenges(header).map((one) => [one.scheme, Object.fromEntries(one.attributes)]);
      assert.deepEqual(read, expected);
    });
  }

  it("[O21-RS-05] names an attribute that came twice and keeps the first", () => {
    const read = readBearerChallenge('Bearer scope="a", scope="b"');
    assert.equal(read?.attributes.get("scope"), "a");
    assert.deepEqual(read?.repeated, ["scope"]);
  });

  it("reads a hostile header in time that grows with its length", () => {
    const started = performance.now();
    readChallenges(`Bearer ${'a="'.repeat(20_000)}`);
    readChallenges(`Bearer ${"a,".repeat(20_000)}`);
    readChallenges(`Bearer ${" ".repeat(60_000)}x`);
    assert.ok(performance.now() - started < 2_000);
  });
});
