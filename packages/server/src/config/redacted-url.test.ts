import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { redactedUrl } from "./redacted-url.ts";

describe("a store's location as it is printed", () => {
  for (const [location, printed] of [
    ["/data/a.sqlite", "/data/a.sqlite"],
    ["C:\\data\\a.sqlite", "C:\\data\\a.sqlite"],
    ["postgres://u@h/d", "postgres://u@h/d"],
    ["postgres://u:S3cr3t@h:5432/d?sslmode=require", "postgres://u:redacted@h:5432/d?sslmode=require"],
    ["postgresql://u:S3cr3t%40x@h/d", "postgresql://u:redacted@h/d"],
    ["postgres://h/d?user=u&password=S3cr3t", "postgres://h/d?user=u&password=redacted"],
    ["postgres://u:S3cr3t@h:port/d", "postgres://…"],
  ] as const) {
    it(`hides the password in ${location}`, () => {
      assert.equal(redactedUrl(location), printed);
      assert.ok(!redactedUrl(location).includes("S3cr3t"));
    });
  }
});
