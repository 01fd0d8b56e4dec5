import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hasAmbiguousPath, isHost, isPort, readsAsWritten, webUri } from "./web-uri.ts";

describe("web URIs", () => {
  it("fall into their parts as they are written", () => {
    assert.deepEqual(webUri("https://u@a.example:08/p%41?q=1"), {
      scheme: "https",
      authority: "u@a.example:08",
      host: "u@a.example",
      port: "08",
      path: "/p%41",
      query: "?q=1",
    });
    assert.equal(webUri("https://[::1]:80/")?.host, "[::1]");
    assert.equal(webUri("https:/a.example/"), undefined);
    assert.equal(webUri("https://a.example/#"), undefined);
  });

  for (const { uri, same } of [
    { uri: "https://a.example", same: true },
    { uri: "https://a.example/p", same: true },
    { uri: "http://127.0.0.1:80/p", same: true },
    { uri: "https://a.example:443/p", same: false },
    { uri: "https://a.example/p/../q", same: false },
    { uri: "https://a.example/%2e/q", same: false },
    { uri: "https://A.example/", same: false },
    { uri: "HTTPS://a.example/", same: false },
    { uri: "https://0x7f000001/", same: false },
    { uri: "https://1.2.3.4.5/", same: false },
  ]) {
    it(`[O21-AS-39] a browser ${same ? "reads" : "does not read"} ${uri} as it is written`, () => {
      const web = webUri(uri);
      assert.ok(web);
      assert.equal(readsAsWritten(uri, web), same);
    });
  }

  for (const path of [
    "/.",
    "/a/..",
    "/a/../b",
    "/%2e",
    "/%2F",
    "/%5c",
    "/%5C",
    "/%25",
    "/%00",
    "/%1F",
    "/%0d%0a",
    "/%7f",
  ]) {
    it(`[O21-AS-39] find two readings of the path ${path}`, () => assert.equal(hasAmbiguousPath(path), true));
  }
  for (const path of ["", "/", "/a.b", "/...", "/a..b", "/%20", "/%41", "//"]) {
    it(`find one reading of the path ${JSON.stringify(path)}`, () =>
      assert.equal(hasAmbiguousPath(path), false));
  }

  for (const { host, good } of [
    { host: "a.example", good: true },
    { host: "xn--bcher-kva.example", good: true },
    { host: "my_host", good: true },
    { host: "[::1]", good: true },
    { host: "", good: false },
    { host: "a..example", good: false },
    { host: "a.example.", good: false },
    { host: "-a.example", good: false },
    { host: "a-.example", good: false },
    { host: "A.example", good: false },
    { host: "a%2eexample", good: false },
    { host: "[::1%25lo]", good: false },
    { host: "[::ffff:127.0.0.1]", good: false },
  ]) {
    it(`${good ? "take" : "refuse"} the host ${JSON.stringify(host)}`, () =>
      assert.equal(isHost(host), good));
  }

  for (const { port, good } of [
    { port: "1", good: true },
    { port: "65535", good: true },
    { port: "65536", good: false },
    { port: "0", good: false },
    { port: "080", good: false },
    { port: "+80", good: false },
    { port: "", good: false },
  ]) {
    it(`${good ? "take" : "refuse"} the port ${JSON.stringify(port)}`, () =>
      assert.equal(isPort(port), good));
  }
});
