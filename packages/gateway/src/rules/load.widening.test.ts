import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { faultLine } from "./fault.ts";
import { loadRules } from "./load.ts";

const rule = "rules:\n  - methods: [POST]\n    path: /a\n    scopes: [s]\n";

function faultsOf(text: string): string[] {
  const loaded = loadRules(text, { env: { KEY: "x" }, readFile: () => "x" });
  return "faults" in loaded ? loaded.faults.map(faultLine) : [];
}

/** What would load, and then permit more than its author reads in it. */
describe("a rules file that says less than it seems to", () => {
  for (const { given, text, says } of [
    {
      given: "conditions without one",
      text: `${rule}    fields: {}`,
      says: "line 5: rules item 1.fields must not be empty.",
    },
    {
      given: "a condition on a name that would be lost",
      text: `${rule}    fields:\n      __proto__: 1`,
      says: "line 6: __proto__ is a name that cannot be used.",
    },
    {
      given: "such a name beside another",
      text: `${rule}    fields: { a: 1, __proto__: 1 }`,
      says: "line 5: __proto__ is a name that cannot be used.",
    },
    {
      given: "such a name through an alias",
      text: `${rule}    models: [&p __proto__]\n    fields: { *p : 1 }`,
      says: "line 6: __proto__ is a name that cannot be used.",
    },
    ...[
      "Host",
      "content-length",
      "Connection",
      "Transfer-Encoding",
      "Content-Type",
      "Valetkey-Caller",
      "Via",
    ].map((header) => ({
      given: `a credential in ${header}`,
      text: `${rule}credentials:\n  a: { env: KEY, header: ${header} }`,
      says: "line 6: credentials.a.header is a header of the connection, the body or the gateway, which carries no credential.",
    })),
    ...["Content-Type", "content-encoding", "Content-Length", "Host"].map((header) => ({
      given: `${header} among the headers that do not pass`,
      text: `${rule}drop_headers: [${header}]`,
      says: "line 5: drop_headers item 1 is a header by which the body is read, here and behind; it cannot be dropped.",
    })),
    ...[
      "Authorization",
      "cookie",
      "X-Api-Key",
      "Proxy",
      "Host",
      "TE",
      "X-Forwarded-User",
      "X-Forward-For",
    ].map((header) => ({
      given: `${header} among the headers that pass`,
      text: `${rule}pass_headers: [${header}]`,
      says: "line 5: pass_headers item 1 is a header that never passes: it says who the client is or what it asks for, or the gateway writes it.",
    })),
    {
      given: "a header in an ambiguous spelling",
      text: `${rule}pass_headers: [X_Team]`,
      says: "line 5: pass_headers item 1 must be a header name of letters, digits and dashes.",
    },
  ]) {
    it(`is refused with ${given}`, () => assert.deepEqual(faultsOf(text), [says]));
  }

  for (const text of [
    "rules:\n  - { methods: [GET], path: /a, scopes: [s]\n  - { methods: [GET], path: /b, scopes: [s] }\n",
    "rules: [{ methods: [\n",
  ]) {
    it(`tells once of a bracket without an end: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(faultsOf(text), [
        `line ${text.includes("/b") ? 3 : 2}: the file has a { or [ before this place that is not closed.`,
      ]);
    });
  }
});
