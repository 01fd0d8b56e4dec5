import { type ChosenColors, colorFaults } from "../pages/look/colors.ts";
import { languages } from "../pages/words/languages.ts";
import { textsOf } from "../pages/words/replaced.ts";
import { placeholdersOf } from "../pages/words/say.ts";
import { type ConfigFault, nearest } from "./fault.ts";
import type { Config } from "./schema.ts";

/** What of the look cannot be read, or replaces nothing. */
export function lookFaults({ look }: Config): ConfigFault[] {
  const ofClients = Object.entries(look.clients).flatMap(([id, client]) =>
    contrastFaults(`look.clients.${id}`, colorsOf(client)),
  );
  return [...contrastFaults("look", colorsOf(look)), ...ofClients, ...textFaults(look.texts)];
}

interface GivenColors {
  readonly accent?: string | undefined;
  readonly accent_dark?: string | undefined;
  readonly background?: string | undefined;
  readonly background_dark?: string | undefined;
}

/** The colours under the core's names, in lower case. */
export function colorsOf(given: GivenColors): ChosenColors {
  const { accent, accent_dark: accentDark, background, background_dark: backgroundDark } = given;
  const lower = (color: string | undefined) => color?.toLowerCase() ?? null;
  return {
    accent: lower(accent),
    accentDark: lower(accentDark),
    background: lower(background),
    backgroundDark: lower(backgroundDark),
  };
}

const settingNames = {
  accent: "accent",
  accentDark: "accent_dark",
  background: "background",
  backgroundDark: "background_dark",
} as const;

function contrastFaults(prefix: string, colors: ChosenColors): ConfigFault[] {
  return colorFaults(colors).map(({ color, beside, ratio, least }) => ({
    name: `${prefix}.${settingNames[color]}`,
    reason: `has a contrast of ${ratio.toFixed(2)} to 1 to ${beside}`,
    example: `WCAG 2.2 §1.4.3 asks for ${least} to 1: take a ${color === "accent" || color === "backgroundDark" ? "darker" : "lighter"} colour.`,
  }));
}

function textFaults(texts: Config["look"]["texts"]): ConfigFault[] {
  return Object.entries(texts).flatMap(([tag, replaced]) => {
    const language = languages.find((one) => one.tag === tag);
    if (!language) {
      const known = languages.map((one) => one.tag).join(", ");
      return [
        { name: `look.texts.${tag}`, reason: "is no language of the pages", example: `They are ${known}.` },
      ];
    }
    const known = textsOf(language.words);
    return Object.entries(replaced).flatMap(([key, text]) =>
      textFault(`look.texts.${tag}.${key}`, key, text, known),
    );
  });
}

function textFault(
  name: string,
  key: string,
  text: string,
  known: ReadonlyMap<string, string>,
): ConfigFault[] {
  const ours = known.get(key);
  if (ours === undefined) {
    const names = [...known.keys()];
    const [section] = key.split(".");
    const near = names.filter((one) => one.startsWith(`${section}.`));
    const meant = nearest(key, names);
    const list =
      near.length > 0
        ? near.join(", ")
        : `${[...new Set(names.map((one) => one.split(".")[0]))].join(".*, ")}.*`;
    const example = `${meant ? `Did you mean ${meant}? ` : ""}The names are ${list}.`;
    return [{ name, reason: "is no text of the pages", example }];
  }
  const allowed = placeholdersOf(ours);
  const unknown = placeholdersOf(text).filter((one) => !allowed.includes(one));
  if (unknown.length === 0) return [];
  const example =
    allowed.length === 0
      ? "It has no placeholders."
      : `It may hold ${allowed.map((one) => `{${one}}`).join(", ")}.`;
  return [
    { name, reason: `asks for ${unknown.map((one) => `{${one}}`).join(", ")}, which is not given`, example },
  ];
}
