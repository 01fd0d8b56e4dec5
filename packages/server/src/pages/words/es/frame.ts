import type { Words } from "../words.ts";

export const frame: Words["frame"] = {
  errorTitle: "Error: {title}",
  caution: "Precaución",
  language: "Idioma: {name}",
  privacy: "Privacidad",
  terms: "Condiciones",
  support: "Ayuda",
  or: "o",
  back: "Volver",
  continue: "Continuar",
  cancel: "Cancelar",
  signedInAs: "Sesión iniciada como **{email}**.",
  useAnotherAccount: "Usar otra cuenta",
};

export const time: Words["time"] = {
  lessThanAMinuteAgo: "hace menos de un minuto",
};

export const userAgent: Words["userAgent"] = {
  browserOn: "{browser} en {system}",
  aBrowser: "Un navegador",
  program: "Un programa escrito en {language}",
  iphone: "un iPhone",
  ipad: "un iPad",
  android: "Android",
  windows: "Windows",
  chromeos: "ChromeOS",
  mac: "un Mac",
  linux: "Linux",
};
