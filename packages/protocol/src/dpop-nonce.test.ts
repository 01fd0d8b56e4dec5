import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, it } from "node:test";
import { judgeNonce, nonceMessage, nonceSpan, nonceText, readNonce, spanAt } from "./dpop-nonce.ts";

const now = 1_000_000;
const made = (keyId: string, span: number, audience = "https://as.example") =>
  nonceText(
    { keyId, span },
    createHmac("sha256", `secret of ${keyId}`).update(nonceMessage(audience, span)).digest(),
  );

/** As a server of `audience` with the keys a and b judges a nonce at `at`. */
function judged(text: string, at: number, audience?: string) {
  const name = readNonce(text);
  if (!name) return "stale";
  const own = ["a", "b"].includes(name.keyId) ? made(name.keyId, name.span, audience) : undefined;
  return judgeNonce(text, name, own, spanAt(at));
}

describe("a nonce", () => {
  const nonce = made("a", spanAt(now));

  it("is printable without quote and backslash, and says its key and span", () => {
    assert.match(nonce, /^[\x21\x23-\x5B\x5D-\x7E]+$/);
    assert.deepEqual(readNonce(nonce), { keyId: "a", span: spanAt(now) });
  });

  it("is current in its span, acceptable for two more, and stale from then on", () => {
    const begin = spanAt(now) * nonceSpan;
    const seen = [-nonceSpan - 1, -nonceSpan, 0, nonceSpan - 1, nonceSpan, 3 * nonceSpan - 1, 3 * nonceSpan];
    assert.deepEqual(
      seen.map((after) => judged(nonce, begin + after)),
      ["stale", "current", "current", "current", "acceptable", "acceptable", "stale"],
    );
  });

  it("is known by every node that has its key, whichever key makes new ones there", () => {
    assert.equal(judged(made("b", spanAt(now)), now), "current");
  });

  for (const { given, text } of [
    { given: "of a key that is not known", text: made("c", spanAt(now)) },
    { given: "of another server", text: made("a", spanAt(now), "https://rs.example") },
    {
      given: "whose span was changed",
      text: nonce.replace(/\.\w+\./, `.${(spanAt(now) + 1).toString(36)}.`),
    },
    { given: "whose key was changed", text: nonce.replace("a.", "b.") },
    { given: "whose proof was changed", text: nonce.replace(/.$/, (last) => (last === "A" ? "B" : "A")) },
    { given: "cut short", text: nonce.slice(0, -1) },
    { given: "with more behind it", text: `${nonce}.x` },
    { given: "in capitals", text: nonce.toUpperCase() },
    { given: "of nothing", text: "" },
    { given: "of another make", text: "eyJ7S_zG.eyJH0-Z.HX4w-7v" },
  ]) {
    it(`${given} is stale`, () => assert.equal(judged(text, now), "stale"));
  }
});
