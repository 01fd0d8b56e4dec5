import { tell } from "../pages/words/say.ts";
import type { Words } from "../pages/words/words.ts";

interface Known {
  readonly mark: RegExp;
  readonly name: string;
}

/** The more particular first: Edge says Chrome, too, and Chrome says Safari. */
const browsers: readonly Known[] = [
  { mark: /\bEdg(A|iOS)?\//, name: "Edge" },
  { mark: /\bOPR\//, name: "Opera" },
  { mark: /\bSamsungBrowser\//, name: "Samsung Internet" },
  { mark: /\b(Firefox|FxiOS)\//, name: "Firefox" },
  { mark: /\b(Headless)?(Chrome|CriOS)\//, name: "Chrome" },
  { mark: /\bSafari\//, name: "Safari" },
];

const systems: readonly { readonly mark: RegExp; readonly name: keyof Words["userAgent"] }[] = [
  { mark: /\biPhone\b/, name: "iphone" },
  { mark: /\biPad\b/, name: "ipad" },
  { mark: /\bAndroid\b/, name: "android" },
  { mark: /\bWindows\b/, name: "windows" },
  { mark: /\bCrOS\b/, name: "chromeos" },
  { mark: /\bMacintosh\b/, name: "mac" },
  { mark: /\bLinux\b/, name: "linux" },
];

/** What a library says for a program that says nothing of itself. */
const libraries: readonly Known[] = [
  { mark: /^(node|undici|node-fetch|axios|got)(\/|$| )/, name: "JavaScript" },
  {
    mark: /^(python-requests|python-httpx|Python-urllib|aiohttp|Python)\b/,
    name: "Python",
  },
  { mark: /^Go-http-client\b/, name: "Go" },
  { mark: /^(Java|Apache-HttpClient|okhttp)\b/, name: "Java" },
];

/**
 * A User-Agent for a person: of a browser its name and its system, of a program without a name its language. Whoever calls
 * itself something is shown by its own words. Nobody has checked any of it.
 */
export function deviceWords(userAgent: string, { userAgent: texts }: Words): string {
  const library = libraries.find(({ mark }) => mark.test(userAgent));
  if (library) return tell(texts.program, { language: library.name });
  if (!userAgent.startsWith("Mozilla/")) return userAgent;
  const browser = browsers.find(({ mark }) => mark.test(userAgent))?.name ?? texts.aBrowser;
  const system = systems.find(({ mark }) => mark.test(userAgent));
  return system ? tell(texts.browserOn, { browser, system: texts[system.name] }) : browser;
}
