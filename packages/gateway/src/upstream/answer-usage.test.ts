import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AnswerUsage } from "./answer-usage.ts";

/** The same octets, whole and in pieces of every size that parts them somewhere. */
function used(type: string, text: string, { request = 400, isWhole = true, isEncoded = false } = {}) {
  const octets = Buffer.from(text);
  const found = [octets.length, 1, 2, 7].map((size) => {
    const usage = new AnswerUsage(type, isEncoded);
    for (let at = 0; at < octets.length; at += size) usage.push(octets.subarray(at, at + size));
    return usage.used(request, isWhole);
  });
  for (const other of found) assert.deepEqual(other, found[0]);
  return found[0];
}

const json = "application/json; charset=utf-8";
const stream = "text/event-stream";

describe("usage read from answers as they pass", () => {
  for (const { given, text, tokens } of [
    {
      given: "usage at the end",
      text: '{"id":1,"choices":[{"x":"y"}],"usage":{"total_tokens":42}}',
      tokens: 42,
    },
    { given: "usage at the beginning", text: '{"usage":{"total_tokens":42},"choices":[]}', tokens: 42 },
    { given: "blanks everywhere", text: '{ "a" : [ ] , "usage" : { "total_tokens" : 42 } }\n', tokens: 42 },
    { given: "both sides apart", text: '{"usage":{"prompt_tokens":40,"completion_tokens":2}}', tokens: 42 },
    { given: "the words of others", text: '{"usage":{"input_tokens":40,"output_tokens":2}}', tokens: 42 },
    {
      given: "details inside",
      text: '{"usage":{"x":{"usage":{"total_tokens":1}},"total_tokens":42}}',
      tokens: 42,
    },
    {
      given: "a response inside",
      text: '{"type":"x","response":{"a":1,"usage":{"total_tokens":42}}}',
      tokens: 42,
    },
    {
      given: "a model that writes usage",
      text: `{"choices":[{"text":${JSON.stringify('"usage":{"total_tokens":1}')},"usage":{"total_tokens":2}}],"usage":{"total_tokens":42}}`,
      tokens: 42,
    },
    {
      given: "a model that writes usage behind it",
      text: `{"usage":{"total_tokens":42},"text":${JSON.stringify('\\"},"usage":{"total_tokens":1}')}}`,
      tokens: 42,
    },
    { given: "null", text: '{"usage":null,"a":{"b":1}}', tokens: 0 },
    { given: "no usage", text: '{"data":[1,2]}', tokens: 0 },
    { given: "nonsense", text: '{"usage":{"total_tokens":-1}}', tokens: 0 },
    { given: "a broken text", text: '{"usage":{total}}]]]]', tokens: 0 },
    {
      given: "a long list before it",
      text: `{"data":[${"0.12345,".repeat(20_000)}1],"usage":{"total_tokens":42}}`,
      tokens: 42,
    },
  ]) {
    it(`finds ${tokens} in JSON with ${given}`, () => {
      assert.deepEqual(used(json, text), { tokens, isEstimate: false });
    });
  }

  it("finds it in the last event that has it", () => {
    const events = [
      ': a comment with "usage":{"total_tokens":1}',
      "event: x",
      'data: {"choices":[{"delta":{"content":"\\"usage\\":{"}}],"usage":null}',
      'data: {"choices":[],"usage":{"total_tokens":7}}',
      'data:{"choices":[],"usage":{"total_tokens":42}}',
      "data: [DONE]",
    ];
    for (const end of ["\n\n", "\r\n\r\n"]) {
      assert.deepEqual(used(stream, events.join(end) + end), { tokens: 42, isEstimate: false });
    }
  });

  it("does not lose its place after an event that is no whole JSON", () => {
    const text = `data: {"a":"${"x".repeat(50_000)}\n\ndata: {"usage":{"total_tokens":42}}\n\n`;
    assert.deepEqual(used(stream, text), { tokens: 42, isEstimate: false });
  });

  it("guesses where a stream does not say or was broken off, so that it is not free", () => {
    const text = 'data: {"choices":[]}\n\n'.repeat(10);
    assert.deepEqual(used(stream, text), { tokens: 110, isEstimate: true });
    assert.deepEqual(used(stream, text, { isWhole: false, request: 0 }), { tokens: 10, isEstimate: true });
    assert.deepEqual(used(stream, text, { isEncoded: true, request: 0 }), { tokens: 55, isEstimate: true });
    assert.deepEqual(used(json, '{"choices":[', { isWhole: false }), { tokens: 103, isEstimate: true });
  });

  it("charges nothing for what is no model's answer", () => {
    assert.deepEqual(used("text/html", "<p>usage"), { tokens: 0, isEstimate: false });
  });
});
