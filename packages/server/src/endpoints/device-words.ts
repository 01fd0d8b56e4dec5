import { deviceKind } from "../interaction/device-kind.ts";
import { tell } from "../pages/words/say.ts";
import type { Words } from "../pages/words/words.ts";

/**
 * A User-Agent for a person: of a browser its name and its system, of a program without a name its language. Whoever calls
 * itself something is shown by its own words. Nobody has checked any of it.
 */
export function deviceWords(userAgent: string, { userAgent: texts }: Words): string {
  const device = deviceKind(userAgent);
  if (device.kind === "program") return tell(texts.program, { language: device.language });
  if (device.kind === "named") return device.name;
  const { browser = texts.aBrowser, system } = device;
  return system ? tell(texts.browserOn, { browser, system: texts[system] }) : browser;
}
