import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stylesheet } from "../stylesheet.ts";
import { type ChosenColors, colorFaults, colorRules } from "./colors.ts";
import { contrast } from "./contrast.ts";

const none: ChosenColors = { accent: null, accentDark: null, background: null, backgroundDark: null };

describe("contrast", () => {
  for (const [one, other, ratio] of [
    ["#000000", "#ffffff", 21],
    ["#ffffff", "#ffffff", 1],
    ["#777777", "#ffffff", 4.48],
    ["#767676", "#ffffff", 4.54],
    ["#ff0000", "#ffffff", 4],
  ] as const) {
    it(`of ${one} on ${other} is ${ratio} to 1, either way round`, () => {
      assert.equal(contrast(one, other).toFixed(2), ratio.toFixed(2));
      assert.equal(contrast(other, one).toFixed(2), ratio.toFixed(2));
    });
  }
});

describe("an operator's colours", () => {
  it("are none, and change nothing, when none are given", () => {
    assert.deepEqual([colorFaults(none), colorRules(none)], [[], ""]);
  });

  for (const [color, value, faulty] of [
    ["accent", "#777777", true],
    ["accent", "#767676", false],
    ["accentDark", "#3157d5", true],
    ["accentDark", "#8fadff", false],
    ["background", "#565d6b", true],
    ["background", "#f4f1ea", false],
    ["backgroundDark", "#cccccc", true],
    ["backgroundDark", "#101010", false],
  ] as const) {
    it(`[I6-LOOK-CONTRAST] ${faulty ? "are refused with their numbers" : "are taken"}: ${color} ${value}`, () => {
      const faults = colorFaults({ ...none, [color]: value });
      assert.equal(faults.length > 0, faulty);
      for (const fault of faults) assert.ok(fault.color === color && fault.ratio < fault.least, fault.beside);
    });
  }

  it("[I6-LOOK-CONTRAST] stand beside what is readable upon them, on light and on dark pages, also where no dark accent was chosen", () => {
    for (const accent of ["#0b6e4f", "#7a1fa2", "#000000", "#b00020", "#0000ff"]) {
      const [light = "", dark = ""] = colorRules({ ...none, accent }).split("@media");
      for (const [rules, surface] of [
        [light, "#ffffff"],
        [dark, "#171b22"],
      ] as const) {
        const [brand, hover, onBrand] = ["brand", "brand-hover", "on-brand"].map(
          (name) => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(rules)?.[1] ?? "",
        );
        for (const [one, other] of [
          [brand, surface],
          [hover, surface],
          [onBrand, brand],
          [onBrand, hover],
        ]) {
          const ratio = contrast(one ?? "", other ?? "");
          assert.ok(ratio >= 4.5, `${accent}: ${one} on ${other} has ${ratio.toFixed(2)}`);
        }
      }
    }
  });

  it("replace variables that the stylesheet has", () => {
    const rules = colorRules({
      accent: "#0b6e4f",
      accentDark: "#7fd6b4",
      background: "#f4f1ea",
      backgroundDark: "#101010",
    });
    const names = [...rules.matchAll(/--([\w-]+):/g)].map(([, name]) => name);
    assert.equal(names.length, 8);
    for (const name of names) assert.ok(stylesheet.includes(`--${name}: #`), name);
    for (const color of ["#ffffff", "#171b22", "#171a21", "#565d6b", "#eceff4", "#a7afbd"])
      assert.ok(stylesheet.includes(color), color);
  });
});
