import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { OAuthError } from "@valetkey/protocol/errors";
import { readTarget } from "./target.ts";

describe("a request target with one reading", () => {
  for (const { raw, path, query = "", segments } of [
    { raw: "/", path: "/", segments: [] },
    { raw: "/a/b", path: "/a/b", segments: ["a", "b"] },
    { raw: "/a/", path: "/a/", segments: ["a"] },
    { raw: "/A/b", path: "/A/b", segments: ["a", "b"] },
    { raw: "/%61/%42", path: "/a/B", segments: ["a", "b"] },
    { raw: "/a%20b", path: "/a%20b", segments: ["a b"] },
    { raw: "/llama3%3alatest", path: "/llama3:latest", segments: ["llama3:latest"] },
    { raw: '/a"b', path: "/a%22b", segments: ['a"b'] },
    { raw: "/%7Euser", path: "/~user", segments: ["~user"] },
    { raw: "/.well-known/x", path: "/.well-known/x", segments: [".well-known", "x"] },
    { raw: "/a?b=%2e%2e/..//c", path: "/a", query: "?b=%2e%2e/..//c", segments: ["a"] },
    { raw: "/a?", path: "/a", segments: ["a"] },
    { raw: "http://other/a?b", path: "/a", query: "?b", segments: ["a"] },
    { raw: "HTTP://other", path: "/", segments: [] },
    { raw: "http://other?b", path: "/", query: "?b", segments: [] },
  ]) {
    it(`reads ${raw}`, () => assert.deepEqual(readTarget(raw), { path, query, segments }));
  }

  for (const raw of [
    "",
    "*",
    "a",
    "api.example:443",
    "ftp://a/b",
    "http://user@a/b",
    "http:/a",
    "//a",
    "/a//b",
    "/a//",
    "/..",
    "/a/../b",
    "/a/./b",
    "/a/..",
    "/%2e%2e/b",
    "/.%2E/b",
    "/a./b",
    "/a%2e/b",
    "/.../b",
    "/%20a",
    "/a%20",
    "/a%2fb",
    "/a%2Fb",
    "/a%5cb",
    "/a\\b",
    "/a%252fb",
    "/%2561",
    "/a%25",
    "/a;b=c",
    "/a%3bb",
    "/a;/../b",
    "/a%3fb",
    "/a%23b",
    "/a#b",
    "/a%00",
    "/a%00b",
    "/a%0d%0ab",
    "/a%7f",
    "/a%",
    "/a%2",
    "/a%zz",
    "/a%u002fb",
    "/%c0%afb",
    "/%ef%bc%8fb",
    "/caf%c3%a9",
    "/caf\u00e9",
    "/a b",
    "/a\tb",
    "/a\u0000b",
    "/a?b%zz",
    "/a?b=%00",
    "/a?_method=DELETE",
    "/a?x=1&_METHOD=DELETE",
    "/a?x;%5Fmethod=DELETE",
    "/a?%255fmethod=DELETE",
    "/a?+_method=DELETE",
    "/a?_method[]=DELETE",
    "/a?.method=DELETE",
    "/a?X-HTTP-Method-Override=PUT",
    "/a?access_token=x",
    "/a?Access%5FToken=x",
    `/${"a".repeat(9_000)}`,
    `/${"a/".repeat(100)}`,
  ]) {
    it(`refuses ${JSON.stringify(raw.slice(0, 40))}`, () => {
      assert.throws(
        () => readTarget(raw),
        (error) => error instanceof OAuthError && error.refusal === "upstream.target",
      );
    });
  }

  it("reads what it would send as what it has read", () => {
    for (const raw of ["/a%20b/%3A", "/x%22y/%7e", "/%5b1%5D/"]) {
      const once = readTarget(raw);
      assert.deepEqual(readTarget(once.path), once);
    }
  });
});
