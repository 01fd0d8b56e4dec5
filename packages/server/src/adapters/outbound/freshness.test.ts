import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { freshness, type HeaderFields } from "./freshness.ts";

const now = 784_111_777; // Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110 §5.6.7

const answers: readonly { given: string; headers: HeaderFields; fresh: number }[] = [
  { given: "no header at all", headers: {}, fresh: 0 },
  { given: "max-age", headers: { "cache-control": "max-age=300" }, fresh: 300 },
  {
    given: "max-age among others",
    headers: { "cache-control": "public, MAX-AGE=300, immutable" },
    fresh: 300,
  },
  { given: "a quoted max-age", headers: { "cache-control": 'max-age="300"' }, fresh: 300 },
  { given: "two lines", headers: { "cache-control": ["public", "max-age=300"] }, fresh: 300 },
  {
    given: "two max-age, of which the first counts",
    headers: { "cache-control": "max-age=5, max-age=9" },
    fresh: 5,
  },
  {
    given: "max-age spent in a shared cache",
    headers: { "cache-control": "max-age=300", age: "100" },
    fresh: 200,
  },
  { given: "an age above max-age", headers: { "cache-control": "max-age=300", age: "301" }, fresh: 0 },
  { given: "an age that is no number", headers: { "cache-control": "max-age=300", age: "-5" }, fresh: 300 },
  { given: "s-maxage, which is for shared caches", headers: { "cache-control": "s-maxage=300" }, fresh: 0 },
  { given: "s-maxage beside max-age", headers: { "cache-control": "s-maxage=900, max-age=60" }, fresh: 60 },
  { given: "no-store beside max-age", headers: { "cache-control": "max-age=300, no-store" }, fresh: 0 },
  { given: "no-cache beside max-age", headers: { "cache-control": "no-cache, max-age=300" }, fresh: 0 },
  {
    given: "no-cache for named fields",
    headers: { "cache-control": 'no-cache="a, b", max-age=300' },
    fresh: 0,
  },
  {
    given: "no-store inside another value",
    headers: { "cache-control": 'x="no-store", max-age=7' },
    fresh: 7,
  },
  { given: "a negative max-age", headers: { "cache-control": "max-age=-1" }, fresh: 0 },
  { given: "a fractional max-age", headers: { "cache-control": "max-age=1.5" }, fresh: 0 },
  { given: "an empty max-age", headers: { "cache-control": "max-age" }, fresh: 0 },
  {
    given: "a max-age beyond counting",
    headers: { "cache-control": `max-age=${"9".repeat(400)}` },
    fresh: 2 ** 31,
  },
  {
    given: "an unreadable max-age beside Expires",
    headers: { "cache-control": "max-age=x", expires: "Sun, 06 Nov 1994 08:59:37 GMT" },
    fresh: 0,
  },
  { given: "Expires", headers: { expires: "Sun, 06 Nov 1994 08:59:37 GMT" }, fresh: 600 },
  {
    given: "Expires in the form of RFC 850",
    headers: { expires: "Sunday, 06-Nov-94 08:59:37 GMT" },
    fresh: 600,
  },
  { given: "Expires in the form of asctime", headers: { expires: "Sun Nov  6 08:59:37 1994" }, fresh: 600 },
  { given: "Expires in the past", headers: { expires: "Sun, 06 Nov 1994 08:49:36 GMT" }, fresh: 0 },
  { given: "Expires: 0", headers: { expires: "0" }, fresh: 0 },
  { given: "Expires in a form that is not HTTP's", headers: { expires: "1994-11-06T08:59:37Z" }, fresh: 0 },
  {
    given: "Expires that looks like a date",
    headers: { expires: "Xyz, 99 Abc 1994 08:59:37 GMT" },
    fresh: 0,
  },
  {
    given: "Expires by the origin's own clock, which is fast",
    headers: { date: "Sun, 06 Nov 1994 09:49:37 GMT", expires: "Sun, 06 Nov 1994 09:59:37 GMT" },
    fresh: 600,
  },
  {
    given: "Expires and max-age, of which max-age wins",
    headers: { "cache-control": "max-age=60", expires: "Sun, 06 Nov 1994 08:59:37 GMT" },
    fresh: 60,
  },
  {
    given: "a Date that shows an age which no cache states",
    headers: { "cache-control": "max-age=300", date: "Sun, 06 Nov 1994 08:48:37 GMT" },
    fresh: 240,
  },
];

describe("freshness by HTTP cache headers", () => {
  for (const { given, headers, fresh } of answers) {
    it(`[CIMD-05 MCP-AS-10] ${given}: ${fresh} s`, () => assert.equal(freshness(headers, now), fresh));
  }
});
