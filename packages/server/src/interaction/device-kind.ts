/** What a User-Agent says of its device; nobody has checked any of it. */
export type DeviceKind =
  /** A library that says nothing of the program that it is in. */
  | { readonly kind: "program"; readonly language: string }
  /** What calls itself by a name of its own. */
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "browser"; readonly browser?: string; readonly system?: SystemName };

export type SystemName = (typeof systems)[number]["name"];

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

const systems = [
  { mark: /\biPhone\b/, name: "iphone" },
  { mark: /\biPad\b/, name: "ipad" },
  { mark: /\bAndroid\b/, name: "android" },
  { mark: /\bWindows\b/, name: "windows" },
  { mark: /\bCrOS\b/, name: "chromeos" },
  { mark: /\bMacintosh\b/, name: "mac" },
  { mark: /\bLinux\b/, name: "linux" },
] as const;

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

export function deviceKind(userAgent: string): DeviceKind {
  const library = libraries.find(({ mark }) => mark.test(userAgent));
  if (library) return { kind: "program", language: library.name };
  if (!userAgent.startsWith("Mozilla/")) return { kind: "named", name: userAgent };
  const browser = browsers.find(({ mark }) => mark.test(userAgent))?.name;
  const system = systems.find(({ mark }) => mark.test(userAgent))?.name;
  return { kind: "browser", ...(browser && { browser }), ...(system && { system }) };
}

/** Whether two User-Agents could be of one device: versions come and go, browser and system stay. */
export function looksAlike(one: string, other: string): boolean {
  return JSON.stringify(deviceKind(one)) === JSON.stringify(deviceKind(other));
}
