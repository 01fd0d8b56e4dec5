import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stylesheet } from "./stylesheet.ts";

const [light = {}, dark = {}] = [...stylesheet.matchAll(/:root \{([^}]*)\}/g)].map(([, block = ""]) =>
  Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  ),
);

// WCAG 2.2: 4.5 to 1 for text (1.4.3), 3 to 1 for the edge of a control and the focus ring (1.4.11).
const pairs: readonly [ink: string, ground: string, least: number][] = [
  ["text", "surface", 4.5],
  ["text", "ground", 4.5],
  ["text", "quiet", 4.5],
  ["muted", "surface", 4.5],
  ["muted", "quiet", 4.5],
  ["brand", "surface", 4.5],
  ["brand-hover", "surface", 4.5],
  ["brand", "ground", 3],
  ["on-brand", "brand", 4.5],
  ["on-brand", "brand-hover", 4.5],
  ["on-neutral", "neutral", 4.5],
  ["on-neutral", "neutral-hover", 4.5],
  ["low", "low-ground", 4.5],
  ["medium", "medium-ground", 4.5],
  ["high", "high-ground", 4.5],
  ["control", "surface", 3],
  ["high", "surface", 3],
];

for (const [scheme, colours] of Object.entries({ light, dark: { ...light, ...dark } })) {
  describe(`the ${scheme} scheme`, () => {
    for (const [ink, ground, least] of pairs) {
      it(`shows ${ink} on ${ground} at ${least} to 1 or better`, () => {
        const ratio = contrast(colours[ink], colours[ground]);
        assert.ok(ratio >= least, `${ratio.toFixed(2)} to 1`);
      });
    }

    it("makes the refusing button stand out no less than the allowing one", () => {
      const refuse = contrast(colours.neutral, colours.surface);
      assert.ok(refuse >= contrast(colours.brand, colours.surface));
    });
  });
}

it("changes every colour for the dark", () => {
  assert.deepEqual(Object.keys(dark).sort(), Object.keys(light).sort());
});

it("keeps colours in the variables, so that a brand changes them in one place", () => {
  const rules = stylesheet.replace(/:root \{[^}]*\}/g, "");
  assert.deepEqual(rules.match(/#[0-9a-f]{3,8}\b/gi), null);
});

it("[BCP-11] loads nothing", () => {
  assert.doesNotMatch(stylesheet, /url\(|@import|@font-face|image-set|https?:/i);
});

for (const part of [
  ":focus-visible { outline: 3px",
  "@media (prefers-reduced-motion: reduce)",
  "@media (forced-colors: active)",
]) {
  it(`holds "${part}"`, () => assert.ok(stylesheet.includes(part)));
}

/** WCAG 2.2, contrast ratio. */
function contrast(one = "", other = ""): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(colour: string): number {
  const [red = Number.NaN, green = Number.NaN, blue = Number.NaN] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
