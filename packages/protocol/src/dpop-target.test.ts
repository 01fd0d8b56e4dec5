import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { comparableTarget } from "./dpop-target.ts";

const called = "https://api.example/v1/notes";

describe("the target of a proof", () => {
  for (const { given, htu, of = called } of [
    { given: "the URL itself", htu: called },
    { given: "a scheme and host in capitals", htu: "HTTPS://API.Example/v1/notes" },
    { given: "the default port", htu: "https://api.example:443/v1/notes" },
    { given: "a colon without a port", htu: "https://api.example:/v1/notes" },
    { given: "the default port of http", htu: "http://127.0.0.1:80/", of: "http://127.0.0.1" },
    { given: "a query", htu: `${called}?page=2` },
    { given: "a fragment", htu: `${called}#top` },
    { given: "a question mark and nothing", htu: `${called}?` },
    { given: "unreserved characters that are encoded", htu: "https://api.example/v1/%6E%6ftes" },
    { given: "encoding in small letters", htu: "https://api.example/a%2fb", of: "https://api.example/a%2Fb" },
    { given: "dot segments", htu: "https://api.example/x/../v1/./notes" },
    { given: "dot segments beyond the root", htu: "https://api.example/../../v1/notes" },
    { given: "encoded dot segments", htu: "https://api.example/x/%2e%2E/v1/notes" },
    { given: "a dot segment at the end", htu: "https://api.example/v1/x/..", of: "https://api.example/v1/" },
    { given: "no path for the root", htu: "https://api.example", of: "https://api.example/" },
    { given: "an IPv6 address in capitals", htu: "http://[FE80::A]:8080/", of: "http://[fe80::a]:8080/" },
    {
      given: "characters that browsers leave bare",
      htu: "https://api.example/a|b[c]^",
      of: "https://api.example/a%7Cb%5Bc%5D%5E",
    },
  ]) {
    it(`is the same with ${given}`, () => {
      assert.notEqual(comparableTarget(htu), undefined);
      assert.equal(comparableTarget(htu), comparableTarget(of));
    });
  }

  for (const { given, htu } of [
    { given: "another path", htu: "https://api.example/v1/note" },
    { given: "a path in capitals", htu: "https://api.example/V1/notes" },
    { given: "a slash at the end", htu: `${called}/` },
    { given: "two slashes", htu: "https://api.example//v1/notes" },
    { given: "an encoded slash", htu: "https://api.example/v1%2Fnotes" },
    { given: "a twice encoded letter", htu: "https://api.example/v1/%256Eotes" },
    { given: "another scheme", htu: "http://api.example/v1/notes" },
    { given: "another port", htu: "https://api.example:8443/v1/notes" },
    { given: "the default port of the other scheme", htu: "https://api.example:80/v1/notes" },
    { given: "another host", htu: "https://api.example.evil/v1/notes" },
    { given: "a host below", htu: "https://x.api.example/v1/notes" },
    { given: "a path parameter", htu: `${called};x` },
  ]) {
    it(`is another with ${given}`, () => {
      assert.notEqual(comparableTarget(htu), undefined);
      assert.notEqual(comparableTarget(htu), comparableTarget(called));
    });
  }

  for (const { given, htu } of [
    { given: "nothing", htu: "" },
    { given: "a path alone", htu: "/v1/notes" },
    { given: "a host alone", htu: "api.example/v1/notes" },
    { given: "another kind of URI", htu: "urn:example:notes" },
    { given: "no host", htu: "https:///v1/notes" },
    { given: "a user", htu: "https://api.example@evil.example/v1/notes" },
    { given: "a user and password", htu: "https://user:password@api.example/v1/notes" },
    { given: "a backslash before the host's end", htu: "https://api.example\\@evil.example/v1/notes" },
    { given: "a backslash in the path", htu: "https://api.example/v1\\notes" },
    { given: "a dot at the end of the host", htu: "https://api.example./v1/notes" },
    { given: "an encoded host", htu: "https://api%2Eexample/v1/notes" },
    { given: "a port with a leading zero", htu: "https://api.example:0443/v1/notes" },
    { given: "a port too large", htu: "https://api.example:70000/v1/notes" },
    { given: "a port that is no number", htu: "https://api.example:x/v1/notes" },
    { given: "encoding cut short", htu: "https://api.example/v1/%6" },
    { given: "encoding that is none", htu: "https://api.example/v1/%zz" },
    { given: "a space", htu: "https://api.example/v1/notes " },
    { given: "a space in front", htu: " https://api.example/v1/notes" },
    { given: "a line break", htu: "https://api.example/v1/notes\n" },
    { given: "characters beyond ASCII", htu: "https://api.example/v1/nötes" },
    { given: "a host beyond ASCII", htu: "https://аpi.example/v1/notes" },
    { given: "a list", htu: "https://api.example/v1/notes, https://api.example/v1/notes" },
    { given: "five thousand characters", htu: `https://api.example/${"x".repeat(5_000)}` },
  ]) {
    it(`is none with ${given}`, () => {
      assert.equal(comparableTarget(htu), undefined);
    });
  }

  it("is compared in time that grows with its length", () => {
    const begun = performance.now();
    for (const piece of ["/..", "/./", "%2e/", "//", "[", ":"]) {
      comparableTarget(`https://api.example/${piece.repeat(1_000)}`);
      comparableTarget(`https://${piece.repeat(1_000)}`);
    }
    assert.ok(performance.now() - begun < 500);
  });
});
