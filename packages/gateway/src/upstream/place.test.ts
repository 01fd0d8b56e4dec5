import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readTarget } from "../rules/target.ts";
import { placeOf } from "./place.ts";

describe("where the gateway stands", () => {
  for (const { resource, upstream, raw, path, segments } of [
    { resource: "/v1", upstream: "/v1", raw: "/v1/models?x", path: "/v1/models?x", segments: ["models"] },
    { resource: "/ai", upstream: "/v1/", raw: "/ai/Models", path: "/v1/Models", segments: ["models"] },
    { resource: "/ai/", upstream: "", raw: "/ai/models/", path: "/models/", segments: ["models"] },
    { resource: "", upstream: "/v1", raw: "/models", path: "/v1/models", segments: ["models"] },
    { resource: "", upstream: "", raw: "/", path: "/", segments: [] },
    { resource: "/ai", upstream: "", raw: "/ai", path: "/", segments: [] },
    { resource: "/ai", upstream: "/v1", raw: "/ai", path: "/v1", segments: [] },
    { resource: "/a/b", upstream: "", raw: "/a/b/c/d", path: "/c/d", segments: ["c", "d"] },
  ]) {
    it(`sends ${raw} of ${resource || "/"} to ${path} of the upstream`, () => {
      const place = placeOf(`https://gw.example${resource}`, `http://127.0.0.1:1${upstream}`);
      assert.deepEqual(place.inward(readTarget(raw)), { path, segments });
    });
  }

  for (const raw of ["/", "/v", "/v1x", "/v2/models", "/V1/models"]) {
    it(`knows nothing of ${raw} outside of /v1`, () => {
      const place = placeOf("https://gw.example/v1", "http://127.0.0.1:1/v1");
      assert.throws(() => place.inward(readTarget(raw)), { refusal: "upstream.outside" });
    });
  }

  for (const [location, mapped] of [
    ["http://127.0.0.1:1/v1/models/?a#b", "/ai/models/?a#b"],
    ["http://127.0.0.1:1/v1", "/ai"],
    ["http://127.0.0.1:1/login", "/login"],
    ["/v1/files/1", "/ai/files/1"],
    ["/v1x", "/v1x"],
    ["files/1", "files/1"],
    ["https://elsewhere.example/v1/x", "https://elsewhere.example/v1/x"],
  ] as const) {
    it(`gives the place ${location} as ${mapped}`, () => {
      assert.equal(placeOf("https://gw.example/ai", "http://127.0.0.1:1/v1").outward(location), mapped);
    });
  }

  for (const path of ["/a//b", "/caf%C3%A9", "/a;b", "/a%2Fb", "/%61"]) {
    it(`refuses to stand at ${path}, which no request can have`, () => {
      assert.throws(() => placeOf(`https://gw.example${path}`, "http://127.0.0.1:1"), TypeError);
    });
  }
});
