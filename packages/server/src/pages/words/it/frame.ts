import type { Words } from "../words.ts";

export const frame: Words["frame"] = {
  errorTitle: "Errore: {title}",
  caution: "Attenzione",
  language: "Lingua: {name}",
  privacy: "Privacy",
  terms: "Condizioni",
  support: "Aiuto",
  or: "oppure",
  back: "Indietro",
  continue: "Continua",
  cancel: "Annulla",
  signedInAs: "Accesso eseguito come **{email}**.",
  useAnotherAccount: "Usa un altro account",
};

export const time: Words["time"] = {
  lessThanAMinuteAgo: "meno di un minuto fa",
};

export const userAgent: Words["userAgent"] = {
  browserOn: "{browser} su {system}",
  aBrowser: "Un browser",
  program: "Un programma scritto in {language}",
  iphone: "un iPhone",
  ipad: "un iPad",
  android: "Android",
  windows: "Windows",
  chromeos: "ChromeOS",
  mac: "un Mac",
  linux: "Linux",
};
