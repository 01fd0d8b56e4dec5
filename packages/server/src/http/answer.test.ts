import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { spec } from "../testing/spec.ts";
import { document, json, page, seeOther } from "./answer.ts";

function policyOf(leaves: boolean): Readonly<Record<string, string>> {
  const { headers } = page("", { leaves });
  const policy = String(headers["content-security-policy"]);
  return Object.fromEntries(
    policy.split("; ").map((part) => [part.slice(0, part.indexOf(" ")), part.slice(part.indexOf(" ") + 1)]),
  );
}

describe("the policy of a page", () => {
  for (const [leaves, target] of [
    [false, "'self'"],
    [true, undefined],
  ] as const) {
    it(`names ${target ?? "nothing"} where a form ${leaves ? "may lead to a client" : "stays with us"}`, () => {
      assert.equal(policyOf(leaves)["form-action"], target);
    });
  }

  spec(["O21-AS-38", "BCP-11", "BCP-17"], "allows no script, no frame, nothing from elsewhere", () => {
    const { "form-action": _, ...others } = policyOf(false);
    assert.deepEqual(others, {
      "default-src": "'none'",
      "style-src": "'self'",
      "img-src": "'self' data:",
      "frame-ancestors": "'none'",
      "base-uri": "'none'",
    });
  });

  it("lets the one script run that the page names, by its whole path, and no other", () => {
    const source = "https://auth.example.com/passkeys.js";
    const policy = String(page("", { script: source }).headers["content-security-policy"]);
    assert.ok(policy.includes(`; script-src ${source}; `), policy);
    assert.doesNotMatch(policy, /unsafe|script-src 'self'/);
  });

  it("lets that script ask this server where the page says so, and nobody else", () => {
    const source = "https://auth.example.com/passwords.js";
    const policy = String(page("", { script: source, asks: true }).headers["content-security-policy"]);
    assert.ok(policy.includes(`; script-src ${source}; connect-src 'self'; `), policy);
    const silent = String(page("", { script: source }).headers["content-security-policy"]);
    assert.doesNotMatch(silent, /connect-src/);
  });

  it("leaves the window that opened it where it is: clients use pop-up windows", () => {
    assert.equal("cross-origin-opener-policy" in page("").headers, false);
  });
});

describe("answers", () => {
  spec(
    ["O21-AS-38", "BCP-11"],
    "of pages and redirects send no referrer, and are kept and framed by nobody",
    () => {
      for (const { headers } of [page(""), seeOther("/x")]) {
        assert.equal(headers["referrer-policy"], "no-referrer");
        assert.equal(headers["cache-control"], "no-store");
        assert.equal(headers["x-frame-options"], "DENY");
        assert.match(String(headers["content-security-policy"]), /frame-ancestors 'none'/);
      }
    },
  );

  spec(["BCP-14", "O21-AS-34"], "that redirect use 303", () => assert.equal(seeOther("/x").status, 303));

  it("are kept by caches only where they are public documents", () => {
    assert.equal(json(200, {}).headers["cache-control"], "no-store");
    assert.equal(document({}, 300).headers["cache-control"], "public, max-age=300");
  });

  it("carry each cookie in its own header", () => {
    assert.deepEqual(page("", { cookies: ["a=1", "b=2"] }).headers["set-cookie"], ["a=1", "b=2"]);
    assert.equal("set-cookie" in seeOther("/x").headers, false);
  });
});
