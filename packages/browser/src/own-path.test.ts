import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ownPath } from "./own-path.ts";

const origin = "https://app.example";

describe("the place after a sign-in", () => {
  for (const { wanted, path } of [
    { wanted: "/notes?a=1#b", path: "/notes?a=1#b" },
    { wanted: "notes", path: "/notes" },
    { wanted: "https://app.example/notes", path: "/notes" },
    { wanted: "/a//b", path: "/a//b" },
    { wanted: "/a/../b", path: "/b" },
    { wanted: "", path: "/" },
    { wanted: "https://evil.example/x", path: "/" },
    { wanted: "//evil.example/x", path: "/" },
    { wanted: "/\\evil.example/x", path: "/" },
    { wanted: "/.//evil.example/x", path: "/" },
    { wanted: "/./\\evil.example/x", path: "/" },
    { wanted: "/a/..//evil.example/x", path: "/" },
    { wanted: "/%2e//evil.example/x", path: "/" },
    { wanted: "/\t/evil.example/x", path: "/" },
    { wanted: "https://app.example//evil.example/x", path: "/" },
    { wanted: "https://app.example/\\evil.example/x", path: "/" },
    { wanted: "https://app.example@evil.example/", path: "/" },
    { wanted: "javascript:alert(1)", path: "/" },
    { wanted: "https://", path: "/" },
  ]) {
    it(`[O21-C-05] is ${path} where ${JSON.stringify(wanted)} is wanted`, () => {
      assert.equal(ownPath(wanted, origin), path);
      assert.equal(new URL(ownPath(wanted, origin), origin).origin, origin);
    });
  }
});
