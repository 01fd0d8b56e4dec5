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

const systems: readonly Known[] = [
  { mark: /\biPhone\b/, name: "an iPhone" },
  { mark: /\biPad\b/, name: "an iPad" },
  { mark: /\bAndroid\b/, name: "Android" },
  { mark: /\bWindows\b/, name: "Windows" },
  { mark: /\bCrOS\b/, name: "ChromeOS" },
  { mark: /\bMacintosh\b/, name: "a Mac" },
  { mark: /\bLinux\b/, name: "Linux" },
];

/** What a library says for a program that says nothing of itself. */
const libraries: readonly Known[] = [
  { mark: /^(node|undici|node-fetch|axios|got)(\/|$| )/, name: "A program written in JavaScript" },
  {
    mark: /^(python-requests|python-httpx|Python-urllib|aiohttp|Python)\b/,
    name: "A program written in Python",
  },
  { mark: /^Go-http-client\b/, name: "A program written in Go" },
  { mark: /^(Java|Apache-HttpClient|okhttp)\b/, name: "A program written in Java" },
];

/**
 * A User-Agent for a person: of a browser its name and its system, of a program without a name its language. Whoever calls
 * itself something is shown by its own words. Nobody has checked any of it.
 */
export function deviceWords(userAgent: string): string {
  const library = libraries.find(({ mark }) => mark.test(userAgent));
  if (library) return library.name;
  if (!userAgent.startsWith("Mozilla/")) return userAgent;
  const browser = browsers.find(({ mark }) => mark.test(userAgent))?.name ?? "A browser";
  const system = systems.find(({ mark }) => mark.test(userAgent));
  return system ? `${browser} on ${system.name}` : browser;
}
