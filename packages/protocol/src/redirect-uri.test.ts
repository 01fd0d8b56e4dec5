import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { redirectTricks, trickedRedirects } from "./redirect-uri.tricks.ts";
import {
  isLoopback,
  matchRedirectUri,
  type RedirectUriFault,
  redirectHost,
  redirectUriFault,
  redirectUriMatches,
} from "./redirect-uri.ts";

const cursor = "cursor://anysphere.cursor-mcp/oauth/callback";

describe("what may be registered as redirect URI", () => {
  for (const uri of [
    "https://app.example.com/callback",
    "https://app.example.com",
    "https://app.example.com/",
    "https://app.example.com:8443/callback",
    "https://app.example.com/callback?tenant=a&next=%2Fhome",
    "https://app.example.com?tenant=a",
    "https://app.example.com/a~b/%20c/'(d)",
    "https://xn--bcher-kva.example/callback",
    "https://intranet/callback",
    "https://192.0.2.7/callback",
    "https://[2001:db8::7]/callback",
    "http://127.0.0.1/callback",
    "http://127.0.0.1:33418/",
    "http://127.0.0.1:80/callback",
    "http://[::1]:8080/callback",
    "http://localhost/callback",
    "http://localhost:6274/oauth/callback",
    cursor,
  ]) {
    it(`[O21-AS-06 MCP-AS-20] ${uri}`, () => {
      assert.equal(redirectUriFault(uri, { appRedirects: [cursor] }), undefined);
    });
  }

  const faults: readonly { uri: string; fault: RedirectUriFault }[] = [
    { uri: "", fault: "characters" },
    { uri: "https://app.example.com/call back", fault: "characters" },
    { uri: "https://app.example.com\\callback", fault: "characters" },
    { uri: "https://b\u00FCcher.example/callback", fault: "characters" },
    { uri: "https://app.example.com/<script>", fault: "characters" },
    { uri: "https://app.example.com/%zz", fault: "malformed" },
    { uri: "/callback", fault: "malformed" },
    { uri: "https:/app.example.com/callback", fault: "malformed" },
    { uri: "https://app.example.com/[x]", fault: "malformed" },
    { uri: "https://app.example.com/callback#", fault: "fragment" },
    { uri: "https://*.example.com/callback", fault: "wildcard" },
    { uri: "https://app.example.com/*", fault: "wildcard" },
    { uri: "https://user@app.example.com/callback", fault: "userinfo" },
    { uri: "https:///callback", fault: "host" },
    { uri: "https://app.example.com./callback", fault: "host" },
    { uri: "https://APP.example.com/callback", fault: "host" },
    { uri: "https://-app.example.com/callback", fault: "host" },
    { uri: "http://app.example.com/callback", fault: "host" },
    { uri: "http://127.0.0.2/callback", fault: "host" },
    { uri: "http://127.0.0.1.evil.com/callback", fault: "host" },
    { uri: "https://app.example.com:/callback", fault: "port" },
    { uri: "https://app.example.com:65536/callback", fault: "port" },
    { uri: "http://127.0.0.1:0/callback", fault: "port" },
    { uri: "https://app.example.com/a/../callback", fault: "path" },
    { uri: "https://app.example.com/a/%2E%2e/callback", fault: "path" },
    { uri: "https://app.example.com/a%2Fcallback", fault: "path" },
    { uri: "https://app.example.com/a%252Fcallback", fault: "path" },
    { uri: "https://app.example.com/callback%0d%0a", fault: "path" },
    { uri: "https://app.example.com/callback?code=1", fault: "reserved-parameter" },
    { uri: "https://app.example.com/callback?a=b&%69ss=x", fault: "reserved-parameter" },
    { uri: "https://app.example.com:443/callback", fault: "spelling" },
    { uri: "https://2130706433/callback", fault: "spelling" },
    { uri: "https://0x7f.1/callback", fault: "spelling" },
    { uri: "https://[0:0:0:0:0:0:0:1]/callback", fault: "spelling" },
    { uri: "HTTPS://app.example.com/callback", fault: "spelling" },
    { uri: "https://1.2.3.4.5/callback", fault: "spelling" },
    { uri: "javascript:alert(1)", fault: "scheme" },
    { uri: "JAVASCRIPT:alert(1)", fault: "scheme" },
    { uri: "data:text/html,x", fault: "scheme" },
    { uri: "com.example.app:/callback", fault: "app-scheme" },
    { uri: "notes:/callback", fault: "app-scheme" },
    { uri: `${cursor}/`, fault: "app-scheme" },
    { uri: cursor.replace("cursor:", "Cursor:"), fault: "app-scheme" },
  ];
  for (const { uri, fault } of faults) {
    it(`[O21-AS-06 O21-AS-08 MCP-AS-20] not ${JSON.stringify(uri)}: ${fault}`, () => {
      assert.equal(redirectUriFault(uri, { appRedirects: [cursor] }), fault);
    });
  }

  it("lets no allow-list open the way for a scheme that runs code, a fragment or plain http", () => {
    const listed = ["javascript:alert(1)", "cursor://x/#y", "http://app.example.com/callback"];
    assert.deepEqual(
      listed.map((uri) => redirectUriFault(uri, { appRedirects: listed })),
      ["scheme", "fragment", "host"],
    );
  });
});

