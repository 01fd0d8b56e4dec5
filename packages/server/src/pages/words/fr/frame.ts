import type { Words } from "../words.ts";

export const frame: Words["frame"] = {
  errorTitle: "Erreur\u202f: {title}",
  caution: "Attention",
  language: "Langue\u202f: {name}",
  privacy: "Confidentialité",
  terms: "Conditions",
  support: "Aide",
  or: "ou",
  back: "Retour",
  continue: "Continuer",
  cancel: "Annuler",
  signedInAs: "Connecté en tant que **{email}**.",
  useAnotherAccount: "Utiliser un autre compte",
};

export const time: Words["time"] = {
  lessThanAMinuteAgo: "il y a moins d’une minute",
};

export const userAgent: Words["userAgent"] = {
  browserOn: "{browser} sur {system}",
  aBrowser: "Un navigateur",
  program: "Un programme écrit en {language}",
  iphone: "un iPhone",
  ipad: "un iPad",
  android: "Android",
  windows: "Windows",
  chromeos: "ChromeOS",
  mac: "un Mac",
  linux: "Linux",
};
