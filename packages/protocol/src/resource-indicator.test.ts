import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findResource, requireResourceUri, sameResource } from "./resource-indicator.ts";

describe("resource indicators", () => {
  for (const text of [
    "https://mcp.example.com",
    "https://mcp.example.com/mcp?tenant=a",
    "http://127.0.0.1:4000/mcp",
    "https://[2001:db8::1]:8443/mcp",
    "urn:example:training",
  ]) {
    it(`[RI-01] takes ${text}`, () => requireResourceUri(text));
  }

  for (const { given, text } of [
    { given: "the empty text", text: "" },
    { given: "a path", text: "/mcp" },
    { given: "no scheme", text: "mcp.example.com" },
    { given: "no host", text: "https://" },
    { given: "a scheme alone", text: "https:" },
    { given: "a fragment", text: "https://mcp.example.com/mcp#x" },
    { given: "an empty fragment", text: "https://mcp.example.com/mcp#" },
    { given: "a space", text: "https://mcp.example.com/ mcp" },
    { given: "a line break", text: "https://mcp.example.com/mcp\n" },
    { given: "a backslash", text: "https:\\\\mcp.example.com" },
    { given: "a letter beyond ASCII", text: "https://mcp.\u00E9xample.com" },
  ]) {
    it(`[RI-01] refuses ${given}`, () => {
      assert.throws(() => requireResourceUri(text), {
        code: "invalid_target",
        refusal: "resource.malformed",
      });
    });
  }

  for (const { one, other, same } of [
    { one: "https://h", other: "https://h", same: true },
    { one: "https://h", other: "https://h/", same: true },
    { one: "http://h:8080", other: "http://h:8080/", same: true },
    { one: "https://h/mcp", other: "https://h/mcp/", same: false },
    { one: "https://h", other: "https://h//", same: false },
    { one: "https://h", other: "https://H", same: false },
    { one: "https://h", other: "https://h:443", same: false },
    { one: "https://h", other: "http://h", same: false },
    { one: "https://h", other: "https://h/?", same: false },
    { one: "https://h?x", other: "https://h?x/", same: false },
    { one: "urn:a", other: "urn:a/", same: false },
  ]) {
    it(`[RI-02 CL-09] tells ${one} and ${other} ${same ? "one" : "apart"}, either way round`, () => {
      assert.equal(sameResource(one, other), same);
      assert.equal(sameResource(other, one), same);
    });
  }

  for (const { identifiers, asked, found } of [
    { identifiers: ["https://h"], asked: "https://h/", found: "https://h" },
    { identifiers: ["https://h/"], asked: "https://h", found: "https://h/" },
    { identifiers: ["https://h", "https://h/"], asked: "https://h/", found: "https://h/" },
    { identifiers: ["https://h/mcp"], asked: "https://h/mcp/", found: undefined },
    { identifiers: ["https://h/mcp"], asked: "https://h", found: undefined },
    { identifiers: [], asked: "https://h", found: undefined },
  ]) {
    it(`[RI-02] answers ${asked} among ${JSON.stringify(identifiers)} with ${found ?? "nothing"}`, () => {
      assert.equal(findResource(identifiers, asked), found);
    });
  }
});
