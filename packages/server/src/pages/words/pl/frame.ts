import type { Words } from "../words.ts";

export const frame: Words["frame"] = {
  errorTitle: "Błąd: {title}",
  caution: "Uwaga",
  language: "Język: {name}",
  privacy: "Prywatność",
  terms: "Warunki",
  support: "Pomoc",
  or: "lub",
  back: "Wstecz",
  continue: "Dalej",
  cancel: "Anuluj",
  signedInAs: "Zalogowano jako **{email}**.",
  useAnotherAccount: "Użyj innego konta",
};

export const time: Words["time"] = {
  lessThanAMinuteAgo: "mniej niż minutę temu",
};

export const userAgent: Words["userAgent"] = {
  browserOn: "{browser}, {system}",
  aBrowser: "Przeglądarka",
  program: "Program napisany w języku {language}",
  iphone: "iPhone",
  ipad: "iPad",
  android: "Android",
  windows: "Windows",
  chromeos: "ChromeOS",
  mac: "Mac",
  linux: "Linux",
};