describe("matching a requested redirect URI", () => {
  for (const { registered, requested, same } of [
    { registered: "https://a.example/cb", requested: "https://a.example/cb", same: true },
    { registered: "https://a.example/cb?x=1", requested: "https://a.example/cb?x=1", same: true },
    { registered: "https://a.example/cb?x=1", requested: "https://a.example/cb", same: false },
    { registered: "https://a.example", requested: "https://a.example/", same: false },
    { registered: "https://a.example:1/cb", requested: "https://a.example:2/cb", same: false },
    { registered: "http://127.0.0.1/cb", requested: "http://127.0.0.1:4711/cb", same: true },
    { registered: "http://127.0.0.1:1234/cb", requested: "http://127.0.0.1:4711/cb", same: true },
    { registered: "http://127.0.0.1:1234/cb", requested: "http://127.0.0.1/cb", same: true },
    { registered: "http://127.0.0.1/cb", requested: "http://127.0.0.1:80/cb", same: true },
    { registered: "http://localhost/cb", requested: "http://localhost:4711/cb", same: true },
    { registered: "http://[::1]/cb", requested: "http://[::1]:4711/cb", same: true },
    { registered: "http://[::1]/cb", requested: "http://127.0.0.1:4711/cb", same: false },
    { registered: "http://localhost/cb", requested: "http://127.0.0.1:4711/cb", same: false },
    { registered: "http://127.0.0.1/cb", requested: "http://localhost:4711/cb", same: false },
    { registered: "http://localhost/cb", requested: "http://localhost:4711/cb/", same: false },
    { registered: "http://localhost/cb?x=1", requested: "http://localhost:4711/cb?x=2", same: false },
    { registered: "https://localhost/cb", requested: "https://localhost:4711/cb", same: false },
    { registered: "https://127.0.0.1/cb", requested: "http://127.0.0.1/cb", same: false },
    { registered: "http://localhost:99999/cb", requested: "http://localhost:4711/cb", same: false },
    { registered: cursor, requested: cursor, same: true },
    { registered: cursor, requested: `${cursor}?x=1`, same: false },
    { registered: "javascript:alert(1)", requested: "javascript:alert(1)", same: false },
    { registered: "http://app.example.com/", requested: "http://app.example.com/", same: false },
  ]) {
    it(`[O21-AS-07 O21-AS-42 MCP-AS-21 CL-05] ${registered} ${same ? "takes" : "refuses"} ${requested}`, () => {
      assert.equal(redirectUriMatches(registered, requested), same);
    });
  }

  it("finds a match anywhere in the list, and none in an empty one", () => {
    assert.equal(matchRedirectUri(trickedRedirects, "http://127.0.0.1:4711/callback"), true);
    assert.equal(matchRedirectUri([], "http://127.0.0.1:4711/callback"), false);
  });
});

describe("redirect URI tricks", () => {
  it("are at least seventy, and no two alike", () => {
    assert.ok(redirectTricks.length >= 70);
    assert.equal(new Set(redirectTricks.map(({ uri }) => uri)).size, redirectTricks.length);
    assert.equal(new Set(redirectTricks.map(({ trick }) => trick)).size, redirectTricks.length);
  });
  for (const { trick, uri } of redirectTricks) {
    it(`[O21-AS-07 O21-AS-39 BCP-01] refuses ${trick}: ${JSON.stringify(uri)}`, () => {
      assert.equal(matchRedirectUri(trickedRedirects, uri), false);
    });
  }
});

describe("what a person is told about a redirect URI", () => {
  for (const { uri, host, loopback } of [
    { uri: "https://app.example.com/callback", host: "app.example.com", loopback: false },
    { uri: "https://app.example.com:8443/callback", host: "app.example.com:8443", loopback: false },
    { uri: "http://localhost:4711/callback", host: "localhost:4711", loopback: true },
    { uri: "http://[::1]:4711/callback", host: "[::1]:4711", loopback: true },
    { uri: "https://127.0.0.1/callback", host: "127.0.0.1", loopback: true },
    { uri: "http://localhost.evil.com/", host: "localhost.evil.com", loopback: false },
    { uri: "http://localhost@evil.com/", host: "evil.com", loopback: false },
    { uri: "http://localhost:80@evil.com/", host: "evil.com", loopback: false },
    { uri: cursor, host: "cursor:", loopback: false },
    { uri: "ftp://localhost/", host: "ftp:", loopback: false },
    { uri: "com.example.app:/callback", host: "com.example.app:", loopback: false },
    { uri: "nothing", host: "", loopback: false },
  ]) {
    it(`[MCP-AS-13] ${uri} leads to ${host || "nowhere"}${loopback ? ", this machine" : ""}`, () => {
      assert.equal(redirectHost(uri), host);
      assert.equal(isLoopback(uri), loopback);
    });
  }
});
