import type { Words } from "../words.ts";

export const frame: Words["frame"] = {
  errorTitle: "Fout: {title}",
  caution: "Let op",
  language: "Taal: {name}",
  privacy: "Privacy",
  terms: "Voorwaarden",
  support: "Hulp",
  or: "of",
  back: "Terug",
  continue: "Doorgaan",
  cancel: "Annuleren",
  signedInAs: "Ingelogd als **{email}**.",
  useAnotherAccount: "Een ander account gebruiken",
};

export const time: Words["time"] = {
  lessThanAMinuteAgo: "minder dan een minuut geleden",
};

export const userAgent: Words["userAgent"] = {
  browserOn: "{browser} op {system}",
  aBrowser: "Een browser",
  program: "Een programma geschreven in {language}",
  iphone: "een iPhone",
  ipad: "een iPad",
  android: "Android",
  windows: "Windows",
  chromeos: "ChromeOS",
  mac: "een Mac",
  linux: "Linux",
};
