import type { Words } from "../words.ts";

export const frame: Words["frame"] = {
  errorTitle: "Fehler: {title}",
  caution: "Vorsicht",
  language: "Sprache: {name}",
  privacy: "Datenschutz",
  terms: "Nutzungsbedingungen",
  support: "Hilfe",
  or: "oder",
  back: "Zurück",
  continue: "Weiter",
  cancel: "Abbrechen",
  signedInAs: "Angemeldet als **{email}**.",
  useAnotherAccount: "Anderes Konto verwenden",
};

export const time: Words["time"] = {
  lessThanAMinuteAgo: "vor weniger als einer Minute",
};

export const userAgent: Words["userAgent"] = {
  browserOn: "{browser} auf {system}",
  aBrowser: "Ein Browser",
  program: "Ein in {language} geschriebenes Programm",
  iphone: "einem iPhone",
  ipad: "einem iPad",
  android: "Android",
  windows: "Windows",
  chromeos: "ChromeOS",
  mac: "einem Mac",
  linux: "Linux",
};
