import { contrast, mixed } from "./contrast.ts";

/** What an operator may choose, `#rrggbb`; null for ours. `Colors` of the ports. */
export interface ChosenColors {
  readonly accent: string | null;
  readonly accentDark: string | null;
  readonly background: string | null;
  readonly backgroundDark: string | null;
}

/** The colours of the stylesheet that stay, and what is shown on or beside what is chosen. */
const light = { surface: "#ffffff", text: "#171a21", muted: "#565d6b", onBrand: "#ffffff", end: "#000000" };
const dark = { surface: "#171b22", text: "#eceff4", muted: "#a7afbd", onBrand: "#000000", end: "#ffffff" };

/** Rules that replace the variables of the stylesheet; empty when nothing was chosen. */
export function colorRules({ accent, accentDark, background, backgroundDark }: ChosenColors): string {
  const forDark = accentDark ?? (accent === null ? null : lightened(accent));
  return [
    rootOf({ ...accentOf(accent, light), ...groundOf(background) }, (rules) => `:root {\n${rules}}\n`),
    rootOf(
      { ...accentOf(forDark, dark), ...groundOf(backgroundDark) },
      (rules) => `@media (prefers-color-scheme: dark) {\n:root {\n${rules}}\n}\n`,
    ),
  ].join("");
}

function accentOf(accent: string | null, { onBrand, end }: typeof light): Record<string, string> {
  if (accent === null) return {};
  return { brand: accent, "brand-hover": mixed(accent, end, 0.2), "on-brand": onBrand };
}

function groundOf(background: string | null): Record<string, string> {
  return background === null ? {} : { ground: background };
}

function rootOf(variables: Readonly<Record<string, string>>, wrapped: (rules: string) => string): string {
  const rules = Object.entries(variables).map(([name, value]) => `  --${name}: ${value};\n`);
  return rules.length === 0 ? "" : wrapped(rules.join(""));
}

/** A colour for light pages, made light enough to be read on dark ones. */
function lightened(accent: string): string {
  const steps = Array.from({ length: 20 }, (_, step) => mixed(accent, "#ffffff", step / 20));
  return steps.find((one) => contrast(one, dark.surface) >= textContrast) ?? "#ffffff";
}

/** WCAG 2.2 §1.4.3: text of usual size. */
const textContrast = 4.5;

export interface ColorFault {
  readonly color: keyof ChosenColors;
  /** What stands on it or it stands on. */
  readonly beside: string;
  readonly ratio: number;
  readonly least: number;
}

/** The pairs that cannot be read, with their numbers. */
export function colorFaults({ accent, accentDark, background, backgroundDark }: ChosenColors): ColorFault[] {
  return [
    ...faultOf("accent", accent, "the white of the pages", light.surface),
    ...faultOf("accentDark", accentDark, "the dark surface of the pages, #171b22", dark.surface),
    ...faultOf("background", background, "the text upon it, #171a21", light.text),
    ...faultOf("background", background, "the quiet text upon it, #565d6b", light.muted),
    ...faultOf("backgroundDark", backgroundDark, "the text upon it, #eceff4", dark.text),
    ...faultOf("backgroundDark", backgroundDark, "the quiet text upon it, #a7afbd", dark.muted),
  ];
}

function faultOf(
  color: keyof ChosenColors,
  chosen: string | null,
  beside: string,
  other: string,
): ColorFault[] {
  if (chosen === null) return [];
  const ratio = contrast(chosen, other);
  return ratio >= textContrast ? [] : [{ color, beside, ratio, least: textContrast }];
}
