import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { requireBodyType } from "./content-type.ts";
import { candidatesFor } from "./judge.ts";
import { loadRules } from "./load.ts";

const loaded = loadRules(`
rules:
  - { methods: [POST], path: /json, scopes: [s] }
  - { methods: [POST], path: /file, scopes: [s], content_types: [multipart/form-data, text/csv] }
  - { methods: [POST], path: /any, scopes: [s], content_types: ["*/*"] }
  - { methods: [POST], path: /read, scopes: [s], models: [m], content_types: ["*/*"] }
`);
assert.ok("rules" in loaded);
const { rules } = loaded.rules;

describe("the type of a body", () => {
  for (const { path, contentType, contentEncoding, isTaken } of [
    { path: "json", contentType: "application/json", isTaken: true },
    { path: "json", contentType: "Application/JSON; charset=ascii", isTaken: true },
    { path: "json", contentType: "application/json", contentEncoding: "gzip", isTaken: true },
    { path: "json", contentType: "application/x-www-form-urlencoded", isTaken: false },
    { path: "json", contentType: "application/json, text/csv", isTaken: false },
    { path: "json", contentType: "*/*", isTaken: false },
    { path: "json", contentType: undefined, isTaken: false },
    { path: "file", contentType: "multipart/form-data; boundary=x", isTaken: true },
    { path: "file", contentType: "text/csv", isTaken: true },
    { path: "file", contentType: "application/json", isTaken: false },
    { path: "any", contentType: "application/x-www-form-urlencoded", isTaken: true },
    { path: "any", contentType: undefined, isTaken: true },
    { path: "read", contentType: 'application/json; charset="UTF-8"', isTaken: true },
    { path: "read", contentType: "application/json", contentEncoding: "Identity", isTaken: true },
    { path: "read", contentType: "application/json", contentEncoding: "gzip", isTaken: false },
    { path: "read", contentType: "application/json; charset=utf-16", isTaken: false },
    { path: "read", contentType: "multipart/form-data", isTaken: false },
  ]) {
    const coded = contentEncoding === undefined ? "" : `, coded as ${contentEncoding}`;
    it(`${contentType ?? "that is not said"}${coded} is ${isTaken ? "taken" : "refused"} at /${path}`, () => {
      const judge = () =>
        requireBodyType(candidatesFor(rules, "POST", [path]), { contentType, contentEncoding });
      if (isTaken) judge();
      else assert.throws(judge, { refusal: "upstream.body-type" });
    });
  }

  it("is left to the refusal of the operation where no rule names that", () => {
    requireBodyType(candidatesFor(rules, "POST", ["else"]), {
      contentType: "a/b",
      contentEncoding: undefined,
    });
  });
});
